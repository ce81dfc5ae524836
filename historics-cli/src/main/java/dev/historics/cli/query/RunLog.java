package dev.historics.cli.query;

import dev.historics.cli.session.Printer;
import dev.historics.cli.session.Progress;
import dev.historics.schedule.ChunkId;
import dev.historics.schedule.ChunkOutcome;
import dev.historics.schedule.ChunkWork;
import dev.historics.schedule.DispatchListener;
import dev.historics.schedule.JobId;
import dev.historics.schedule.JobPlan;
import dev.historics.schedule.QueryId;
import dev.historics.schedule.QueryStatus;
import dev.historics.schedule.QueryView;
import dev.historics.schedule.Scheduling;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Tells what the scheduler does, a line for each job and each query. */
final class RunLog implements DispatchListener {
  private final Progress progress;
  private final Scheduling scheduling;
  private final Map<ChunkId, String> users = new HashMap<>();
  private final Map<QueryId, String> troubles = new LinkedHashMap<>();
  private boolean anyFailed;

  RunLog(Progress progress, Scheduling scheduling) {
    this.progress = progress;
    this.scheduling = scheduling;
  }

  /** Whether a query failed. */
  boolean anyFailed() {
    return anyFailed;
  }

  /** The queries that had a chunk fail, with the last reason. */
  Map<QueryId, String> troubles() {
    return troubles;
  }

  @Override
  public void queued(QueryView query) {
    progress.event(
        "%s  queued by its schedule for %s: %s"
            .formatted(
                query.id().value().substring(0, 8),
                query.request().user(),
                Printer.printable(query.request().name())));
  }

  @Override
  public void jobTakenUp(JobPlan plan, int published) {
    progress.event(
        "%-4s %s  left by a scheduler that ended: %d of %d chunks were done, the others are queued again"
            .formatted(plan.id(), plan.day(), published, plan.chunks().size()));
  }

  @Override
  public void jobStarted(JobPlan plan) {
    List<String> riders = new ArrayList<>();
    for (ChunkWork chunk : plan.chunks()) {
      riders.add("%s %s".formatted(user(chunk.id()), chunk.id().query().value().substring(0, 8)));
    }
    progress.event(
        "%-4s %s  started for %s".formatted(plan.id(), plan.day(), String.join(", ", riders)));
  }

  private String user(ChunkId chunk) {
    return users.computeIfAbsent(
        chunk,
        id -> {
          try {
            return scheduling.find(id.query()).map(query -> query.request().user()).orElse("?");
          } catch (IOException e) {
            // The name is only shown; the run goes on without it.
            return "?";
          }
        });
  }

  @Override
  public void jobProgressed(JobId job, double fraction) {
    progress.share(job.toString(), fraction);
  }

  @Override
  public void jobFinished(JobPlan plan, List<ChunkOutcome> outcomes, Duration took) {
    long read = 0;
    long matched = 0;
    String failure = "";
    for (ChunkOutcome outcome : outcomes) {
      if (outcome instanceof ChunkOutcome.Done done) {
        read = Math.max(read, done.read());
        matched += done.matched();
      } else if (outcome instanceof ChunkOutcome.Failed failed) {
        failure = "; failed: " + Printer.printable(failed.reason());
        troubles.put(failed.id().query(), failed.id().day() + ": " + failed.reason());
      }
    }
    progress.event(
        String.format(
            Locale.ROOT,
            "%-4s %s  %d chunk%s in %s: %,d read, %,d matched%s",
            plan.id(),
            plan.day(),
            outcomes.size(),
            outcomes.size() == 1 ? "" : "s",
            Progress.length(took),
            read,
            matched,
            failure));
  }

  @Override
  public void queryEnded(QueryView query) {
    anyFailed |= query.status() == QueryStatus.FAILED;
    progress.event(
        String.format(
            Locale.ROOT,
            "query %s of %s %s: %,d of %,d matched",
            query.id(),
            query.request().user(),
            QueryText.word(query.status()),
            query.matched(),
            query.read()));
  }

  @Override
  public void waiting(String reason) {
    progress.event("waiting: " + Printer.printable(reason));
  }
}
