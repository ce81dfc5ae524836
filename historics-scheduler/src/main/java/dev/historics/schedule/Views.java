package dev.historics.schedule;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Shows queries to people.
 *
 * @param jobs those that the chunks ran in
 * @param tickets of the chunks that wait
 */
record Views(Map<JobId, Job> jobs, Map<ChunkId, Long> tickets, Estimates estimates) {

  QueryView query(Query query) {
    QueryHead head = query.head();
    List<ChunkView> chunks = query.chunks().stream().map(chunk -> chunk(head, chunk)).toList();
    return new QueryView(
        query.id(),
        head.request(),
        head.status(),
        chunks.stream().mapToDouble(ChunkView::progress).sum() / chunks.size(),
        chunks.stream().mapToLong(ChunkView::read).sum(),
        chunks.stream().mapToLong(ChunkView::matched).sum(),
        chunks.stream().mapToLong(ChunkView::quarantined).sum(),
        head.submitted(),
        head.ended(),
        head.firstEstimate(),
        estimate(query),
        chunks);
  }

  /** Nothing is said of a query that needs somebody's help to end. */
  Optional<FinishTimes> estimate(Query query) {
    boolean goesOn =
        switch (query.head().status()) {
          case QUEUED, SUBMITTED, RUNNING, STOPPING -> true;
          case INIT, PAUSING, PAUSED, STOPPED, SUCCEEDED, DELAYED, FAILED -> false;
        };
    boolean stuck =
        query.chunks().stream().anyMatch(chunk -> chunk.status() == QueryStatus.DELAYED);
    return goesOn && !stuck ? estimates.query(query.id()) : Optional.empty();
  }

  private ChunkView chunk(QueryHead head, Chunk chunk) {
    Optional<Job> job = chunk.job().map(jobs::get);
    OptionalLong ticket = chunk.ticket();
    if (ticket.isEmpty() && tickets.containsKey(chunk.id())) {
      ticket = OptionalLong.of(tickets.get(chunk.id()));
    }
    return new ChunkView(
        chunk.id().day(),
        status(head, chunk),
        progress(chunk, job),
        ticket,
        chunk.job(),
        job.map(Job::riders).stream()
            .flatMap(Collection::stream)
            .filter(rider -> !rider.equals(head.id()))
            .toList(),
        chunk.read(),
        chunk.matched(),
        chunk.quarantined(),
        chunk.started(),
        chunk.ended(),
        estimates.chunk(chunk.id()),
        chunk.failure());
  }

  private static QueryStatus status(QueryHead head, Chunk chunk) {
    if (chunk.status() == QueryStatus.QUEUED && head.wish() == Wish.PAUSE) {
      return QueryStatus.PAUSED;
    }
    if (chunk.status() == QueryStatus.RUNNING && head.wish().isFinal()) {
      return QueryStatus.STOPPING;
    }
    return chunk.status();
  }

  private static double progress(Chunk chunk, Optional<Job> job) {
    return switch (chunk.status()) {
      case SUCCEEDED, FAILED -> 1;
      case RUNNING -> job.map(Job::progress).orElse(0.0);
      case INIT, QUEUED, SUBMITTED, PAUSING, PAUSED, STOPPING, STOPPED, DELAYED -> 0;
    };
  }
}
