package dev.historics.schedule;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
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

  private final StateStore store;
  private final SchedulerSettings settings;
  private final ArchiveCatalog catalog;
  private final InstantSource clock;
  private final Supplier<QueryId> ids;
  private final Object lock = new Object();
  private final Reminders reminders = new Reminders();

  /** The state as of event {@link #known}; null when it has to be read anew. */
  private Core core;

  private long known;

  /** The last event that a dispatcher on this facade has looked at. */
  private long looked;

  /** What a dispatcher on this facade writes by; null when none leads. */
  private StateStore.Lead lead;

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
    this.store = Objects.requireNonNull(store);
    this.settings = Objects.requireNonNull(settings);
    this.catalog = Objects.requireNonNull(catalog);
    this.clock = Objects.requireNonNull(clock);
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
    return submit(request, store::write, (session, id) -> true).orElseThrow();
  }

  /**
   * Queues a query, unless {@code claim}, in the same transaction, refuses; then nothing is kept.
   *
   * @param opening begins the transaction
   */
  private Optional<QueryView> submit(QueryRequest request, Opening opening, Claim claim)
      throws IOException {
    Map<LocalDate, Volume> volumes = volumes(request);
    synchronized (lock) {
      QueryId id = freeId();
      Estimates estimates = estimates(id, request, volumes);
      try (Step step = new Step(opening.open())) {
        if (!claim.grant(step.session, id)) {
          return Optional.empty();
        }
        Query query = draft(id, request, volumes, estimates.query(id));
        Optional<String> refusal = core.refusal(request.user(), query.chunks());
        if (refusal.isPresent()) {
          throw new OverQuotaException(refusal.get());
        }
        step.apply(new Event.Submitted(clock.instant(), query));
        step.session.promise(estimates.promise(id).stream().toList());
        step.commit();
        return Optional.of(
            new Views(Map.of(), core.tickets(Set.of(request.user())), estimates)
                .query(core.find(id).orElseThrow().query()));
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
    synchronized (lock) {
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
    synchronized (lock) {
      try (StateStore.Session session = store.read()) {
        return EstimatesReport.of(
            settings.rates(),
            session.kept(EstimatesReport.QUERIES_MAX),
            session.observations(EstimatesReport.JOBS_MAX));
      }
    }
  }

  /** A query, unless there is none of that id. */
  public Optional<QueryView> find(QueryId id) throws IOException {
    synchronized (lock) {
      try (StateStore.Session session = store.read()) {
        sync(session);
        return view(session, id);
      }
    }
  }

  /** Every query that was not deleted, by submission. */
  public List<QueryView> queries() throws IOException {
    synchronized (lock) {
      try (StateStore.Session session = store.read()) {
        sync(session);
        List<Query> all = session.all().stream().filter(Scheduling::shown).toList();
        Views views = views(session, all);
        return all.stream().map(views::query).toList();
      }
    }
  }

  /** Who waits, and why. */
  public QueueView queue() throws IOException {
    synchronized (lock) {
      try (StateStore.Session session = store.read()) {
        sync(session);
        Views views = new Views(Map.of(), Map.of(), estimates(session, core.snapshot()));
        return new Waits(settings, core, views, store.led(), clock.instant()).queue();
      }
    }
  }

  /** Everything that was recorded of queries and jobs. */
  public History history() throws IOException {
    synchronized (lock) {
      try (StateStore.Session session = store.read()) {
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
    synchronized (lock) {
      try (StateStore.Session session = store.read()) {
        sync(session);
        return core.idle();
      }
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
    for (Command command : happen(new Event.Looked(clock.instant(), Duration.ZERO, false))) {
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
              close(query, books).ifPresent(ended::add);
            }

            @Override
            public void erase(QueryId query) throws IOException {
              Scheduling.this.erase(query, books);
            }
          });
    }
    return ended;
  }

  @Override
  public void close() throws IOException {
    synchronized (lock) {
      store.close();
    }
  }

  // ---- for recurring queries

  /** The recurring queries of the same store. */
  public Recurrences recurrences() {
    return new Recurrences(this, clock);
  }

  List<Recurring> recurring() throws IOException {
    synchronized (lock) {
      try (StateStore.Session session = store.read()) {
        return session.recurring();
      }
    }
  }

  /** Whether a query has come to its end, or is gone. */
  boolean isOver(QueryId id) throws IOException {
    synchronized (lock) {
      try (StateStore.Session session = store.read()) {
        return session.find(id).map(query -> query.head().status().ended()).orElse(true);
      }
    }
  }

  /** Queues a query as the leading dispatcher does. */
  Optional<QueryView> submitAsLeader(QueryRequest request, Claim claim) throws IOException {
    return submit(request, this::writeAsLeader, claim);
  }

  /** Does {@code work} and tells of it in the log: both or neither. */
  void record(String type, String details, Work work) throws IOException {
    synchronized (lock) {
      try (Step step = new Step()) {
        work.carryOut(step.session);
        step.session.save(clock.instant(), type, details, core.drain());
        step.commit();
      }
    }
  }

  interface Work {
    void carryOut(StateStore.Session session) throws IOException;
  }

  // ---- for the dispatcher

  SchedulerSettings settings() {
    return settings;
  }

  /**
   * The right to dispatch, if nobody else has it. From then on what a dispatcher does here is
   * written only for as long as that right was not lost.
   *
   * @throws StateUnavailableException if the store cannot be reached; asking again later may work
   */
  Optional<StateStore.Lead> tryLead() throws IOException {
    synchronized (lock) {
      Optional<StateStore.Lead> taken = store.tryLead();
      taken.ifPresent(mine -> lead = mine);
      return taken;
    }
  }

  private StateStore.Session writeAsLeader() throws IOException {
    return lead == null ? store.write() : lead.write();
  }

  /** Whether anybody changed something since the last look here. */
  boolean changedSinceLook() throws IOException {
    synchronized (lock) {
      try (StateStore.Session session = store.read()) {
        return core == null || session.sequence() != looked;
      }
    }
  }

  /** Whether a look would find something new, once a dispatcher worked so much longer. */
  boolean due(Duration more) {
    synchronized (lock) {
      return core != null && core.due(more, clock.instant());
    }
  }

  List<Command> look(Duration worked, boolean mayStart) throws IOException {
    synchronized (lock) {
      try (Step step = new Step(writeAsLeader())) {
        List<Command> commands = new ArrayList<>();
        for (Command command : step.apply(new Event.Looked(clock.instant(), worked, mayStart))) {
          commands.add(
              command instanceof Command.Start start
                  ? new Command.Start(withEarlier(step.session, start.plan()))
                  : command);
        }
        step.commit();
        looked = known;
        return commands;
      }
    }
  }

  private JobPlan withEarlier(StateStore.Session session, JobPlan plan) throws IOException {
    Map<ChunkId, ChunkId> earlier = new HashMap<>();
    for (ChunkWork work : plan.chunks()) {
      QueryRequest request = core.find(work.id().query()).orElseThrow().request();
      session.doneBefore(request, work).ifPresent(found -> earlier.put(work.id(), found));
    }
    return new JobPlan(plan.id(), plan.day(), plan.chunks(), earlier);
  }

  /** Jobs that run, as far as anybody recorded. */
  List<JobPlan> running() throws IOException {
    synchronized (lock) {
      try (StateStore.Session session = store.read()) {
        sync(session);
        return core.running().stream().map(core::plan).toList();
      }
    }
  }

  void jobEnded(JobId job, List<ChunkOutcome> outcomes) throws IOException {
    Event.JobEnded event = new Event.JobEnded(clock.instant(), job, outcomes);
    synchronized (lock) {
      try (Step step = new Step(writeAsLeader())) {
        Optional<Observation> seen = observe(step.session, event);
        step.apply(event);
        if (seen.isPresent()) {
          step.session.observe(seen.get());
        }
        step.commit();
      }
      if (!reminders.quiet(event.at())) {
        remind();
      }
    }
  }

  /** Writes down what is expected now, to be compared with what comes. */
  private void remind() throws IOException {
    Instant before = clock.instant();
    Snapshot snapshot = core.snapshot();
    List<QueryId> due = reminders.due(snapshot.queries(), before);
    if (!due.isEmpty()) {
      Estimates estimates;
      try (StateStore.Session session = store.read()) {
        estimates = estimates(session, snapshot);
      }
      try (StateStore.Session session = store.write()) {
        session.promise(due.stream().flatMap(id -> estimates.promise(id).stream()).toList());
        session.commit();
      }
    }
    reminders.took(before, clock.instant());
  }

  /** What can be learned from a job's end; nothing from one that did not go well. */
  private Optional<Observation> observe(StateStore.Session session, Event.JobEnded event)
      throws IOException {
    Optional<Job> job = core.job(event.job());
    if (job.isEmpty() || job.get().killed()) {
      return Optional.empty();
    }
    double seconds = Duration.between(job.get().started(), event.at()).toMillis() / 1000.0;
    double matches = 0;
    for (ChunkOutcome outcome : event.outcomes()) {
      if (!(outcome instanceof ChunkOutcome.Done done) || done.reused()) {
        return Optional.empty();
      }
      matches += done.matched();
    }
    if (seconds <= 0 || event.outcomes().size() != job.get().riders().size()) {
      return Optional.empty();
    }
    Experience experience =
        Experience.of(
            settings.rates(),
            session.observations(TimeModel.OBSERVATIONS_MAX),
            List.of(),
            List.of());
    List<Query> riders =
        job.get().riders().stream()
            .flatMap(id -> core.find(id).stream())
            .map(LiveQuery::query)
            .toList();
    JobFactors expected = experience.factors(core, job.get(), experience.matchShares(riders));
    return Optional.of(
        new Observation(
            event.job(),
            expected.withMatches(matches),
            experience.model().seconds(expected),
            seconds));
  }

  void jobLost(JobId job, List<ChunkOutcome> published) throws IOException {
    dispatch(new Event.JobLost(clock.instant(), job, published));
  }

  void progress(JobId job, double fraction) throws IOException {
    synchronized (lock) {
      try (StateStore.Session session = writeAsLeader()) {
        session.progress(job, fraction);
        session.commit();
      }
    }
  }

  /**
   * Closes the books of a query that has come to its end.
   *
   * @return the query if it ended by this; empty if the books could not be closed, which is
   *     recorded
   */
  Optional<QueryView> close(QueryId id, ResultBooks books) throws IOException {
    QueryView ending;
    List<ChunkId> done;
    synchronized (lock) {
      try (StateStore.Session session = store.read()) {
        sync(session);
        Optional<LiveQuery> query = core.find(id);
        if (query.isEmpty()) {
          return Optional.empty();
        }
        Query now = query.get().query();
        Query ended = new Query(now.head().with(query.get().ending()), now.chunks());
        ending = new Views(jobs(session, List.of(ended)), Map.of(), Estimates.NONE).query(ended);
        done =
            ended.chunks().stream()
                .filter(chunk -> chunk.status() == QueryStatus.SUCCEEDED)
                .map(Chunk::id)
                .toList();
      }
    }
    try {
      books.close(ending, done);
    } catch (IOException e) {
      happen(new Event.BooksNotClosed(clock.instant(), id, String.valueOf(e.getMessage())));
      return Optional.empty();
    }
    happen(new Event.BooksClosed(clock.instant(), id));
    return find(id).filter(view -> view.status().ended());
  }

  /** Removes the results of a deleted query. */
  void erase(QueryId id, ResultBooks books) throws IOException {
    try {
      books.delete(id);
    } catch (IOException e) {
      happen(new Event.NotErased(clock.instant(), id, String.valueOf(e.getMessage())));
      return;
    }
    happen(new Event.Erased(clock.instant(), id));
  }

  // ---- how it is done

  /** One change of the store and of the core: both or neither. */
  private final class Step implements AutoCloseable {
    private final StateStore.Session session;
    private boolean open;

    Step() throws IOException {
      this(store.write());
    }

    Step(StateStore.Session session) throws IOException {
      this.session = session;
      try {
        sync(session);
      } catch (IOException | RuntimeException e) {
        session.close();
        throw e;
      }
    }

    List<Command> apply(Event event) throws IOException {
      open = true;
      List<Command> commands = core.apply(event);
      Changes changes = core.drain();
      if (!changes.none()) {
        String details = event instanceof Event.Looked ? started(changes.jobs()) : event.details();
        known = session.save(event.at(), event.type(), details, changes);
        long worked = changes.counters().dispatchedMillis();
        for (QueryHead head : changes.heads()) {
          if (head.status() == QueryStatus.SUCCEEDED && head.ended().isPresent()) {
            session.finish(finish(head, worked));
          }
        }
      }
      return commands;
    }

    void commit() throws IOException {
      session.commit();
      open = false;
    }

    @Override
    public void close() throws IOException {
      if (open) {
        core = null;
      }
      session.close();
    }
  }

  private Finish finish(QueryHead head, long worked) {
    return new Finish(
        head.id(),
        head.number(),
        Query.days(head.request()).size(),
        head.submitted(),
        head.ended().orElseThrow(),
        worked);
  }

  /** What the log says of a dispatch. */
  private static String started(List<Job> jobs) {
    List<String> each =
        jobs.stream()
            .map(
                job ->
                    Json.object(
                        "job", job.id().value(),
                        "day", job.day().toString(),
                        "queries",
                            String.join(" ", job.riders().stream().map(QueryId::value).toList())))
            .toList();
    return "{\"jobs\":" + Json.list(each) + "}";
  }

  private List<Command> happen(Event event) throws IOException {
    synchronized (lock) {
      return happen(new Step(), event);
    }
  }

  /** The same, unless somebody else dispatches by now. */
  private List<Command> dispatch(Event event) throws IOException {
    synchronized (lock) {
      return happen(new Step(writeAsLeader()), event);
    }
  }

  private static List<Command> happen(Step opened, Event event) throws IOException {
    try (Step step = opened) {
      List<Command> commands = step.apply(event);
      step.commit();
      return commands;
    }
  }

  private QueryView ask(QueryId id, Ask ask)
      throws IOException, NotFoundException, NotPossibleException {
    synchronized (lock) {
      try (Step step = new Step()) {
        Query query = get(step.session, id).orElseThrow(() -> new NotFoundException(id));
        ask.check(query);
        step.apply(ask.event(clock.instant(), query));
        step.commit();
        return views(step.session, List.of(query)).query(get(step.session, id).orElse(query));
      }
    }
  }

  private void sync(StateStore.Session session) throws IOException {
    long now = session.sequence();
    if (core == null) {
      core = new Core(settings, session.since(0));
    } else if (now != known) {
      core = new Core(settings, core.snapshot().become(session.since(known), session.live()));
    }
    known = now;
  }

  private Optional<Query> get(StateStore.Session session, QueryId id) throws IOException {
    Optional<Query> live = core.find(id).map(LiveQuery::query);
    return (live.isPresent() ? live : session.find(id)).filter(Scheduling::shown);
  }

  /** A deleted query is seen for as long as something of it runs. */
  private static boolean shown(Query query) {
    return query.head().wish() != Wish.DELETE
        || query.chunks().stream().anyMatch(chunk -> !chunk.over());
  }

  private Optional<QueryView> view(StateStore.Session session, QueryId id) throws IOException {
    Optional<Query> query = get(session, id);
    if (query.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(views(session, List.of(query.get())).query(query.get()));
  }

  private Views views(StateStore.Session session, List<Query> queries) throws IOException {
    Set<String> users = new HashSet<>();
    for (Query query : queries) {
      if (!query.head().status().ended()) {
        users.add(query.head().request().user());
      }
    }
    boolean open = !users.isEmpty();
    Estimates estimates = open ? estimates(session, core.snapshot()) : Estimates.NONE;
    return new Views(jobs(session, queries), open ? core.tickets(users) : Map.of(), estimates);
  }

  private static Map<JobId, Job> jobs(StateStore.Session session, List<Query> queries)
      throws IOException {
    Set<JobId> ids = new HashSet<>();
    for (Query query : queries) {
      query.chunks().forEach(chunk -> chunk.job().ifPresent(ids::add));
    }
    return session.jobs(ids);
  }

  private Estimates estimates(StateStore.Session session, Snapshot snapshot) throws IOException {
    return new Estimates(settings, snapshot, clock.instant(), experience(session));
  }

  private Experience experience(StateStore.Session session) throws IOException {
    return Experience.of(
        settings.rates(),
        session.observations(TimeModel.OBSERVATIONS_MAX),
        session.arrivals(Experience.ARRIVALS_MAX),
        session.kept(Widening.PAST_MAX));
  }

  /** As if the query were submitted now. */
  private Estimates estimates(QueryId id, QueryRequest request, Map<LocalDate, Volume> volumes)
      throws IOException {
    try (StateStore.Session session = store.read()) {
      sync(session);
      Query draft = draft(id, request, volumes, Optional.empty());
      return estimates(session, core.snapshot().plus(core.placed(draft)));
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
    return Query.waiting(id, core.nextQuery(), request, chunks, clock.instant(), promised);
  }

  private QueryId freeId() throws IOException {
    try (StateStore.Session session = store.read()) {
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
