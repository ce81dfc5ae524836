package dev.historics.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The scheduler's mind: an event in, its commands out. Without a clock, a thread, a file or a die:
 * the same events give the same commands. Owned by one thread.
 *
 * <p>A query is broken into day chunks that wait in its user's queue. At each look, for as long as
 * fewer than the allowed jobs run, the chunk with the lowest ticket opens a job, and others that
 * want the same day ride on it. A query whose chunks are all over has its books closed and ends.
 *
 * <p>A chunk that runs when its query is stopped goes on if its job has other riders, and if it
 * ends well it counts: its results are published already. The query is stopped when none of it
 * runs.
 */
final class Core implements Event.Cases<List<Command>> {
  /** More than any dispatcher is at work. */
  private static final double MILLIS_MAX = 1e15;

  private final SchedulerSettings settings;
  private final Predictor predictor;
  private final RunningJobs jobs;
  private final JobEnds ends;
  private final Pool pool;
  private final Waiting waiting;
  private final Turns turns;
  private final Usage usage;
  private final Unsaved unsaved = new Unsaved();
  private final LiveQueries live;
  private long nextQuery;
  private long nextJob;
  private long nextTicket;

  /** What kept chunks from being started at the last look. */
  private HeldBack held = HeldBack.NOBODY;

  Core(SchedulerSettings settings, Snapshot start) {
    this.settings = settings;
    this.predictor = new Predictor(settings.rates());
    Counters counters = start.counters();
    this.pool = new Pool(settings.poolSize(), settings.starvationInterval(), counters.nextPlace());
    this.waiting = new Waiting(settings, pool, predictor, counters.dealt());
    this.turns = waiting.turns();
    this.usage = new Usage(settings);
    this.live = new LiveQueries(settings, waiting, usage, unsaved, counters.dispatchedMillis());
    this.jobs = new RunningJobs(start.jobs(), unsaved);
    this.ends = new JobEnds(jobs, live, turns, usage, new Retries(settings));
    nextQuery = counters.nextQuery();
    nextJob = counters.nextJob();
    nextTicket = counters.nextTicket();
    start.queries().forEach(live::adopt);
    pool.restore(start.turns(), counters.nextPlace());
    turns.restore(start.accounts());
    usage.restore(start.buckets(), start.results());
    unsaved.discard();
  }

  /** Everything that decides what happens next. */
  Snapshot snapshot() {
    return new Snapshot(
        counters(),
        live.all(),
        jobs.all(),
        pool.turns(),
        turns.accounts(),
        usage.buckets(),
        usage.results());
  }

  List<Command> apply(Event event) {
    usage.tell(event.at());
    List<Command> commands = event.fold(this);
    live.admit();
    fillPool();
    return commands;
  }

  private void fillPool() {
    if (settings.policy().pools()) {
      pool.evaluate(live.now());
    }
  }

  /** What changed since this was last asked. */
  Changes drain() {
    return unsaved.drain(counters(), pool, turns, usage);
  }

  /** Whether nothing runs and nothing could be started, closed or erased without help. */
  boolean idle() {
    return jobs.isEmpty()
        && (waiting.isEmpty() || held.forGood())
        && !live.anyRests()
        && live.closing().isEmpty()
        && live.erasing().isEmpty();
  }

  /**
   * Whether time alone has given a look something to find.
   *
   * @param more how much longer a dispatcher was at work since the last one
   */
  boolean due(Duration more, Instant clock) {
    long then = live.now() + more.toMillis();
    return live.restedAfter(more) || held.due(clock) || jobs.anyTooLong(then);
  }

  /** When some of what quotas hold back goes on by itself; empty if nothing does. */
  Optional<Instant> heldUntil() {
    return held.until();
  }

  Optional<LiveQuery> find(QueryId id) {
    return live.find(id);
  }

  /** The jobs that run, by number. */
  List<Job> running() {
    return jobs.all();
  }

  Optional<Job> job(JobId id) {
    return jobs.find(id);
  }

  JobPlan plan(Job job) {
    List<LiveQuery> queries = job.riders().stream().map(live::get).toList();
    return new JobPlan(
        job.id(),
        job.day(),
        queries.stream().map(query -> query.work(query.indexOf(job.day()))).toList(),
        Map.of(),
        queries.stream().map(LiveQuery::user).collect(Collectors.toCollection(TreeSet::new)));
  }

  Pool pool() {
    return pool;
  }

  /** The tickets of users' waiting chunks as they stand now, as far as they can be told. */
  Map<ChunkId, Long> tickets(Set<String> users, Instant clock) {
    usage.tell(clock);
    return turns.tickets(users, nextTicket, nextQuery - 1, usage.room());
  }

