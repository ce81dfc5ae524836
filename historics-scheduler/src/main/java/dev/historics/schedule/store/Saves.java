package dev.historics.schedule.store;

import dev.historics.schedule.Account;
import dev.historics.schedule.Bucket;
import dev.historics.schedule.Changes;
import dev.historics.schedule.Chunk;
import dev.historics.schedule.Counters;
import dev.historics.schedule.FinishTimes;
import dev.historics.schedule.Job;
import dev.historics.schedule.JobId;
import dev.historics.schedule.KeptResults;
import dev.historics.schedule.Query;
import dev.historics.schedule.QueryHead;
import dev.historics.schedule.QueryId;
import dev.historics.schedule.Turn;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** From values to rows; {@link Rows} goes the other way. */
final class Saves {
  private static final String QUERY =
      """
      INSERT INTO queries (id, number, "user", name, rule, hash, complexity, sources, start_at,
        end_at, sample_percent, wish, status, submitted, ended, patient_until, close_failures, live,
        changed)
      VALUES (:id, :number, :user, :name, :rule, :hash, :complexity, :sources, :start, :end,
        :sample, :wish, :status, :submitted, :ended, :patientUntil, :closeFailures, :live, :changed)
      ON CONFLICT (id) DO UPDATE SET wish = excluded.wish, status = excluded.status,
        ended = excluded.ended, close_failures = excluded.close_failures, live = excluded.live,
        changed = excluded.changed
      """;

  private static final String CHUNK =
      """
      INSERT INTO chunks (query, day, from_at, to_at, records, bytes, status, attempts, ticket,
        job, read, matched, quarantined, delivered, started, ended, charge, deaths, party_max, not_before,
        failure)
      VALUES (:query, :day, :from, :to, :records, :bytes, :status, :attempts, :ticket, :job,
        :read, :matched, :quarantined, :delivered, :started, :ended, :charge, :deaths, :partyMax,
        :notBefore, :failure)
      ON CONFLICT (query, day) DO UPDATE SET status = excluded.status,
        attempts = excluded.attempts, ticket = excluded.ticket, job = excluded.job,
        read = excluded.read, matched = excluded.matched, quarantined = excluded.quarantined,
        delivered = excluded.delivered, started = excluded.started, ended = excluded.ended, charge = excluded.charge,
        deaths = excluded.deaths, party_max = excluded.party_max,
        not_before = excluded.not_before, failure = excluded.failure
      """;

  private static final String JOB =
      """
      INSERT INTO jobs (number, day, riders, started, ended, predicted_seconds, real_seconds,
        killed, clean, deadline, progress)
      VALUES (:number, :day, :riders, :started, :ended, :predicted, :real, :killed, :clean,
        :deadline, :progress)
      ON CONFLICT (number) DO UPDATE SET ended = excluded.ended,
        real_seconds = excluded.real_seconds, killed = excluded.killed, clean = excluded.clean,
        progress =
          CASE WHEN jobs.progress > excluded.progress THEN jobs.progress ELSE excluded.progress END
      """;

  private static final String TURN =
      """
      INSERT INTO turns ("user", place, waiting_since, starved, pooled)
      VALUES (:user, :place, :since, :starved, :pooled)
      ON CONFLICT ("user") DO UPDATE SET place = excluded.place,
        waiting_since = excluded.waiting_since, starved = excluded.starved,
        pooled = excluded.pooled
      """;

  private static final String ACCOUNT =
      """
      INSERT INTO accounts (kind, name, charged_seconds, mark, level, due, since, at_millis)
      VALUES (:kind, :name, :charged, :mark, :level, :due, :since, :at)
      ON CONFLICT (kind, name) DO UPDATE SET charged_seconds = excluded.charged_seconds,
        mark = excluded.mark, level = excluded.level, due = excluded.due,
        since = excluded.since, at_millis = excluded.at_millis
      """;

  private static final String BUCKET =
      """
      INSERT INTO buckets (kind, name, left_bytes, at)
      VALUES (:kind, :name, :left, :at)
      ON CONFLICT (kind, name) DO UPDATE SET left_bytes = excluded.left_bytes, at = excluded.at
      """;

  private static final String RESULTS =
      """
      INSERT INTO kept_results ("user", bytes)
      VALUES (:user, :bytes)
      ON CONFLICT ("user") DO UPDATE SET bytes = excluded.bytes
      """;

  private static final String COUNTERS =
      """
      UPDATE counters SET next_query = :query, next_job = :job, next_ticket = :ticket,
        next_place = :place, dealt = :dealt, dispatched_millis = :millis
      """;

  private final Handle handle;
  private final long sequence;

  private Saves(Handle handle, long sequence) {
    this.handle = handle;
    this.sequence = sequence;
  }

  /**
   * Keeps an event with what it changed.
   *
   * @return the event's number
   */
  static long save(Handle handle, Instant at, String type, String details, Changes changes) {
    long sequence =
        handle
            .createQuery(
                "INSERT INTO events (at, type, details) VALUES (:at, :type, :details) RETURNING"
                    + " seq")
            .bind("at", at.toString())
            .bind("type", type)
            .bind("details", details)
            .mapTo(Long.class)
            .one();
    Saves saves = new Saves(handle, sequence);
    saves.heads(changes.created().stream().map(Query::head).toList());
    changes.created().forEach(saves::estimate);
    saves.heads(changes.heads());
    changes.created().forEach(query -> saves.chunks(query.chunks()));
    saves.chunks(changes.chunks());
    saves.jobs(changes.jobs());
    saves.turns(changes.turns());
    saves.accounts(changes.accounts());
    saves.buckets(changes.buckets());
    saves.results(changes.results());
    changes.erased().forEach(saves::erase);
    saves.counters(changes.counters());
    return sequence;
  }

