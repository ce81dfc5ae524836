package dev.historics.schedule;

import java.io.IOException;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The queue as this process knows it, in step with the store that it shares with others: every
 * change is one transaction of the store and one event of the core, both or neither. Whoever uses
 * it holds its monitor.
 */
final class SharedState {
  private final StateStore store;
  private final SchedulerSettings settings;
  private final InstantSource clock;

  /** The state as of event {@link #known}; null when it has to be read anew. */
  private Core core;

  private long known;

  /** What a dispatcher of this process writes by; null when none leads. */
  private StateStore.Lead lead;

  SharedState(StateStore store, SchedulerSettings settings, InstantSource clock) {
    this.store = Objects.requireNonNull(store);
    this.settings = Objects.requireNonNull(settings);
    this.clock = Objects.requireNonNull(clock);
  }

  SchedulerSettings settings() {
    return settings;
  }

  InstantSource clock() {
    return clock;
  }

  StateStore store() {
    return store;
  }

  /** The core as it was last brought in step. */
  Core core() {
    return core;
  }

  /** Whether anything was read yet, and nothing went wrong since. */
  boolean isKnown() {
    return core != null;
  }

  /** The last event that the core knows of. */
  long known() {
    return known;
  }

  /** Brings the core in step. */
  void refresh() throws IOException {
    read().close();
  }

  /** A transaction that only reads, with the core in step. */
  StateStore.Session read() throws IOException {
    StateStore.Session session = store.read();
    try {
      sync(session);
      return session;
    } catch (IOException | RuntimeException e) {
      session.close();
      throw e;
    }
  }

  /**
   * The right to dispatch, if nobody else has it. From then on what a dispatcher does here is
   * written only for as long as that right was not lost.
   *
   * @throws StateUnavailableException if the store cannot be reached; asking again later may work
   */
  Optional<StateStore.Lead> tryLead() throws IOException {
    Optional<StateStore.Lead> taken = store.tryLead();
    taken.ifPresent(mine -> lead = mine);
    return taken;
  }

  StateStore.Session writeAsLeader() throws IOException {
    return lead == null ? store.write() : lead.write();
  }

  Step step() throws IOException {
    return new Step(store.write());
  }

  /** A step that fails once somebody else dispatches. */
  Step stepAsLeader() throws IOException {
    return new Step(writeAsLeader());
  }

  /** A step in a transaction that is open already. */
  Step step(StateStore.Session session) throws IOException {
    return new Step(session);
  }

  /** One change of the store and of the core: both or neither. */
  final class Step implements AutoCloseable {
    private final StateStore.Session session;
    private boolean open;

    private Step(StateStore.Session session) throws IOException {
      this.session = session;
      try {
        sync(session);
      } catch (IOException | RuntimeException e) {
        session.close();
        throw e;
      }
    }

    StateStore.Session session() {
      return session;
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

  List<Command> happen(Event event) throws IOException {
    return happen(step(), event);
  }

  /** The same, unless somebody else dispatches by now. */
  List<Command> dispatch(Event event) throws IOException {
    return happen(stepAsLeader(), event);
  }

  private static List<Command> happen(Step opened, Event event) throws IOException {
    try (Step step = opened) {
      List<Command> commands = step.apply(event);
      step.commit();
      return commands;
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

  /** A query that was not deleted. */
  Optional<Query> find(StateStore.Session session, QueryId id) throws IOException {
    Optional<Query> live = core.find(id).map(LiveQuery::query);
    return (live.isPresent() ? live : session.find(id)).filter(SharedState::shown);
  }

  /** A deleted query is seen for as long as something of it runs. */
  static boolean shown(Query query) {
    return query.head().wish() != Wish.DELETE
        || query.chunks().stream().anyMatch(chunk -> !chunk.over());
  }

  /** What there is to tell of queries. */
  Views views(StateStore.Session session, List<Query> queries) throws IOException {
    Set<String> users = new HashSet<>();
    Set<QueryId> asked = new HashSet<>();
    for (Query query : queries) {
      if (!query.head().status().ended()) {
        asked.add(query.id());
        users.add(query.head().request().user());
      }
    }
    boolean open = !users.isEmpty();
    Estimates estimates = open ? estimates(session, core.snapshot(), asked) : Estimates.NONE;
    return new Views(
        jobs(session, queries), open ? core.tickets(users, clock.instant()) : Map.of(), estimates);
  }

  /** The jobs that chunks of queries ran in last. */
  static Map<JobId, Job> jobs(StateStore.Session session, List<Query> queries) throws IOException {
    Set<JobId> ids = new HashSet<>();
    for (Query query : queries) {
      query.chunks().forEach(chunk -> chunk.job().ifPresent(ids::add));
    }
    return session.jobs(ids);
  }

  /** When each query is expected to end. */
  Estimates estimates(StateStore.Session session) throws IOException {
    return new Estimates(settings, core.snapshot(), clock.instant(), experience(session));
  }

  /**
   * When some queries are expected to end.
   *
   * @param asked which of the snapshot's
   */
  Estimates estimates(StateStore.Session session, Snapshot snapshot, Set<QueryId> asked)
      throws IOException {
    return new Estimates(settings, snapshot, clock.instant(), experience(session), asked);
  }

  private Experience experience(StateStore.Session session) throws IOException {
    return Experience.of(
        settings.rates(),
        session.observations(TimeModel.OBSERVATIONS_MAX),
        session.arrivals(Experience.ARRIVALS_MAX),
        session.kept(Widening.PAST_MAX));
  }
}
