package dev.historics.schedule;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a dispatcher tells the shared state, and hears from it: looks, and the ends of jobs and of
 * queries. Safe for use by many threads.
 */
final class DispatchDesk {
  private final SharedState state;
  private final Reminders reminders = new Reminders();

  /** The last event that a dispatcher here has looked at. */
  private long looked;

  DispatchDesk(SharedState state) {
    this.state = state;
  }

  SchedulerSettings settings() {
    return state.settings();
  }

  /** See {@link SharedState#tryLead}. */
  Optional<StateStore.Lead> tryLead() throws IOException {
    synchronized (state) {
      return state.tryLead();
    }
  }

  /** Whether anybody changed something since the last look here. */
  boolean changedSinceLook() throws IOException {
    synchronized (state) {
      try (StateStore.Session session = state.store().read()) {
        return !state.isKnown() || session.sequence() != looked;
      }
    }
  }

  /** Whether a look would find something new, once a dispatcher worked so much longer. */
  boolean due(Duration more) {
    synchronized (state) {
      return state.isKnown() && state.core().due(more, state.clock().instant());
    }
  }

  List<Command> look(Duration worked, boolean mayStart) throws IOException {
    synchronized (state) {
      try (SharedState.Step step = state.stepAsLeader()) {
        List<Command> commands = new ArrayList<>();
        for (Command command :
            step.apply(new Event.Looked(state.clock().instant(), worked, mayStart))) {
          commands.add(
              command instanceof Command.Start start
                  ? new Command.Start(withEarlier(step.session(), start.plan()))
                  : command);
        }
        step.commit();
        looked = state.known();
        return commands;
      }
    }
  }

  /** What a look would ask for if nothing may start, for commands that run without a dispatcher. */
  List<Command> lookAside() throws IOException {
    return happen(new Event.Looked(state.clock().instant(), Duration.ZERO, false));
  }

  private JobPlan withEarlier(StateStore.Session session, JobPlan plan) throws IOException {
    if (!state.settings().reuse()) {
      return plan;
    }
    Map<ChunkId, ChunkId> earlier = new HashMap<>();
    for (ChunkWork work : plan.chunks()) {
      QueryRequest request = state.core().find(work.id().query()).orElseThrow().request();
      session.doneBefore(request, work).ifPresent(found -> earlier.put(work.id(), found));
    }
    return new JobPlan(plan.id(), plan.day(), plan.chunks(), earlier, plan.users());
  }

  /** Jobs that run, as far as anybody recorded. */
  List<JobPlan> running() throws IOException {
    synchronized (state) {
      state.refresh();
      return state.core().running().stream().map(state.core()::plan).toList();
    }
  }

  void jobEnded(JobId job, List<ChunkOutcome> outcomes) throws IOException {
    Event.JobEnded event = new Event.JobEnded(state.clock().instant(), job, outcomes);
    synchronized (state) {
      try (SharedState.Step step = state.stepAsLeader()) {
        Optional<Observation> seen = observe(step.session(), event);
        step.apply(event);
        if (seen.isPresent()) {
          step.session().observe(seen.get());
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
    Instant before = state.clock().instant();
    Snapshot snapshot = state.core().snapshot();
    List<QueryId> due = reminders.due(snapshot.queries(), before);
    if (!due.isEmpty()) {
      Estimates estimates;
      try (StateStore.Session session = state.store().read()) {
        estimates = state.estimates(session, snapshot, Set.copyOf(due));
      }
      try (StateStore.Session session = state.writeAsLeader()) {
        session.promise(due.stream().flatMap(id -> estimates.promise(id).stream()).toList());
        session.commit();
      }
    }
    reminders.took(before, state.clock().instant());
  }

  /** What can be learned from a job's end; nothing from one that did not go well. */
  private Optional<Observation> observe(StateStore.Session session, Event.JobEnded event)
      throws IOException {
    Optional<Job> job = state.core().job(event.job());
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
            state.settings().rates(),
            session.observations(TimeModel.OBSERVATIONS_MAX),
            List.of(),
            List.of());
    List<Query> riders =
        job.get().riders().stream()
            .flatMap(id -> state.core().find(id).stream())
            .map(LiveQuery::query)
            .toList();
    JobFactors expected =
        experience.factors(state.core(), job.get(), experience.matchShares(riders));
    return Optional.of(
        new Observation(
            event.job(),
            expected.withMatches(matches),
            experience.model().seconds(expected),
            seconds));
  }

  void jobLost(JobId job, List<ChunkOutcome> published) throws IOException {
    synchronized (state) {
      state.dispatch(new Event.JobLost(state.clock().instant(), job, published));
    }
  }

  void progress(JobId job, double fraction) throws IOException {
    synchronized (state) {
      try (StateStore.Session session = state.writeAsLeader()) {
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
    synchronized (state) {
      try (StateStore.Session session = state.read()) {
        Optional<LiveQuery> query = state.core().find(id);
        if (query.isEmpty()) {
          return Optional.empty();
        }
        Query now = query.get().query();
        Query ended = new Query(now.head().with(query.get().ending()), now.chunks());
        ending =
            new Views(SharedState.jobs(session, List.of(ended)), Map.of(), Estimates.NONE)
                .query(ended);
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
      happen(new Event.BooksNotClosed(state.clock().instant(), id, String.valueOf(e.getMessage())));
      return Optional.empty();
    }
    happen(new Event.BooksClosed(state.clock().instant(), id));
    return ended(id);
  }

  /** Removes the results of a deleted query. */
  void erase(QueryId id, ResultBooks books) throws IOException {
    try {
      books.delete(id);
    } catch (IOException e) {
      happen(new Event.NotErased(state.clock().instant(), id, String.valueOf(e.getMessage())));
      return;
    }
    happen(new Event.Erased(state.clock().instant(), id));
  }

  private Optional<QueryView> ended(QueryId id) throws IOException {
    synchronized (state) {
      try (StateStore.Session session = state.read()) {
        Optional<Query> query = state.find(session, id);
        return query.isEmpty() || !query.get().head().status().ended()
            ? Optional.empty()
            : Optional.of(state.views(session, List.of(query.get())).query(query.get()));
      }
    }
  }

  private List<Command> happen(Event event) throws IOException {
    synchronized (state) {
      return state.happen(event);
    }
  }
}
