package dev.historics.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The real queue with nothing around it: no store, no cluster, and no clock but the one its caller
 * tells it. Queries end as soon as their chunks are over. What came of its estimates teaches it how
 * wide they have to be. The same calls give the same answers. Owned by one thread.
 */
public final class Rehearsal {
  private final SchedulerSettings settings;
  private final Core core;
  private final Experience nothing;
  private final Deque<Observation> observations = new ArrayDeque<>();
  private final Deque<Arrival> arrivals = new ArrayDeque<>();
  private final Deque<KeptPromises> kept = new ArrayDeque<>();

  /** What was told of queries that are not over. */
  private final Map<QueryId, List<Promise>> promises = new HashMap<>();

  /** A queue that nobody has used. */
  public Rehearsal(SchedulerSettings settings) {
    this.settings = Objects.requireNonNull(settings);
    this.core = new Core(settings, Snapshot.EMPTY);
    this.nothing = Experience.none(settings.rates());
  }

  public SchedulerSettings settings() {
    return settings;
  }

  /**
   * Queues a query.
   *
   * @param volumes what is to be read of each day that the request touches, in order
   */
  public void submit(Instant at, QueryId id, QueryRequest request, List<Volume> volumes) {
    List<LocalDate> days = Query.days(request);
    if (days.size() != volumes.size()) {
      throw new IllegalArgumentException(
          "query %s touches %d days, got %d volumes".formatted(id, days.size(), volumes.size()));
    }
    List<Chunk> chunks = new ArrayList<>(days.size());
    for (int i = 0; i < days.size(); i++) {
      Chunk cut = Query.cut(id, request, days.get(i), Volume.NONE);
      chunks.add(Chunk.waiting(cut.id(), cut.from(), cut.to(), volumes.get(i)));
    }
    apply(
        new Event.Submitted(
            at, Query.waiting(id, core.nextQuery(), request, chunks, at, Optional.empty())));
    Volume whole = volumes.stream().reduce(Volume.NONE, Volume::plus);
    remember(arrivals, new Arrival(at, request, whole), Experience.ARRIVALS_MAX);
  }

  private static <T> void remember(Deque<T> newestFirst, T next, int max) {
    newestFirst.addFirst(next);
    if (newestFirst.size() > max) {
      newestFirst.removeLast();
    }
  }

  /** Lets no further chunk of the query start; nothing happens to one that has ended. */
  public void pause(Instant at, QueryId id) {
    ask(at, id, Ask.PAUSE);
  }

  /** Lets a paused or delayed query go on; nothing happens to any other. */
  public void resume(Instant at, QueryId id) {
    ask(at, id, Ask.RESUME);
  }

  /** Ends a query early; nothing happens to one that has ended. */
  public void stop(Instant at, QueryId id) {
    ask(at, id, Ask.STOP);
  }

  private void ask(Instant at, QueryId id, Ask ask) {
    Optional<Query> query = core.find(id).map(LiveQuery::query);
    if (query.isPresent() && ask.makesSense(query.get())) {
      apply(ask.event(at, query.get()));
    }
  }

  /**
   * Looks for something to do.
   *
   * @param worked the time since the last look
   * @return the jobs that start now
   */
  public List<JobPlan> look(Instant at, Duration worked) {
    Looked looked = new Looked(at);
    apply(new Event.Looked(at, worked, true)).forEach(command -> command.carryOut(looked));
    return looked.started;
  }

  /** Starts jobs, and lets everything else come true at once. */
  private final class Looked implements Command.Hands<RuntimeException> {
    private final List<JobPlan> started = new ArrayList<>();
    private final Instant at;

    private Looked(Instant at) {
      this.at = at;
    }

    @Override
    public void start(JobPlan plan) {
      started.add(plan);
    }

    @Override
    public void kill(JobId job) {
      // It ends when its caller says so.
    }

    @Override
    public void closeBooks(QueryId query) {
      keep(query, at);
      apply(new Event.BooksClosed(at, query));
    }

    @Override
    public void erase(QueryId query) {
      apply(new Event.Erased(at, query));
    }
  }

  /** A job ended by itself, well or not. */
  public void ended(Instant at, JobId job, List<ChunkOutcome> outcomes) {
    if (outcomes.stream().allMatch(outcome -> outcome instanceof ChunkOutcome.Done)) {
      core.job(job).ifPresent(ran -> observe(at, ran));
    }
    apply(new Event.JobEnded(at, job, outcomes));
  }

  private void observe(Instant at, Job job) {
    double seconds = Duration.between(job.started(), at).toMillis() / 1000.0;
    if (seconds > 0 && job.predictedSeconds() > 0) {
      JobFactors factors = nothing.factors(core, job, Map.of()).withMatches(0);
      remember(
          observations,
          new Observation(job.id(), factors, job.predictedSeconds(), seconds),
          TimeModel.OBSERVATIONS_MAX);
    }
  }

  /**
   * When a query is expected to end, by the jobs that ended, the queries that came, and what came
   * of earlier estimates so far.
   *
   * @return empty for a query that has ended, or that nothing can be said of
   */
  public Optional<FinishTimes> estimate(Instant at, QueryId id) {
    Experience experience =
        Experience.of(
            settings.rates(), List.copyOf(observations), List.copyOf(arrivals), List.copyOf(kept));
    Estimates estimates = new Estimates(settings, core.snapshot(), at, experience, Set.of(id));
    estimates
        .promise(id)
        .ifPresent(told -> promises.computeIfAbsent(id, query -> new ArrayList<>()).add(told));
    return estimates.query(id);
  }

  private void keep(QueryId id, Instant ended) {
    List<Promise> told = promises.remove(id);
    if (told != null) {
      QueryHead head = core.find(id).orElseThrow().head();
      int chunks = core.find(id).orElseThrow().size();
      Finish finish =
          new Finish(id, head.number(), chunks, head.submitted(), ended, core.dispatchedMillis());
      remember(kept, new KeptPromises(finish, told), Widening.PAST_MAX);
    }
  }

  private List<Command> apply(Event event) {
    List<Command> commands = core.apply(event);
    core.drain();
    return commands;
  }
}