  /** Why a query of such chunks would never run to its end; empty if it could. */
  Optional<String> refusal(String user, List<Chunk> chunks) {
    return usage.refusal(user, chunks);
  }

  /** The quota that holds back all of a query that waits; empty if none does. */
  Optional<Hold> hold(QueryId id, Instant clock) {
    usage.tell(clock);
    LiveQuery query = live.get(id);
    if (query.head().status() == QueryStatus.INIT) {
      return live.arriving().holdOf(query);
    }
    return query.ready().isEmpty()
        ? Optional.empty()
        : usage.startHold(query.user(), query.leastReadyBytes());
  }

  /** The queries of the same user that wait for room in the queue before this one. */
  List<QueryId> arrivingBefore(QueryId id) {
    return live.arriving().ahead(live.get(id));
  }

  /** The number of the next ticket to be drawn. */
  long nextTicket() {
    return nextTicket;
  }

  long nextQuery() {
    return nextQuery;
  }

  /** How long a dispatcher has been at work in all, in milliseconds. */
  long dispatchedMillis() {
    return live.now();
  }

  private Counters counters() {
    return new Counters(
        nextQuery, nextJob, nextTicket, pool.nextPlace(), turns.dealt(nextQuery - 1), live.now());
  }

  // ---- what users ask

  @Override
  public List<Command> submitted(Event.Submitted event) {
    nextQuery = event.query().head().number() + 1;
    LiveQuery query = live.adopt(placed(event.query()));
    unsaved.created(query);
    return List.of();
  }

  /** A query as it is once it is submitted: with the place that it has among its user's. */
  Query placed(Query fresh) {
    long until = patientUntil(new LiveQuery(fresh));
    return new Query(fresh.head().withPatientUntil(until), fresh.chunks());
  }

  /** When a query will have taken too many times as long as it would alone. */
  private long patientUntil(LiveQuery query) {
    double alone = 0;
    for (int i = 0; i < query.size(); i++) {
      alone += predictor.seconds(List.of(new Waiting.Slot(query, i)));
    }
    int atATime = Math.min(settings.jobs(), query.size());
    double patience = settings.fairness().stretchMax() * alone * 1000 / atATime;
    return live.now() + (long) Math.min(patience, MILLIS_MAX);
  }

  @Override
  public List<Command> paused(Event.Paused event) {
    LiveQuery query = live.get(event.query());
    live.withdraw(query);
    live.change(query, query.head().with(Wish.PAUSE));
    return List.of();
  }

  @Override
  public List<Command> resumed(Event.Resumed event) {
    LiveQuery query = live.get(event.query());
    for (int i = 0; i < query.size(); i++) {
      if (query.chunk(i).status() == QueryStatus.DELAYED) {
        live.change(query, i, query.chunk(i).afresh());
      }
    }
    live.arrive(query);
    if (query.admitted()) {
      live.offer(query);
    }
    live.change(query, query.head().with(Wish.RUN).withCloseFailures(0));
    return List.of();
  }

  @Override
  public List<Command> stopped(Event.Stopped event) {
    stop(live.get(event.query()), Wish.STOP, event.at());
    return List.of();
  }

  @Override
  public List<Command> deleted(Event.Deleted event) {
    LiveQuery query = live.find(event.query().id()).orElseGet(() -> live.adopt(event.query()));
    stop(query, Wish.DELETE, event.at());
    return List.of();
  }

  private void stop(LiveQuery query, Wish wish, Instant at) {
    live.withdraw(query);
    query.head(query.head().with(wish).withCloseFailures(0));
    for (int i = 0; i < query.size(); i++) {
      Chunk chunk = query.chunk(i);
      if (chunk.status() == QueryStatus.QUEUED || chunk.status() == QueryStatus.DELAYED) {
        live.change(query, i, chunk.end(QueryStatus.STOPPED, chunk.failure(), at));
      } else if (chunk.status() == QueryStatus.RUNNING) {
        chunk
            .job()
            .flatMap(jobs::find)
            .filter(this::nobodyWants)
            .ifPresent(job -> jobs.put(job.kill()));
      }
    }
    live.settle(query);
  }

  private boolean nobodyWants(Job job) {
    return job.riders().stream().allMatch(rider -> live.get(rider).head().wish().isFinal());
  }

  // ---- what the dispatcher sees

  @Override
  public List<Command> looked(Event.Looked event) {
    live.pass(event.worked());
    jobs.killTooLong(live.now());
    List<Command> commands = new ArrayList<>();
    jobs.killed().forEach(job -> commands.add(new Command.Kill(job)));
    live.closing().forEach(query -> commands.add(new Command.CloseBooks(query.id())));
    live.erasing().forEach(query -> commands.add(new Command.Erase(query.id())));
    live.admit();
    commands.addAll(start(event));
    return commands;
  }

