package dev.historics.schedule;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out what the queue wants: starts jobs, hears their ends, closes books. Of all dispatchers
 * on one store, in whatever process, one leads; the others wait for their turn.
 *
 * <p>Everything is recorded before it is done. So when the process dies at any moment, the next
 * leader finds the jobs that ran, asks the cluster what became of them, and goes on.
 */
public final class Dispatcher {
  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

  /** How often other processes' changes are looked for. */
  private static final Duration POLL = Duration.ofMillis(200);

  /** The longest step of a clock that is believed; a larger one is a jump, or a machine asleep. */
  private static final Duration STEP_MAX = Duration.ofSeconds(10);

  /** How often a job's progress is recorded at most. */
  private static final Duration PROGRESS_EVERY = Duration.ofSeconds(1);

  /** How often an unreachable store is tried before a run until idle gives up: for 20 seconds. */
  private static final int FAILURES_MAX = 100;

  private sealed interface Signal {
    record Progressed(JobId job, double fraction) implements Signal {}

    record Finished(JobId job, List<ChunkOutcome> outcomes) implements Signal {}

    record Wake() implements Signal {}
  }

  /** A job that this dispatcher started. */
  private static final class Running {
    private final JobPlan plan;
    private final Instant started;
    private Instant recorded;

    private Running(JobPlan plan, Instant started) {
      this.plan = plan;
      this.started = started;
      this.recorded = started;
    }
  }

  private final Scheduling scheduling;
  private final DispatchDesk desk;
  private final Cluster cluster;
  private final ResultBooks books;
  private final Recurrences recurrences;
  private final InstantSource clock;
  private final DispatchListener listener;

  private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
  private final Map<JobId, Running> running = new LinkedHashMap<>();
  private volatile boolean interrupted;
  private volatile Thread runner;
  private volatile CountDownLatch over = new CountDownLatch(0);
  private final CountDownLatch asked = new CountDownLatch(1);

  /** Whether what earlier jobs left behind is gone, as far as this leader knows. */
  private boolean clearedAway;

  /** The generation of the lead that {@link #running} was started under. */
  private long generation;

  private Instant lastStep;

  /** The time at work that the queue has not been told of. */
  private Duration worked = Duration.ZERO;

  private String waitingFor = "";

  public Dispatcher(
      Scheduling scheduling,
      Cluster cluster,
      ResultBooks books,
      InstantSource clock,
      DispatchListener listener) {
    this.scheduling = Objects.requireNonNull(scheduling);
    this.desk = scheduling.desk();
    this.recurrences = scheduling.recurrences();
    this.cluster = Objects.requireNonNull(cluster);
    this.books = Objects.requireNonNull(books);
    this.clock = Objects.requireNonNull(clock);
    this.listener = Objects.requireNonNull(listener);
  }

