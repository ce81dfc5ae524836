package dev.historics.schedule;

import java.io.IOException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/**
 * The queue as commands and servers use it: submit, ask, pause, resume, stop, delete. Works with or
 * without a dispatcher, beside any number of other processes on the same store. Safe for use by
 * many threads.
 *
 * <p>Every change is one transaction of the store. What it asks of the world, such as killing a
 * job, is carried out by the {@link Dispatcher} that leads, now or later.
 */
public final class Scheduling implements AutoCloseable {
  private static final int IDS_TRIED_MAX = 100;
  private static final int JOBS_AT_ONCE = 500;

  /** Stands for a query that is not submitted. */
  private static final QueryId PRETEND = new QueryId("0".repeat(20));

  private final SharedState state;
  private final DispatchDesk desk;
  private final ArchiveCatalog catalog;
  private final Supplier<QueryId> ids;

  /**
   * @param store closed with this
   * @param ids draws the ids of new queries
   */
  public Scheduling(
      StateStore store,
      SchedulerSettings settings,
      ArchiveCatalog catalog,
      InstantSource clock,
      Supplier<QueryId> ids) {
    this.state = new SharedState(store, settings, clock);
    this.desk = new DispatchDesk(state);
    this.catalog = Objects.requireNonNull(catalog);
    this.ids = Objects.requireNonNull(ids);
  }

  // ---- for everybody

  /**
   * Queues a query. It is kept when this returns.
   *
   * @throws IllegalArgumentException if it covers more than {@value Query#DAYS_MAX} days
   * @throws OverQuotaException if a quota would never let it run; nothing was queued then
   * @throws IOException if the archive or the store cannot be used; nothing was queued then
   */
  public QueryView submit(QueryRequest request) throws IOException {
    return submit(request, state.store()::write, (session, id) -> true).orElseThrow();
  }

  /**
   * Queues a query, unless {@code claim}, in the same transaction, refuses; then nothing is kept.
   *
   * @param opening begins the transaction
   */
  private Optional<QueryView> submit(QueryRequest request, Opening opening, Claim claim)
      throws IOException {
    Map<LocalDate, Volume> volumes = volumes(request);
    synchronized (state) {
      QueryId id = freeId();
      Estimates estimates = estimates(id, request, volumes);
      try (SharedState.Step step = state.step(opening.open())) {
        if (!claim.grant(step.session(), id)) {
          return Optional.empty();
        }
        Query query = draft(id, request, volumes, estimates.query(id));
        Optional<String> refusal = state.core().refusal(request.user(), query.chunks());
        if (refusal.isPresent()) {
          throw new OverQuotaException(refusal.get());
        }
        step.apply(new Event.Submitted(state.clock().instant(), query));
        step.session().promise(estimates.promise(id).stream().toList());
        step.commit();
        return Optional.of(
            new Views(
                    Map.of(),
                    state.core().tickets(Set.of(request.user()), state.clock().instant()),
                    estimates)
                .query(state.core().find(id).orElseThrow().query()));
      }
    }
  }

  private interface Opening {
    StateStore.Session open() throws IOException;
  }

  /** Whether a query may be queued, with what has to be kept beside it. */
  interface Claim {
    boolean grant(StateStore.Session session, QueryId id) throws IOException;
  }

  /**
   * When a query would be over if it were submitted now.
   *
   * @throws IOException if the archive or the store cannot be used
   * @throws IllegalArgumentException if it covers more than {@value Query#DAYS_MAX} days
   */
  public FinishTimes estimate(QueryRequest request) throws IOException {
    Map<LocalDate, Volume> volumes = volumes(request);
    synchronized (state) {
      return estimates(PRETEND, request, volumes)
          .query(PRETEND)
          .orElseThrow(
              () -> new IllegalStateException("a query that waits for its turn has no estimate"));
    }
  }