  private List<Command> start(Event.Looked event) {
    List<Command> starts = new ArrayList<>();
    held = HeldBack.since(event.at());
    boolean more = event.mayStart();
    while (more && jobs.size() < settings.jobs()) {
      Optional<JobPlan> plan = startNext(event.at());
      plan.ifPresent(next -> starts.add(new Command.Start(next)));
      more = plan.isPresent();
    }
    if (event.mayStart() && !more && !waiting.isEmpty()) {
      noteHolds();
    }
    return starts;
  }

  /** A slot is free, and all that waits is held back. */
  private void noteHolds() {
    for (Pool.Seat seat : pool.everybody()) {
      usage.startHold(seat.user(), seat.leastBytes()).ifPresent(held::note);
    }
    if (jobs.isEmpty()) {
      held.standsStill();
    }
  }

  private Optional<JobPlan> startNext(Instant at) {
    fillPool();
    Room room = usage.room();
    Optional<Waiting.Slot> again = waiting.lowestReturned(room);
    Optional<Waiting.Slot> opener = again.or(() -> turns.next(nextQuery - 1, live.now(), room));
    return opener.map(slot -> start(slot, again.isPresent(), at));
  }

  private JobPlan start(Waiting.Slot opener, boolean again, Instant at) {
    List<Waiting.Slot> aboard = new ArrayList<>(List.of(opener));
    aboard.addAll(waiting.riders(opener, live.now(), usage::mayRide));
    OptionalLong ticket = again ? opener.chunk().ticket() : OptionalLong.of(nextTicket++);
    if (!again) {
      turns.opened(opener);
    }
    Job job = open(aboard, at);
    List<Double> shares = predictor.shares(aboard);
    for (int i = 0; i < aboard.size(); i++) {
      board(aboard.get(i), job, ticket, shares.get(i), at);
    }
    turns.started(nextQuery - 1);
    return plan(job);
  }

  private Job open(List<Waiting.Slot> aboard, Instant at) {
    Job job =
        new Job(
            JobId.of(nextJob++),
            aboard.get(0).chunk().id().day(),
            aboard.stream().map(slot -> slot.query().id()).toList(),
            at,
            Optional.empty(),
            predictor.seconds(aboard),
            false,
            false,
            settings.jobTimeout().isZero() ? 0 : live.now() + settings.jobTimeout().toMillis(),
            0);
    jobs.put(job);
    return job;
  }

  private void board(Waiting.Slot slot, Job job, OptionalLong ticket, double cost, Instant at) {
    LiveQuery query = slot.query();
    pool.serve(query.user(), live.now());
    turns.charge(query.user(), cost, live.now());
    usage.read(query.user(), slot.chunk().volume().bytes());
    waiting.remove(query, slot.index(), live.now());
    live.change(query, slot.index(), slot.chunk().start(job.id(), ticket, at, cost));
    live.settle(query);
  }

  @Override
  public List<Command> jobEnded(Event.JobEnded event) {
    ends.ended(event);
    return List.of();
  }

  @Override
  public List<Command> jobLost(Event.JobLost event) {
    ends.lost(event);
    return List.of();
  }

  // ---- the end of a query

  @Override
  public List<Command> booksClosed(Event.BooksClosed event) {
    live.find(event.query())
        .filter(live::closes)
        .ifPresent(
            query -> {
              live.change(query, query.head().end(query.ending(), event.at()));
              live.forget(query);
            });
    return List.of();
  }

  @Override
  public List<Command> booksNotClosed(Event.BooksNotClosed event) {
    live.find(event.query())
        .filter(live::closes)
        .ifPresent(
            query ->
                live.change(
                    query, query.head().withCloseFailures(query.head().closeFailures() + 1)));
    return List.of();
  }

  @Override
  public List<Command> notErased(Event.NotErased event) {
    live.find(event.query()).filter(live::erases).ifPresent(this::countFailure);
    return List.of();
  }

  private void countFailure(LiveQuery query) {
    int failures = query.head().closeFailures() + 1;
    QueryHead head = query.head().withCloseFailures(failures);
    // Somebody has to see that it is still there.
    boolean tellIt = failures >= settings.attemptsMax();
    live.change(query, tellIt ? head.with(Wish.STOP).withCloseFailures(0) : head);
    if (!query.head().live()) {
      live.forget(query);
    }
  }

  @Override
  public List<Command> erased(Event.Erased event) {
    live.find(event.query())
        .filter(live::erases)
        .ifPresent(
            query -> {
              usage.publish(query.user(), -query.delivered());
              live.forget(query);
              unsaved.erased(query);
            });
    return List.of();
  }
}