  private void heads(List<QueryHead> heads) {
    PreparedBatch batch = handle.prepareBatch(QUERY);
    for (QueryHead head : heads) {
      Rows.bind(batch, head.request())
          .bind("id", head.id().value())
          .bind("number", head.number())
          .bind("wish", head.wish().name())
          .bind("status", head.status().name())
          .bind("submitted", head.submitted().toString())
          .bind("ended", text(head.ended()))
          .bind("patientUntil", head.patientUntil())
          .bind("closeFailures", head.closeFailures())
          .bind("live", head.live() ? 1 : 0)
          .bind("changed", sequence)
          .add();
    }
    execute(batch);
  }

  private void estimate(Query query) {
    if (query.head().firstEstimate().isPresent()) {
      FinishTimes times = query.head().firstEstimate().get();
      handle
          .createUpdate("INSERT INTO estimates VALUES (:query, :seq, :p10, :p50, :p90)")
          .bind("query", query.id().value())
          .bind("seq", sequence)
          .bind("p10", times.p10().toString())
          .bind("p50", times.p50().toString())
          .bind("p90", times.p90().toString())
          .execute();
    }
  }

  private void chunks(List<Chunk> chunks) {
    PreparedBatch batch = handle.prepareBatch(CHUNK);
    for (Chunk chunk : chunks) {
      batch
          .bind("query", chunk.id().query().value())
          .bind("day", chunk.id().day().toString())
          .bind("from", chunk.from().toString())
          .bind("to", chunk.to().toString())
          .bind("records", chunk.volume().records())
          .bind("bytes", chunk.volume().bytes())
          .bind("status", chunk.status().name())
          .bind("attempts", chunk.attempts())
          .bind("ticket", chunk.ticket().stream().boxed().findFirst().orElse(null))
          .bind("job", chunk.job().map(JobId::number).orElse(null))
          .bind("read", chunk.read())
          .bind("matched", chunk.matched())
          .bind("quarantined", chunk.quarantined())
          .bind("delivered", chunk.delivered())
          .bind("started", text(chunk.started()))
          .bind("ended", text(chunk.ended()))
          .bind("charge", chunk.charge())
          .bind("deaths", chunk.caution().deaths())
          .bind("partyMax", chunk.caution().partyMax())
          .bind("notBefore", chunk.caution().notBefore())
          .bind("failure", chunk.failure().replace('\0', '\uFFFD'))
          .add();
    }
    execute(batch);
  }

  private void jobs(List<Job> jobs) {
    PreparedBatch batch = handle.prepareBatch(JOB);
    for (Job job : jobs) {
      batch
          .bind("number", job.id().number())
          .bind("day", job.day().toString())
          .bind("riders", Rows.riders(job.riders()))
          .bind("started", job.started().toString())
          .bind("ended", text(job.ended()))
          .bind("predicted", job.predictedSeconds())
          .bind("real", job.ended().map(end -> seconds(job.started(), end)).orElse(null))
          .bind("killed", job.killed() ? 1 : 0)
          .bind("clean", job.clean() ? 1 : 0)
          .bind("deadline", job.deadline())
          .bind("progress", job.progress())
          .add();
    }
    execute(batch);
  }

  /** The clock may have been set back in between. */
  private static double seconds(Instant from, Instant to) {
    return Math.max(0, Duration.between(from, to).toMillis() / 1000.0);
  }

  private void turns(List<Turn> turns) {
    PreparedBatch batch = handle.prepareBatch(TURN);
    for (Turn turn : turns) {
      batch
          .bind("user", turn.user())
          .bind("place", turn.place())
          .bind("since", turn.waitingSince())
          .bind("starved", turn.starved() ? 1 : 0)
          .bind("pooled", turn.pooled() ? 1 : 0)
          .add();
    }
    execute(batch);
  }

  private void accounts(List<Account> accounts) {
    PreparedBatch batch = handle.prepareBatch(ACCOUNT);
    for (Account account : accounts) {
      batch
          .bind("kind", account.kind().name())
          .bind("name", account.name())
          .bind("charged", account.chargedSeconds())
          .bind("mark", account.mark())
          .bind("level", account.level())
          .bind("due", account.due())
          .bind("since", account.since())
          .bind("at", account.at())
          .add();
    }
    execute(batch);
  }

  private void buckets(List<Bucket> buckets) {
    PreparedBatch batch = handle.prepareBatch(BUCKET);
    for (Bucket bucket : buckets) {
      batch
          .bind("kind", bucket.owner().kind().name())
          .bind("name", bucket.owner().name())
          .bind("left", bucket.left())
          .bind("at", bucket.at().toString())
          .add();
    }
    execute(batch);
  }

  private void results(List<KeptResults> results) {
    PreparedBatch batch = handle.prepareBatch(RESULTS);
    for (KeptResults kept : results) {
      batch.bind("user", kept.user()).bind("bytes", kept.bytes()).add();
    }
    execute(batch);
  }

  private void erase(QueryId query) {
    handle.createUpdate("DELETE FROM queries WHERE id = :id").bind("id", query.value()).execute();
  }

  private void counters(Counters counters) {
    handle
        .createUpdate(COUNTERS)
        .bind("query", counters.nextQuery())
        .bind("job", counters.nextJob())
        .bind("ticket", counters.nextTicket())
        .bind("place", counters.nextPlace())
        .bind("dealt", counters.dealt())
        .bind("millis", counters.dispatchedMillis())
        .execute();
  }

  private static void execute(PreparedBatch batch) {
    try (batch) {
      if (batch.size() > 0) {
        batch.execute();
      }
    }
  }

  private static String text(Optional<Instant> moment) {
    return moment.map(Instant::toString).orElse(null);
  }
}