  /**
   * How well estimates held: of the last {@value EstimatesReport#QUERIES_MAX} queries that ended
   * well, and of the last jobs.
   */
  public EstimatesReport estimatesReport() throws IOException {
    synchronized (state) {
      try (StateStore.Session session = state.store().read()) {
        return EstimatesReport.of(
            state.settings().rates(),
            session.kept(EstimatesReport.QUERIES_MAX),
            session.observations(EstimatesReport.JOBS_MAX));
      }
    }
  }

  /** A query, unless there is none of that id. */
  public Optional<QueryView> find(QueryId id) throws IOException {
    synchronized (state) {
      try (StateStore.Session session = state.read()) {
        return view(session, id);
      }
    }
  }

  /** Every query that was not deleted, by submission. */
  public List<QueryView> queries() throws IOException {
    synchronized (state) {
      try (StateStore.Session session = state.read()) {
        List<Query> all = session.all().stream().filter(SharedState::shown).toList();
        Views views = state.views(session, all);
        return all.stream().map(views::query).toList();
      }
    }
  }

  /** Who waits, and why. */
  public QueueView queue() throws IOException {
    synchronized (state) {
      try (StateStore.Session session = state.read()) {
        Views views = new Views(Map.of(), Map.of(), state.estimates(session));
        return new Waits(
                state.settings(), state.core(), views, state.store().led(), state.clock().instant())
            .queue();
      }
    }
  }

  /** Everything that was recorded of queries and jobs. */
  public History history() throws IOException {
    synchronized (state) {
      try (StateStore.Session session = state.store().read()) {
        List<Query> queries = session.all();
        Set<QueryId> known = new HashSet<>();
        queries.forEach(query -> known.add(query.id()));
        long end = session.since(session.sequence()).counters().nextJob();
        List<Job> jobs = new ArrayList<>();
        for (long first = 1; first < end; first += JOBS_AT_ONCE) {
          List<JobId> ids =
              LongStream.range(first, Math.min(end, first + JOBS_AT_ONCE))
                  .mapToObj(JobId::of)
                  .toList();
          session.jobs(ids).values().stream()
              .filter(job -> job.riders().stream().anyMatch(known::contains))
              .sorted(Comparator.comparingLong(job -> job.id().number()))
              .forEach(jobs::add);
        }
        return new History(queries, jobs);
      }
    }
  }

  /** Lets no further chunk of the query start; those that run go on. */
  public QueryView pause(QueryId id) throws IOException, NotFoundException, NotPossibleException {
    return ask(id, Ask.PAUSE);
  }

  /** Lets a paused query go on, and tries the chunks of a delayed one again. */
  public QueryView resume(QueryId id) throws IOException, NotFoundException, NotPossibleException {
    return ask(id, Ask.RESUME);
  }

  /** Ends a query early; the results of chunks that are done are kept. */
  public QueryView stop(QueryId id) throws IOException, NotFoundException, NotPossibleException {
    return ask(id, Ask.STOP);
  }

  /**
   * Stops a query if need be, and forgets it with its results. A query that had ended is not seen
   * any more from now on; its results go when a dispatcher, or {@link #settle}, next works.
   *
   * @return the query as it was last seen
   */
  public QueryView delete(QueryId id) throws IOException, NotFoundException, NotPossibleException {
    return ask(id, Ask.DELETE);
  }

  /** Whether nothing runs and nothing waits that a dispatcher could do. */
  public boolean idle() throws IOException {
    synchronized (state) {
      state.refresh();
      return state.core().idle();
    }
  }

  /**
   * Puts together the results of queries that have come to their end, and removes those of deleted
   * ones: what a dispatcher does too, for commands that run without one.
   *
   * @return the queries that ended
   * @throws IOException if the store cannot be used
   */
  public List<QueryView> settle(ResultBooks books) throws IOException {
    List<QueryView> ended = new ArrayList<>();
    for (Command command : desk.lookAside()) {
      command.carryOut(
          new Command.Hands<IOException>() {
            @Override
            public void start(JobPlan plan) {
              throw new IllegalStateException("job %s was not to start".formatted(plan.id()));
            }

            @Override
            public void kill(JobId job) {
              // The dispatcher that runs the job sees this too.
            }

            @Override
            public void closeBooks(QueryId query) throws IOException {
              desk.close(query, books).ifPresent(ended::add);
            }

            @Override
            public void erase(QueryId query) throws IOException {
              desk.erase(query, books);
            }
          });
    }
    return ended;
  }