  /**
   * Dispatches on the calling thread, once no other dispatcher leads. With {@link Until#IDLE} it
   * also returns when another one has done all the work.
   *
   * <p>When the store cannot be reached, nothing is started until it can be again; jobs go on, and
   * are killed if another dispatcher has led meanwhile.
   *
   * @throws IOException if the store cannot be used; jobs that ran have been told to end, and are
   *     taken up by the next leader
   */
  public void run(Until until) throws IOException {
    runner = Thread.currentThread();
    over = new CountDownLatch(1);
    lastStep = clock.instant();
    try {
      Optional<StateStore.Lead> lead = awaitLead(until);
      while (lead.isPresent() && !leadToTheEnd(lead.get(), until)) {
        lead = awaitLead(until);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      running.keySet().forEach(cluster::kill);
      running.clear();
      over.countDown();
    }
  }

  /**
   * Ends {@link #run}: no job is started any more, those that run are killed and waited for, for as
   * long as the settings grant, and their chunks queued again. Returns when {@code run} is over, so
   * that it can be called from a shutdown hook; at once when called from the dispatching thread. A
   * dispatcher that was interrupted does not run again.
   */
  public void interrupt() {
    interrupted = true;
    asked.countDown();
    signals.add(new Signal.Wake());
    if (Thread.currentThread() == runner) {
      return;
    }
    Duration patience = desk.settings().interruptGrace().plus(STEP_MAX);
    try {
      if (!over.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("dispatcher did not end patience={}", patience);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Optional<StateStore.Lead> awaitLead(Until until)
      throws IOException, InterruptedException {
    for (int failures = 0; !interrupted; ) {
      try {
        Optional<StateStore.Lead> lead = desk.tryLead();
        if (lead.isPresent()) {
          giveUpJobs(lead.get().generation() != generation + 1);
          generation = lead.get().generation();
          return lead;
        }
        giveUpJobs(true);
        if (until == Until.IDLE && scheduling.idle()) {
          return Optional.empty();
        }
        waitsFor("another process dispatches on this state");
      } catch (StateUnavailableException e) {
        if (until == Until.IDLE && ++failures == FAILURES_MAX) {
          throw e;
        }
        waitsFor(e.getMessage());
      }
      // What jobs have to say waits, too: it can be kept only by the leader.
      asked.await(POLL.toMillis(), TimeUnit.MILLISECONDS);
    }
    return Optional.empty();
  }

  /** Kills what runs if another dispatcher has taken it up. */
  private void giveUpJobs(boolean othersLed) {
    if (othersLed) {
      running.keySet().forEach(cluster::kill);
      running.clear();
    }
  }

  /** Whether the end was reached; if not, the lead was lost. */
  private boolean leadToTheEnd(StateStore.Lead lead, Until until)
      throws IOException, InterruptedException {
    try {
      lead(until);
      return true;
    } catch (StateUnavailableException e) {
      waitsFor(e.getMessage());
      return false;
    } finally {
      lead.close();
    }
  }

  private void lead(Until until) throws IOException, InterruptedException {
    boolean recovered = false;
    boolean look = true;
    clearedAway = false;
    while (!interrupted) {
      step();
      if (!recovered) {
        recovered = recover();
      }
      if (look
          || !recovered
          || !waitingFor.isEmpty()
          || recurrences.due()
          || desk.due(worked)
          || desk.changedSinceLook()) {
        look = act(recovered);
      }
      if (until == Until.IDLE && !look && !recurrences.due() && scheduling.idle()) {
        return;
      }
      look |= await();
    }
    windDown();
  }

  /** Takes up what an earlier leader left running. */
  private boolean recover() throws IOException {
    for (JobPlan plan : desk.running()) {
      if (!running.containsKey(plan.id())) {
        try {
          List<ChunkOutcome> published = published(plan);
          desk.jobLost(plan.id(), published);
          LOG.info("job of an earlier dispatcher taken up job={}", plan.id());
          listener.jobTakenUp(plan, published.size());
        } catch (RecoveryException e) {
          waitsFor(e.getMessage());
          return false;
        }
      }
    }
    return true;
  }

  private List<ChunkOutcome> published(JobPlan plan) throws RecoveryException {
    try {
      return cluster.recover(plan);
    } catch (IOException e) {
      throw new RecoveryException(
          "what became of job %s cannot be found out: %s".formatted(plan.id(), e.getMessage()), e);
    }
  }

  /** The cluster does not know yet; not a trouble of the store. */
  private static final class RecoveryException extends Exception {
    private static final long serialVersionUID = 1L;

    RecoveryException(String message, IOException cause) {
      super(message, cause);
    }
  }

  /**
   * Looks for something to do and does it.
   *
   * @return whether to look again soon
   */
  private boolean act(boolean recovered) throws IOException {
    List<QueryView> asked = recurrences.ask();
    asked.forEach(listener::queued);
    Optional<String> unavailable = cluster.unavailable();
    List<Command> commands = desk.look(worked, recovered && unavailable.isEmpty());
    worked = Duration.ZERO;
    if (unavailable.isPresent()) {
      // What ends now cannot clear up after itself.
      clearedAway = false;
      waitsFor(unavailable.get());
    } else if (recovered) {
      waitingFor = "";
      clearAway();
    }
    Hands hands = new Hands();
    hands.changed = !asked.isEmpty();
    for (Command command : commands) {
      command.carryOut(hands);
    }
    return hands.changed;
  }

  /** What is left behind does no harm, so nothing hangs on it. */
  private void clearAway() {
    if (!clearedAway) {
      clearedAway = true;
      try {
        cluster.clearAway(Set.copyOf(running.keySet()));
      } catch (IOException e) {
        LOG.warn("jobs' leavings stay for now", e);
      }
    }
  }

  private final class Hands implements Command.Hands<IOException> {
    /** Whether the queue may have changed by what was done. */
    private boolean changed;

    @Override
    public void start(JobPlan plan) {
      begin(plan);
    }

    @Override
    public void kill(JobId job) {
      cluster.kill(job);
    }

    @Override
    public void closeBooks(QueryId query) throws IOException {
      changed = true;
      desk.close(query, books).ifPresent(listener::queryEnded);
    }

    @Override
    public void erase(QueryId query) throws IOException {
      changed = true;
      desk.erase(query, books);
    }
  }

  private void begin(JobPlan plan) {
    running.put(plan.id(), new Running(plan, clock.instant()));
    listener.jobStarted(plan);
    cluster.start(
        plan,
        new JobListener() {
          @Override
          public void progressed(JobId job, double fraction) {
            signals.add(new Signal.Progressed(job, fraction));
          }

          @Override
          public void finished(JobId job, List<ChunkOutcome> outcomes) {
            signals.add(new Signal.Finished(job, outcomes));
          }
        });
  }

  /** Counts the time since the last step, without jumps of the clock. */
  private void step() {
    Instant now = clock.instant();
    Duration step = Duration.between(lastStep, now);
    lastStep = now;
    if (!step.isNegative()) {
      worked = worked.plus(step.compareTo(STEP_MAX) > 0 ? STEP_MAX : step);
    }
  }

  /**
   * Waits for a signal or until it is time to look at other processes' changes.
   *
   * @return whether something happened
   */
  private boolean await() throws IOException, InterruptedException {
    Signal signal = signals.poll(POLL.toMillis(), TimeUnit.MILLISECONDS);
    boolean happened = false;
    while (signal != null) {
      happened |= hear(signal);
      signal = signals.poll();
    }
    return happened;
  }

  private boolean hear(Signal signal) throws IOException {
    step();
    if (signal instanceof Signal.Finished finished) {
      return finished(finished);
    }
    if (signal instanceof Signal.Progressed progressed) {
      progressed(progressed);
    }
    return false;
  }

  private boolean finished(Signal.Finished finished) throws IOException {
    Running job = running.remove(finished.job());
    if (job == null) {
      return false;
    }
    if (interrupted) {
      desk.jobLost(finished.job(), finished.outcomes());
    } else {
      desk.jobEnded(finished.job(), finished.outcomes());
    }
    Duration took = Duration.between(job.started, clock.instant());
    listener.jobFinished(job.plan, finished.outcomes(), took.isNegative() ? Duration.ZERO : took);
    return true;
  }

  private void progressed(Signal.Progressed progressed) throws IOException {
    Running job = running.get(progressed.job());
    if (job == null) {
      return;
    }
    double fraction = Math.max(0, Math.min(1, progressed.fraction()));
    Instant now = clock.instant();
    if (Duration.between(job.recorded, now).abs().compareTo(PROGRESS_EVERY) >= 0) {
      job.recorded = now;
      desk.progress(progressed.job(), fraction);
    }
    listener.jobProgressed(progressed.job(), fraction);
  }

  /** Ends what runs, for as long as it is granted, and queues the chunks again. */
  private void windDown() throws IOException, InterruptedException {
    running.keySet().forEach(cluster::kill);
    Duration left = desk.settings().interruptGrace();
    while (!running.isEmpty() && !left.isNegative()) {
      if (!await()) {
        left = left.minus(POLL);
      }
    }
    for (Running job : List.copyOf(running.values())) {
      try {
        desk.jobLost(job.plan.id(), published(job.plan));
        running.remove(job.plan.id());
      } catch (RecoveryException e) {
        LOG.warn("job left to the next dispatcher job={} reason={}", job.plan.id(), e.getMessage());
      }
    }
  }

  private void waitsFor(String reason) {
    if (!reason.equals(waitingFor)) {
      waitingFor = reason;
      LOG.info("dispatcher waits reason={}", reason);
      listener.waiting(reason);
    }
  }
}
