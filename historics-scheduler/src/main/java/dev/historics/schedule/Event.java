package dev.historics.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What can happen to the queue. */
sealed interface Event {
  /**
   * When, as somebody's clock had it: kept for people. It decides nothing but how many bytes have
   * come back to those who may read only so many.
   */
  Instant at();

  /** The event's kind in the log. */
  String type();

  /** What the log says about it: a JSON object. */
  String details();

  <R> R fold(Cases<R> cases);

  /** One answer per kind of event. */
  interface Cases<R> {
    R submitted(Submitted event);

    R paused(Paused event);

    R resumed(Resumed event);

    R stopped(Stopped event);

    R deleted(Deleted event);

    R looked(Looked event);

    R jobEnded(JobEnded event);

    R jobLost(JobLost event);

    R booksClosed(BooksClosed event);

    R booksNotClosed(BooksNotClosed event);

    R erased(Erased event);

    R notErased(NotErased event);
  }

  record Submitted(Instant at, Query query) implements Event {
    @Override
    public String type() {
      return "submitted";
    }

    @Override
    public String details() {
      QueryRequest request = query.head().request();
      return Json.object(
          "query", query.id().value(),
          "user", request.user(),
          "hash", request.hash(),
          "start", request.start().toString(),
          "end", request.end().toString());
    }

    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.submitted(this);
    }
  }

  record Paused(Instant at, QueryId query) implements Event {
    @Override
    public String type() {
      return "paused";
    }

    @Override
    public String details() {
      return Json.object("query", query.value());
    }

    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.paused(this);
    }
  }

  record Resumed(Instant at, QueryId query) implements Event {
    @Override
    public String type() {
      return "resumed";
    }

    @Override
    public String details() {
      return Json.object("query", query.value());
    }

    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.resumed(this);
    }
  }

  record Stopped(Instant at, QueryId query) implements Event {
    @Override
    public String type() {
      return "stopped";
    }

    @Override
    public String details() {
      return Json.object("query", query.value());
    }

    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.stopped(this);
    }
  }

  /**
   * Somebody wants a query forgotten.
   *
   * @param query as it was; an ended query is no longer part of the core's state
   */
  record Deleted(Instant at, Query query) implements Event {
    @Override
    public String type() {
      return "deleted";
    }

    @Override
    public String details() {
      return Json.object("query", query.id().value(), "user", query.head().request().user());
    }

    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.deleted(this);
    }
  }

  /**
   * The dispatcher looks for something to do.
   *
   * @param worked how long a dispatcher was at work since the last look
   * @param mayStart whether the cluster can take jobs
   */
  record Looked(Instant at, Duration worked, boolean mayStart) implements Event {
    @Override
    public String type() {
      return "dispatched";
    }

    @Override
    public String details() {
      return Json.object();
    }

    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.looked(this);
    }
  }

  record JobEnded(Instant at, JobId job, List<ChunkOutcome> outcomes) implements Event {
    @Override
    public String type() {
      return "job-ended";
    }

    @Override
    public String details() {
      return outcomesOf(job, outcomes);
    }

    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.jobEnded(this);
    }
  }

  /**
   * A job was cut short by a scheduler that ended, not by anything of its own.
   *
   * @param published what it had achieved; everything else is to be run anew
   */
  record JobLost(Instant at, JobId job, List<ChunkOutcome> published) implements Event {
    @Override
    public String type() {
      return "job-lost";
    }

    @Override
    public String details() {
      return outcomesOf(job, published);
    }

    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.jobLost(this);
    }
  }

  record BooksClosed(Instant at, QueryId query) implements Event {
    @Override
    public String type() {
      return "ended";
    }

    @Override
    public String details() {
      return Json.object("query", query.value());
    }

    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.booksClosed(this);
    }
  }

  record BooksNotClosed(Instant at, QueryId query, String reason) implements Event {
    @Override
    public String type() {
      return "not-closed";
    }

    @Override
    public String details() {
      return Json.object("query", query.value(), "reason", reason);
    }

    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.booksNotClosed(this);
    }
  }

  record Erased(Instant at, QueryId query) implements Event {
    @Override
    public String type() {
      return "erased";
    }

    @Override
    public String details() {
      return Json.object("query", query.value());
    }

    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.erased(this);
    }
  }

  record NotErased(Instant at, QueryId query, String reason) implements Event {
    @Override
    public String type() {
      return "not-erased";
    }

    @Override
    public String details() {
      return Json.object("query", query.value(), "reason", reason);
    }

    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.notErased(this);
    }
  }

  private static String outcomesOf(JobId job, List<ChunkOutcome> outcomes) {
    List<String> each =
        outcomes.stream()
            .map(
                outcome ->
                    outcome instanceof ChunkOutcome.Failed failed
                        ? Json.object("chunk", failed.id().toString(), "failed", failed.reason())
                        : Json.object("chunk", outcome.id().toString(), "failed", ""))
            .toList();
    return "{\"job\":" + Json.text(job.value()) + ",\"outcomes\":" + Json.list(each) + "}";
  }
}
