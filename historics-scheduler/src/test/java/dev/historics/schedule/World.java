package dev.historics.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/** The core with somebody to talk to it, on a pretend cluster. */
final class World {
  static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  /** What the clock says of the next event. */
  Instant now = NOW;

  final SchedulerSettings settings;
  final Core core;
  final Map<JobId, JobPlan> running = new LinkedHashMap<>();
  private final Map<QueryId, String> names = new LinkedHashMap<>();
  private final Map<String, Integer> submitted = new LinkedHashMap<>();

  World(SchedulerSettings settings) {
    this(settings, Snapshot.EMPTY);
  }

  World(SchedulerSettings settings, Snapshot start) {
    this.settings = settings;
    core = new Core(settings, start);
  }

  QueryId submit(String user, int first, int days, String... sources) {
    return submit(Requests.request(user, first, days, sources));
  }

  QueryId submit(QueryRequest request) {
    return submit(request, day -> 100_000_000);
  }

  /**
   * Queues a query.
   *
   * @param bytes what is to be read of each day
   */
  QueryId submit(QueryRequest request, ToLongFunction<LocalDate> bytes) {
    long number = core.nextQuery();
    QueryId id = Requests.id(number);
    List<Chunk> chunks =
        Query.days(request).stream()
            .map(day -> Query.cut(id, request, day, new Volume(1_000_000, bytes.applyAsLong(day))))
            .toList();
    names.put(id, request.user() + submitted.merge(request.user(), 1, Integer::sum));
    apply(
        new Event.Submitted(
            now, Query.waiting(id, number, request, chunks, now, java.util.Optional.empty())));
    return id;
  }

  void pause(QueryId id) {
    apply(new Event.Paused(now, id));
  }

  void resume(QueryId id) {
    apply(new Event.Resumed(now, id));
  }

  void stop(QueryId id) {
    apply(new Event.Stopped(now, id));
  }

  /** Tells that the results of a query could not be put together. */
  void booksFail(QueryId id) {
    apply(new Event.BooksNotClosed(now, id, "disk full"));
  }

  /** Deletes a query as it was last seen. */
  void delete(Query query) {
    apply(new Event.Deleted(now, query));
  }

  /** The query as it is when all its chunks have succeeded. */
  Query ended(Query query) {
    return new Query(
        query.head().end(QueryStatus.SUCCEEDED, now),
        query.chunks().stream()
            .map(chunk -> chunk.succeed(new ChunkOutcome.Done(chunk.id(), 10, 2, 1, 7), now))
            .toList());
  }

  /** How many chunks run. */
  long started() {
    return running.values().stream().mapToLong(plan -> plan.chunks().size()).sum();
  }

  List<Command> look() {
    return look(Duration.ZERO);
  }

  /** Starts what can be started; closes and erases what is over. */
  List<Command> look(Duration worked) {
    return lookAt(now, worked);
  }

  List<Command> lookAt(Instant clock, Duration worked) {
    now = clock;
    List<Command> commands = apply(new Event.Looked(now, worked, true));
    for (Command command : commands) {
      command.carryOut(
          new Command.Hands<RuntimeException>() {
            @Override
            public void start(JobPlan plan) {
              running.put(plan.id(), plan);
            }

            @Override
            public void kill(JobId job) {
              // The test says when it ends.
            }

            @Override
            public void closeBooks(QueryId query) {
              apply(new Event.BooksClosed(now, query));
            }

            @Override
            public void erase(QueryId query) {
              apply(new Event.Erased(now, query));
            }
          });
    }
    return commands;
  }

  JobPlan only() {
    if (running.size() != 1) {
      throw new AssertionError("expected one running job, got " + running.keySet());
    }
    return running.values().iterator().next();
  }

  void succeed(JobPlan plan) {
    end(plan, plan.chunks().stream().map(World::done).toList());
  }

  void end(JobPlan plan, List<ChunkOutcome> outcomes) {
    running.remove(plan.id());
    apply(new Event.JobEnded(now, plan.id(), outcomes));
  }

  void lose(JobPlan plan, ChunkOutcome... published) {
    running.remove(plan.id());
    apply(new Event.JobLost(now, plan.id(), List.of(published)));
  }

  static ChunkOutcome done(ChunkWork work) {
    return new ChunkOutcome.Done(work.id(), 10, 2, 1, 7);
  }

  static ChunkOutcome again(ChunkWork work) {
    return new ChunkOutcome.Failed(work.id(), ChunkOutcome.Retry.AGAIN, "disk gone");
  }

  static ChunkOutcome never(ChunkWork work) {
    return new ChunkOutcome.Failed(work.id(), ChunkOutcome.Retry.NEVER, "rule throws");
  }

  QueryStatus status(QueryId id) {
    return core.find(id).orElseThrow().head().status();
  }

  List<QueryStatus> chunks(QueryId id) {
    return core.find(id).orElseThrow().query().chunks().stream().map(Chunk::status).toList();
  }

  /** Runs one job after the other until nothing is left, and says who opened each and who rode. */
  List<String> order() {
    List<String> order = new ArrayList<>();
    look();
    while (!running.isEmpty()) {
      JobPlan plan = running.values().iterator().next();
      order.add(String.join("+", plan.chunks().stream().map(this::name).toList()));
      succeed(plan);
      look();
    }
    return order;
  }

  /** Such as {@code A1/0}: the first query of user A, the first day. */
  private String name(ChunkWork work) {
    long day = Requests.DAY.until(work.id().day(), java.time.temporal.ChronoUnit.DAYS);
    return names.getOrDefault(work.id().query(), "?") + "/" + day;
  }

  private List<Command> apply(Event event) {
    List<Command> commands = core.apply(event);
    core.drain();
    return commands;
  }

  static LocalDate day(int index) {
    return Requests.DAY.plusDays(index);
  }
}
