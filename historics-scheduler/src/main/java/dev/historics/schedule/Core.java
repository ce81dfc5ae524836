package dev.historics.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

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

  private static final double RETRY_WAIT_MAX_MILLIS = 600_000;

  private final SchedulerSettings settings;
  private final Predictor predictor;
  private final SortedMap<Long, LiveQuery> queries = new TreeMap<>();
  private final Map<QueryId, LiveQuery> byId = new HashMap<>();
  private final Map<JobId, Job> jobs = new LinkedHashMap<>();
  private final SortedMap<Long, LiveQuery> closing = new TreeMap<>();
  private final SortedMap<Long, LiveQuery> erasing = new TreeMap<>();
  private final Pool pool;
  private final Waiting waiting;

  /** Chunks that are tried again later; some may not be wanted any more. */
  private final TreeSet<Chunk> resting =
      new TreeSet<>(
          Comparator.comparingLong((Chunk chunk) -> chunk.caution().notBefore())
              .thenComparing(chunk -> chunk.id().toString()));

  private final Turns turns;
  private long nextQuery;
  private long nextJob;
  private long nextTicket;
  private long worked;

  private final List<Query> created = new ArrayList<>();
  private final Set<LiveQuery> changedHeads = new LinkedHashSet<>();
  private final Map<ChunkId, Chunk> changedChunks = new LinkedHashMap<>();
  private final Map<JobId, Job> changedJobs = new LinkedHashMap<>();
  private final List<QueryId> erased = new ArrayList<>();

  Core(SchedulerSettings settings, Snapshot start) {
    this.settings = settings;
    this.predictor = new Predictor(settings.rates());
    Counters counters = start.counters();
    this.pool = new Pool(settings.poolSize(), settings.starvationInterval(), counters.nextPlace());
    this.waiting = new Waiting(settings, pool, predictor, counters.dealt());
    this.turns = waiting.turns();
    nextQuery = counters.nextQuery();
    nextJob = counters.nextJob();
    nextTicket = counters.nextTicket();
    worked = counters.dispatchedMillis();
    start.jobs().forEach(job -> jobs.put(job.id(), job));
    start.queries().forEach(this::adopt);
    pool.restore(start.turns(), counters.nextPlace());
    turns.restore(start.accounts());
    changedHeads.clear();
  }

  /** Everything that decides what happens next. */
  Snapshot snapshot() {
    return new Snapshot(
        counters(),
        queries.values().stream().map(LiveQuery::query).toList(),
        List.copyOf(jobs.values()),
        pool.turns(),
        turns.accounts());
  }

  List<Command> apply(Event event) {
    List<Command> commands = event.fold(this);
    fillPool();
    return commands;
  }

  private void fillPool() {
    if (settings.policy().pools()) {
      pool.evaluate(worked);
    }
  }

  /** What changed since this was last asked. */
  Changes drain() {
    Changes changes =
        new Changes(
            counters(),
            created,
            changedHeads.stream().map(LiveQuery::head).toList(),
            List.copyOf(changedChunks.values()),
            List.copyOf(changedJobs.values()),
            pool.drain(),
            turns.drain(),
            erased);
    created.clear();
    changedHeads.clear();
    changedChunks.clear();
    changedJobs.clear();
    erased.clear();
    return changes;
  }

  /** Whether nothing runs and nothing could be started, closed or erased. */
  boolean idle() {
    return jobs.isEmpty()
        && waiting.isEmpty()
        && resting.isEmpty()
        && closing.isEmpty()
        && erasing.isEmpty();
  }

  Optional<LiveQuery> find(QueryId id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** The jobs that run, by number. */
  List<Job> running() {
    return List.copyOf(jobs.values());
  }

  Optional<Job> job(JobId id) {
    return Optional.ofNullable(jobs.get(id));
  }

  JobPlan plan(Job job) {
    return new JobPlan(
        job.id(),
        job.day(),
        job.riders().stream()
            .map(byId::get)
            .map(query -> query.work(query.indexOf(job.day())))
            .toList());
  }

  Pool pool() {
    return pool;
  }

  /** The tickets of users' waiting chunks as they stand now, as far as they can be told. */
  Map<ChunkId, Long> tickets(Set<String> users) {
    return turns.tickets(users, nextTicket, nextQuery - 1);
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
    return worked;
  }

  private Counters counters() {
    return new Counters(
        nextQuery, nextJob, nextTicket, pool.nextPlace(), turns.dealt(nextQuery - 1), worked);
  }

  // ---- what users ask

  @Override
  public List<Command> submitted(Event.Submitted event) {
    nextQuery = event.query().head().number() + 1;
    LiveQuery fresh = new LiveQuery(event.query());
    fresh.head(fresh.head().withPatientUntil(patientUntil(fresh)));
    adopt(fresh.query());
    LiveQuery query = byId.get(event.query().id());
    created.add(query.query());
    changedHeads.remove(query);
    return List.of();
  }

  @Override
  public List<Command> paused(Event.Paused event) {
    LiveQuery query = byId.get(event.query());
    query.head(query.head().with(Wish.PAUSE));
    withdraw(query);
    settle(query);
    return List.of();
  }

  @Override
  public List<Command> resumed(Event.Resumed event) {
    LiveQuery query = byId.get(event.query());
    query.head(query.head().with(Wish.RUN).withCloseFailures(0));
    for (int i = 0; i < query.size(); i++) {
      if (query.chunk(i).status() == QueryStatus.DELAYED) {
        change(query, i, query.chunk(i).afresh());
      }
    }
    offer(query);
    settle(query);
    return List.of();
  }

  @Override
  public List<Command> stopped(Event.Stopped event) {
    stop(byId.get(event.query()), Wish.STOP, event.at());
    return List.of();
  }

  @Override
  public List<Command> deleted(Event.Deleted event) {
    if (!byId.containsKey(event.query().id())) {
      adopt(event.query());
    }
    stop(byId.get(event.query().id()), Wish.DELETE, event.at());
    return List.of();
  }

  private void stop(LiveQuery query, Wish wish, Instant at) {
    withdraw(query);
    query.head(query.head().with(wish));
    for (int i = 0; i < query.size(); i++) {
      Chunk chunk = query.chunk(i);
      if (chunk.status() == QueryStatus.QUEUED || chunk.status() == QueryStatus.DELAYED) {
        change(query, i, chunk.end(QueryStatus.STOPPED, chunk.failure(), at));
      } else if (chunk.status() == QueryStatus.RUNNING) {
        chunk.job().map(jobs::get).filter(this::nobodyWants).ifPresent(job -> put(job.kill()));
      }
    }
    settle(query);
  }

  private boolean nobodyWants(Job job) {
    return job.riders().stream().allMatch(rider -> byId.get(rider).head().wish().isFinal());
  }

  // ---- what the dispatcher sees

  @Override
  public List<Command> looked(Event.Looked event) {
    worked += event.worked().toMillis();
    wake();
    List<Command> commands = new ArrayList<>();
    jobs.values().stream()
        .filter(Job::killed)
        .forEach(job -> commands.add(new Command.Kill(job.id())));
    closing.values().forEach(query -> commands.add(new Command.CloseBooks(query.id())));
    erasing.values().forEach(query -> commands.add(new Command.Erase(query.id())));
    while (event.mayStart() && jobs.size() < settings.jobs()) {
      Optional<JobPlan> plan = startNext(event.at());
      if (plan.isEmpty()) {
        break;
      }
      commands.add(new Command.Start(plan.get()));
    }
    return commands;
  }

  private Optional<JobPlan> startNext(Instant at) {
    fillPool();
    Optional<Waiting.Slot> again = waiting.lowestReturned(slot -> true);
    Optional<Waiting.Slot> opener = again.or(() -> turns.next(nextQuery - 1, worked, slot -> true));
    return opener.map(slot -> start(slot, again.isPresent(), at));
  }

  private JobPlan start(Waiting.Slot opener, boolean again, Instant at) {
    List<Waiting.Slot> aboard = new ArrayList<>(List.of(opener));
    aboard.addAll(waiting.riders(opener, worked, (rider, others) -> true));
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
            0);
    put(job);
    return job;
  }

  private void board(Waiting.Slot slot, Job job, OptionalLong ticket, double cost, Instant at) {
    LiveQuery query = slot.query();
    pool.serve(query.user(), worked);
    turns.charge(query.user(), cost, worked);
    waiting.remove(query, slot.index(), worked);
    change(query, slot.index(), slot.chunk().start(job.id(), ticket, at, cost));
    settle(query);
  }

  @Override
  public List<Command> jobEnded(Event.JobEnded event) {
    Job job = jobs.get(event.job());
    if (job == null) {
      return List.of();
    }
    Map<ChunkId, ChunkOutcome> outcomes = byChunk(event.outcomes());
    boolean died = died(job, event.outcomes());
    boolean clean = true;
    for (QueryId rider : job.riders()) {
      LiveQuery query = byId.get(rider);
      int index = query.indexOf(job.day());
      ChunkId id = query.chunk(index).id();
      ChunkOutcome outcome =
          outcomes.getOrDefault(
              id,
              new ChunkOutcome.Failed(
                  id, ChunkOutcome.Retry.AGAIN, "job %s said nothing of it".formatted(job.id())));
      clean &= outcome instanceof ChunkOutcome.Done;
      if (wasted(query, outcome)) {
        relieve(query, index);
      }
      Chunk before = query.chunk(index);
      change(
          query,
          index,
          died && !query.head().wish().isFinal()
              ? spared(before, job, (ChunkOutcome.Failed) outcome)
              : after(query, before, outcome, event.at()));
      requeue(query, index);
    }
    finish(job.end(event.at(), clean));
    return List.of();
  }

  @Override
  public List<Command> jobLost(Event.JobLost event) {
    Job job = jobs.get(event.job());
    if (job == null) {
      return List.of();
    }
    Map<ChunkId, ChunkOutcome> published = byChunk(event.published());
    for (QueryId rider : job.riders()) {
      LiveQuery query = byId.get(rider);
      int index = query.indexOf(job.day());
      Chunk chunk = query.chunk(index);
      if (published.get(chunk.id()) instanceof ChunkOutcome.Done done) {
        change(query, index, chunk.succeed(done, event.at()));
      } else if (query.head().wish().isFinal()) {
        change(query, index, chunk.end(QueryStatus.STOPPED, "", event.at()));
      } else {
        relieve(query, index);
        change(query, index, query.chunk(index).giveBack(chunk.failure(), chunk.caution()));
      }
      requeue(query, index);
    }
    finish(job.end(event.at(), false));
    return List.of();
  }

  /**
   * Whether a job failed as a whole with several aboard, of whom one may be to blame for all. What
   * was to end early anyhow says nothing.
   */
  private static boolean died(Job job, List<ChunkOutcome> outcomes) {
    return job.riders().size() > 1
        && !job.killed()
        && outcomes.stream()
            .allMatch(
                outcome ->
                    outcome instanceof ChunkOutcome.Failed failed
                        && failed.retry() == ChunkOutcome.Retry.AGAIN);
  }

  /** Back in the queue without blame, in ever smaller company. */
  private Chunk spared(Chunk chunk, Job job, ChunkOutcome.Failed failed) {
    Caution caution = chunk.caution().died(job.riders().size());
    return chunk.giveBack(line(failed.reason()), caution.until(retryAt(caution.deaths())));
  }

  /** The dispatching time of the next attempt, after so many failures. */
  private long retryAt(int failures) {
    if (settings.retryWait().isZero()) {
      return 0;
    }
    double wait = settings.retryWait().toMillis() * Math.pow(2, Math.max(0, failures - 1));
    return worked + (long) Math.min(wait, RETRY_WAIT_MAX_MILLIS);
  }

  private static String line(String reason) {
    return reason.replaceAll("\\p{Cntrl}+", " ").strip();
  }

  /** What the system wasted is charged to nobody. */
  private void relieve(LiveQuery query, int index) {
    Chunk chunk = query.chunk(index);
    turns.giveBack(query.user(), chunk.charge());
    change(query, index, chunk.relieved());
  }

  private static boolean wasted(LiveQuery query, ChunkOutcome outcome) {
    return outcome instanceof ChunkOutcome.Failed failed
        && failed.retry() == ChunkOutcome.Retry.AGAIN
        && !query.head().wish().isFinal();
  }

  private Chunk after(LiveQuery query, Chunk chunk, ChunkOutcome outcome, Instant at) {
    if (outcome instanceof ChunkOutcome.Done done) {
      return chunk.succeed(done, at);
    }
    ChunkOutcome.Failed failed = (ChunkOutcome.Failed) outcome;
    String reason = line(failed.reason());
    if (query.head().wish().isFinal()) {
      return chunk.end(QueryStatus.STOPPED, reason, at);
    }
    return switch (failed.retry()) {
      case NEVER -> chunk.end(QueryStatus.FAILED, reason, at);
      case AGAIN ->
          chunk.attempts() < settings.attemptsMax()
              ? chunk.again(reason, chunk.caution().until(retryAt(chunk.attempts())))
              : chunk.end(QueryStatus.DELAYED, reason, at);
    };
  }

  private void requeue(LiveQuery query, int index) {
    if (query.head().wish() == Wish.RUN) {
      offer(query, index);
    }
    settle(query);
  }

  /** Lets a queued chunk be started, now or when it has rested. */
  private void offer(LiveQuery query, int index) {
    Chunk chunk = query.chunk(index);
    if (chunk.status() == QueryStatus.QUEUED && !query.ready().get(index)) {
      if (chunk.caution().notBefore() > worked) {
        resting.add(chunk);
      } else {
        waiting.add(query, index, worked);
      }
    }
  }

  /** Lets those be started who have rested; of some, meanwhile, nothing may be wanted any more. */
  private void wake() {
    while (!resting.isEmpty() && resting.first().caution().notBefore() <= worked) {
      ChunkId id = resting.pollFirst().id();
      LiveQuery query = byId.get(id.query());
      if (query != null && query.head().wish() == Wish.RUN) {
        offer(query, query.indexOf(id.day()));
      }
    }
  }

  /** Whether a look would find a chunk that has rested, once a dispatcher worked so much longer. */
  boolean due(Duration more) {
    return !resting.isEmpty() && resting.first().caution().notBefore() <= worked + more.toMillis();
  }

  private static Map<ChunkId, ChunkOutcome> byChunk(List<ChunkOutcome> outcomes) {
    Map<ChunkId, ChunkOutcome> byChunk = new HashMap<>();
    outcomes.forEach(outcome -> byChunk.putIfAbsent(outcome.id(), outcome));
    return byChunk;
  }

  private void finish(Job job) {
    put(job);
    jobs.remove(job.id());
  }

  @Override
  public List<Command> booksClosed(Event.BooksClosed event) {
    LiveQuery query = byId.get(event.query());
    if (query != null && closing.containsKey(query.number())) {
      query.head(query.head().end(query.ending(), event.at()));
      settle(query);
      forget(query);
    }
    return List.of();
  }

  @Override
  public List<Command> booksNotClosed(Event.BooksNotClosed event) {
    LiveQuery query = byId.get(event.query());
    if (query != null && closing.containsKey(query.number())) {
      query.head(query.head().withCloseFailures(query.head().closeFailures() + 1));
      settle(query);
    }
    return List.of();
  }

  @Override
  public List<Command> notErased(Event.NotErased event) {
    LiveQuery query = byId.get(event.query());
    if (query != null && erasing.containsKey(query.number())) {
      int failures = query.head().closeFailures() + 1;
      query.head(query.head().withCloseFailures(failures));
      if (failures >= settings.attemptsMax()) {
        // Somebody has to see that it is still there.
        query.head(query.head().with(Wish.STOP).withCloseFailures(0));
      }
      settle(query);
      if (!query.head().live()) {
        forget(query);
      }
    }
    return List.of();
  }

  @Override
  public List<Command> erased(Event.Erased event) {
    LiveQuery query = byId.get(event.query());
    if (query != null && erasing.containsKey(query.number())) {
      forget(query);
      changedHeads.remove(query);
      erased.add(query.id());
    }
    return List.of();
  }

  // ---- how the parts keep in step

  private void adopt(Query kept) {
    LiveQuery query = new LiveQuery(kept);
    queries.put(query.number(), query);
    byId.put(query.id(), query);
    if (query.head().wish() == Wish.RUN) {
      offer(query);
    }
    settle(query);
  }

  /** When a query will have taken too many times as long as it would alone. */
  private long patientUntil(LiveQuery query) {
    double alone = 0;
    for (int i = 0; i < query.size(); i++) {
      alone += predictor.seconds(List.of(new Waiting.Slot(query, i)));
    }
    int atATime = Math.min(settings.jobs(), query.size());
    double patience = settings.fairness().stretchMax() * alone * 1000 / atATime;
    return worked + (long) Math.min(patience, MILLIS_MAX);
  }

  private void forget(LiveQuery query) {
    queries.remove(query.number());
    byId.remove(query.id());
    closing.remove(query.number());
    erasing.remove(query.number());
  }

  /** Lets the query's queued chunks be started. */
  private void offer(LiveQuery query) {
    for (int i = 0; i < query.size(); i++) {
      offer(query, i);
    }
  }

  private void withdraw(LiveQuery query) {
    int[] ready = query.ready().stream().toArray();
    for (int index : ready) {
      waiting.remove(query, index, worked);
    }
  }

  private void change(LiveQuery query, int index, Chunk now) {
    query.chunk(index, now);
    changedChunks.put(now.id(), now);
  }

  private void put(Job job) {
    jobs.put(job.id(), job);
    changedJobs.put(job.id(), job);
  }

  private void settle(LiveQuery query) {
    query.head(query.head().with(query.standing(settings.attemptsMax())));
    changedHeads.add(query);
    boolean over = query.open() == 0;
    QueryHead head = query.head();
    boolean close =
        over
            && head.wish() != Wish.DELETE
            && head.ended().isEmpty()
            && head.closeFailures() < settings.attemptsMax();
    place(query, close, closing);
    place(query, over && head.wish() == Wish.DELETE, erasing);
  }

  private static void place(LiveQuery query, boolean in, SortedMap<Long, LiveQuery> set) {
    if (in) {
      set.put(query.number(), query);
    } else {
      set.remove(query.number());
    }
  }
}