  @Override
  public void close() throws IOException {
    synchronized (state) {
      state.store().close();
    }
  }

  // ---- for recurring queries

  /** The recurring queries of the same store. */
  public Recurrences recurrences() {
    return new Recurrences(this, state.clock());
  }

  List<Recurring> recurring() throws IOException {
    synchronized (state) {
      try (StateStore.Session session = state.store().read()) {
        return session.recurring();
      }
    }
  }

  /** Whether a query has come to its end, or is gone. */
  boolean isOver(QueryId id) throws IOException {
    synchronized (state) {
      try (StateStore.Session session = state.store().read()) {
        return session.find(id).map(query -> query.head().status().ended()).orElse(true);
      }
    }
  }

  /** Queues a query as the leading dispatcher does. */
  Optional<QueryView> submitAsLeader(QueryRequest request, Claim claim) throws IOException {
    return submit(request, state::writeAsLeader, claim);
  }

  /** Does {@code work} and tells of it in the log: both or neither. */
  void record(String type, String details, Work work) throws IOException {
    synchronized (state) {
      try (SharedState.Step step = state.step()) {
        work.carryOut(step.session());
        step.session().save(state.clock().instant(), type, details, state.core().drain());
        step.commit();
      }
    }
  }

  interface Work {
    void carryOut(StateStore.Session session) throws IOException;
  }

  /** What a dispatcher of this process works with. */
  DispatchDesk desk() {
    return desk;
  }

  // ---- how it is done

  private QueryView ask(QueryId id, Ask ask)
      throws IOException, NotFoundException, NotPossibleException {
    synchronized (state) {
      try (SharedState.Step step = state.step()) {
        Query query = state.find(step.session(), id).orElseThrow(() -> new NotFoundException(id));
        ask.check(query);
        step.apply(ask.event(state.clock().instant(), query));
        step.commit();
        return state
            .views(step.session(), List.of(query))
            .query(state.find(step.session(), id).orElse(query));
      }
    }
  }

  private Optional<QueryView> view(StateStore.Session session, QueryId id) throws IOException {
    Optional<Query> query = state.find(session, id);
    if (query.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(state.views(session, List.of(query.get())).query(query.get()));
  }

  /** As if the query were submitted now. */
  private Estimates estimates(QueryId id, QueryRequest request, Map<LocalDate, Volume> volumes)
      throws IOException {
    try (StateStore.Session session = state.read()) {
      Query draft = draft(id, request, volumes, Optional.empty());
      Snapshot with = state.core().snapshot().plus(state.core().placed(draft));
      return state.estimates(session, with, Set.of(id));
    }
  }

  private Query draft(
      QueryId id,
      QueryRequest request,
      Map<LocalDate, Volume> volumes,
      Optional<FinishTimes> promised) {
    List<Chunk> chunks =
        Query.days(request).stream()
            .map(day -> Query.cut(id, request, day, volumes.get(day)))
            .toList();
    return Query.waiting(
        id, state.core().nextQuery(), request, chunks, state.clock().instant(), promised);
  }

  private QueryId freeId() throws IOException {
    try (StateStore.Session session = state.store().read()) {
      for (int i = 0; i < IDS_TRIED_MAX; i++) {
        QueryId id = ids.get();
        if (!id.equals(PRETEND) && session.find(id).isEmpty()) {
          return id;
        }
      }
    }
    throw new IllegalStateException("no free query id in " + IDS_TRIED_MAX + " draws");
  }

  private Map<LocalDate, Volume> volumes(QueryRequest request) throws IOException {
    Map<LocalDate, Volume> volumes = new HashMap<>();
    for (LocalDate day : Query.days(request)) {
      Volume volume = Volume.NONE;
      for (String source : request.sources()) {
        volume = volume.plus(catalog.volume(source, day));
      }
      volumes.put(day, volume);
    }
    return volumes;
  }
}
