package dev.historics.schedule;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What becomes of the chunks of a job that is over: done, tried again, given up, or back in their
 * queue, and who pays for it.
 */
final class JobEnds {
  private final RunningJobs jobs;
  private final LiveQueries live;
  private final Turns turns;
  private final Usage usage;
  private final Retries retries;

  JobEnds(RunningJobs jobs, LiveQueries live, Turns turns, Usage usage, Retries retries) {
    this.jobs = jobs;
    this.live = live;
    this.turns = turns;
    this.usage = usage;
    this.retries = retries;
  }

  /** The job told of each chunk, or nothing of some. */
  void ended(Event.JobEnded event) {
    jobs.find(event.job()).ifPresent(job -> ended(job, event));
  }

  private void ended(Job job, Event.JobEnded event) {
    Map<ChunkId, ChunkOutcome> outcomes = byChunk(event.outcomes());
    boolean overdue = job.killed() && job.overdue(live.now());
    boolean died = Retries.died(job, event.outcomes());
    boolean clean = true;
    for (QueryId rider : job.riders()) {
      LiveQuery query = live.get(rider);
      int index = query.indexOf(job.day());
      ChunkOutcome outcome = outcome(query.chunk(index).id(), outcomes, job);
      clean &= outcome instanceof ChunkOutcome.Done;
      boolean wasted = Retries.wasted(query, outcome);
      boolean tooLong = overdue && wasted;
      if (Retries.reused(outcome) || (wasted && !(tooLong && job.riders().size() == 1))) {
        relieve(query, index);
      }
      Chunk before = query.chunk(index);
      if (tooLong) {
        take(query, index, retries.ranTooLong(before, job, event.at()));
      } else if (died && wasted) {
        take(query, index, retries.spared(before, job, (ChunkOutcome.Failed) outcome, live.now()));
      } else {
        take(query, index, retries.after(query, before, outcome, event.at(), live.now()));
      }
    }
    jobs.end(job.end(event.at(), clean));
  }

  private static ChunkOutcome outcome(ChunkId chunk, Map<ChunkId, ChunkOutcome> outcomes, Job job) {
    String silent = "job %s said nothing of it".formatted(job.id());
    return outcomes.getOrDefault(
        chunk, new ChunkOutcome.Failed(chunk, ChunkOutcome.Retry.AGAIN, silent));
  }

  /** Nobody knows what became of the job; what it published counts, the rest waits again. */
  void lost(Event.JobLost event) {
    jobs.find(event.job()).ifPresent(job -> lost(job, event));
  }

  private void lost(Job job, Event.JobLost event) {
    Map<ChunkId, ChunkOutcome> published = byChunk(event.published());
    for (QueryId rider : job.riders()) {
      LiveQuery query = live.get(rider);
      int index = query.indexOf(job.day());
      Chunk chunk = query.chunk(index);
      if (published.get(chunk.id()) instanceof ChunkOutcome.Done done) {
        if (done.reused()) {
          relieve(query, index);
        }
        take(query, index, query.chunk(index).succeed(done, event.at()));
      } else if (query.head().wish().isFinal()) {
        take(query, index, chunk.end(QueryStatus.STOPPED, "", event.at()));
      } else {
        relieve(query, index);
        take(query, index, query.chunk(index).giveBack(chunk.failure(), chunk.caution()));
      }
    }
    jobs.end(job.end(event.at(), false));
  }

  /** What the system wasted, or did not have to do, is charged to nobody. */
  private void relieve(LiveQuery query, int index) {
    Chunk chunk = query.chunk(index);
    turns.giveBack(query.user(), chunk.charge());
    usage.giveBack(query.user(), chunk.volume().bytes());
    live.change(query, index, chunk.relieved());
  }

  /** A chunk that ran has become this. */
  private void take(LiveQuery query, int index, Chunk now) {
    live.change(query, index, now);
    usage.publish(query.user(), now.delivered());
    if (query.admitted()) {
      live.offer(query, index);
    }
    live.settle(query);
  }

  private static Map<ChunkId, ChunkOutcome> byChunk(List<ChunkOutcome> outcomes) {
    Map<ChunkId, ChunkOutcome> byChunk = new HashMap<>();
    outcomes.forEach(outcome -> byChunk.putIfAbsent(outcome.id(), outcome));
    return byChunk;
  }
}
