package dev.historics.schedule;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

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

  /** Stands for a query that is not submitted. */
  private static final QueryId PRETEND = new QueryId("0".repeat(20));

  private final StateStore store;
  private final SchedulerSettings settings;
  private final ArchiveCatalog catalog;
  private final InstantSource clock;
  private final Supplier<QueryId> ids;
  private final Object lock = new Object();

  /** The state as of event {@link #known}; null when it has to be read anew. */
  private Core core;

  private long known;

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
   * @throws IOException if the archive or the store cannot be used; nothing was queued then
   */
  public QueryView submit(QueryRequest request) throws IOException {
    Map<LocalDate, Volume> volumes = volumes(request);
    synchronized (lock) {
      QueryId id = freeId();
      Estimates estimates = estimates(id, request, volumes);
      try (Step step = new Step()) {
        Query query = draft(id, request, volumes, estimates.query(id));
        step.apply(new Event.Submitted(clock.instant(), query));
        step.commit();
        return new Views(Map.of(), core.tickets(request.user()), estimates)
            .query(core.find(id).orElseThrow().query());
      }
    }
  }

  /**
   * When a query would be over if it were submitted now.
   *
   * @throws IOException if the archive or the store cannot be used
   * @throws IllegalArgumentException if nothing can be said because too many chunks wait, or if it
   *     covers more than {@value Query#DAYS_MAX} days
   */
  public FinishTimes estimate(QueryRequest request) throws IOException {
    Map<LocalDate, Volume> volumes = volumes(request);
    synchronized (lock) {
      return estimates(PRETEND, request, volumes)
          .query(PRETEND)
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "more than %d chunks wait: no finish time can be told"
                          .formatted(Estimates.CHUNKS_MAX)));
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
        return new Waits(settings, core, views).queue();
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
    for (Command command : look(Duration.ZERO, false)) {
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

  // ---- for the dispatcher

  SchedulerSettings settings() {
    return settings;
  }

  Optional<StateStore.Lead> tryLead() throws IOException {
    synchronized (lock) {
      return store.tryLead();
    }
  }

  /** Whether another process changed something since the last look here. */
  boolean changedElsewhere() throws IOException {
    synchronized (lock) {
      try (StateStore.Session session = store.read()) {
        return core == null || session.sequence() != known;
      }
    }
  }

  List<Command> look(Duration worked, boolean mayStart) throws IOException {
    return happen(new Event.Looked(clock.instant(), worked, mayStart));
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
    happen(new Event.JobEnded(clock.instant(), job, outcomes));
  }

  void jobLost(JobId job, List<ChunkOutcome> published) throws IOException {
    happen(new Event.JobLost(clock.instant(), job, published));
  }

  void progress(JobId job, double fraction) throws IOException {
    synchronized (lock) {
      try (StateStore.Session session = store.write()) {
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
      session = store.write();
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
      try (Step step = new Step()) {
        List<Command> commands = step.apply(event);
        step.commit();
        return commands;
      }
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
    Map<ChunkId, Long> tickets = new HashMap<>();
    Set<String> users = new HashSet<>();
    boolean open = false;
    for (Query query : queries) {
      if (!query.head().status().ended()) {
        open = true;
        if (users.add(query.head().request().user())) {
          tickets.putAll(core.tickets(query.head().request().user()));
        }
      }
    }
    Estimates estimates = open ? estimates(session, core.snapshot()) : Estimates.NONE;
    return new Views(jobs(session, queries), tickets, estimates);
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
    return new Estimates(settings, snapshot, clock.instant(), session.ratios(Estimates.RATIOS_MAX));
  }

  /** As if the query were submitted now. */
  private Estimates estimates(QueryId id, QueryRequest request, Map<LocalDate, Volume> volumes)
      throws IOException {
    try (StateStore.Session session = store.read()) {
      sync(session);
      Query draft = draft(id, request, volumes, Optional.empty());
      return estimates(session, core.snapshot().plus(draft));
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
