package dev.historics.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Whether promises hold, on a pretend cluster whose jobs take other times than the settings say.
 */
class PunctualityTest {
  private static final SchedulerSettings FAIR = SchedulerSettings.DEFAULTS.withJobs(4);
  private static final SchedulerSettings TICKETS = FAIR.withPolicy(Policy.TICKETS);
  private static final double NOISE = 0.25;

  /** A day in the life of a scheduler. */
  private static final class Life {
    private record Running(Instant end, long number, JobId job) {}

    private final SplittableRandom random;
    private final SchedulerSettings settings;
    private final Core core;
    private final PriorityQueue<Running> running =
        new PriorityQueue<>(Comparator.comparing(Running::end).thenComparing(Running::number));
    private final List<Observation> observations = new ArrayList<>();
    private final List<Arrival> arrivals = new ArrayList<>();
    private final List<KeptPromises> kept = new ArrayList<>();
    private final Map<QueryId, List<Promise>> promises = new HashMap<>();
    private final Map<QueryId, Integer> sizes = new HashMap<>();
    private final Reminders reminders = new Reminders();
    private final long[] days = new long[200];
    private Instant now = World.NOW;

    private final Duration demand;
    private final int every;

    /**
     * @param demand for how long queries come
     * @param every after how many jobs it is written down again what is expected
     */
    Life(SchedulerSettings settings, long seed, Duration demand, int every) {
      this.settings = settings;
      this.core = new Core(settings, Snapshot.EMPTY);
      this.demand = demand;
      this.every = every;
      random = new SplittableRandom(seed);
      for (int i = 0; i < days.length; i++) {
        days[i] = Math.round(1e6 * Math.exp(0.6 * random.nextGaussian()));
      }
    }

    List<KeptPromises> run() {
      Instant end = now.plus(demand);
      Instant arrival = now;
      while (arrival.isBefore(end) || !running.isEmpty()) {
        boolean comes = arrival.isBefore(end);
        if (comes && (running.isEmpty() || arrival.isBefore(running.element().end()))) {
          look(arrival);
          submit();
          arrival = arrival.plusMillis(Math.round(-Math.log(random.nextDouble()) * 420_000));
        } else {
          end(running.remove());
        }
        look(now);
      }
      return kept;
    }

    private void submit() {
      int length = new int[] {1, 1, 1, 7, 7, 7, 30, 30, 90}[random.nextInt(9)];
      int first = days.length - length - (int) (random.nextDouble() * random.nextDouble() * 100);
      String user = "u" + (int) (12 * random.nextDouble() * random.nextDouble());
      QueryRequest request = Requests.request(user, first, length);
      long number = core.nextQuery();
      QueryId id = Requests.id(number);
      List<Chunk> chunks = new ArrayList<>();
      long records = 0;
      for (int i = first; i < first + length; i++) {
        Volume volume = new Volume(days[i], 100 * days[i]);
        records += days[i];
        chunks.add(Query.cut(id, request, World.day(i), volume));
      }
      Query query = Query.waiting(id, number, request, chunks, now, Optional.empty());
      core.apply(new Event.Submitted(now, query));
      core.drain();
      sizes.put(id, chunks.size());
      promise(List.of(id));
      arrivals.add(0, new Arrival(now, request, new Volume(records, 100 * records)));
    }

    private void promise(List<QueryId> ids) {
      Estimates estimates = new Estimates(settings, core.snapshot(), now, experience());
      for (QueryId id : ids) {
        estimates
            .promise(id)
            .ifPresent(each -> promises.computeIfAbsent(id, q -> new ArrayList<>()).add(each));
      }
    }

    private Experience experience() {
      return Experience.of(
          settings.rates(),
          observations.subList(0, Math.min(TimeModel.OBSERVATIONS_MAX, observations.size())),
          arrivals.subList(0, Math.min(Experience.ARRIVALS_MAX, arrivals.size())),
          kept.subList(0, Math.min(Widening.PAST_MAX, kept.size())));
    }

    private void end(Running next) {
      look(next.end());
      Job job = core.job(next.job()).orElseThrow();
      JobFactors factors = factors(job);
      Experience before = Experience.of(settings.rates(), newest(), List.of(), List.of());
      double real = Duration.between(job.started(), now).toMillis() / 1000.0;
      observations.add(
          0, new Observation(job.id(), factors, before.model().seconds(factors), real));
      List<ChunkOutcome> outcomes =
          job.riders().stream()
              .map(rider -> new ChunkId(rider, job.day()))
              .<ChunkOutcome>map(id -> new ChunkOutcome.Done(id, 1_000_000, 20_000, 0, 0))
              .toList();
      core.apply(new Event.JobEnded(now, job.id(), outcomes));
      core.drain();
      if (observations.size() % every != 0) {
        return;
      }
      List<Query> queries = core.snapshot().queries();
      List<QueryId> due =
          reminders.due(queries.stream().filter(query -> Ends.open(query) > 0).toList(), now);
      if (!due.isEmpty()) {
        promise(due);
      }
    }

    private List<Observation> newest() {
      return observations.subList(0, Math.min(40, observations.size()));
    }

    private JobFactors factors(Job job) {
      return Experience.none(settings.rates()).factors(core, job, Map.of());
    }

    private void look(Instant at) {
      Duration passed = Duration.between(now, at);
      now = at;
      for (Command command : core.apply(new Event.Looked(now, passed, true))) {
        command.carryOut(
            new Command.Hands<RuntimeException>() {
              @Override
              public void start(JobPlan plan) {
                Job job = core.job(plan.id()).orElseThrow();
                JobFactors factors = factors(job);
                double seconds =
                    (30 + 2 * factors.riders() + factors.records() * 40e-6)
                        * Math.exp(NOISE * random.nextGaussian());
                Instant end = now.plusMillis(Math.round(seconds * 1000));
                running.add(new Running(end, job.id().number(), job.id()));
              }

              @Override
              public void kill(JobId job) {
                throw new IllegalStateException("nobody is stopped");
              }

              @Override
              public void closeBooks(QueryId query) {
                Query ended = core.find(query).orElseThrow().query();
                core.apply(new Event.BooksClosed(now, query));
                keep(ended);
              }

              @Override
              public void erase(QueryId query) {
                throw new IllegalStateException("nobody is deleted");
              }
            });
      }
      core.drain();
    }

    private void keep(Query ended) {
      Finish finish =
          new Finish(
              ended.id(),
              ended.head().number(),
              sizes.get(ended.id()),
              ended.head().submitted(),
              now,
              core.snapshot().counters().dispatchedMillis());
      kept.add(0, new KeptPromises(finish, promises.remove(ended.id())));
    }
  }

  @Test
  void promises_hold_and_are_better_than_simple_ones() {
    EstimatesReport report = report(TICKETS);

    assertThat(report.stages().get(0).ours().medianError()).isLessThan(0.17);
    assertThat(report.stages().get(2).ours().medianError()).isLessThan(0.08);
    assertThat(report.stages().get(0).ours().coverage()).isBetween(0.7, 0.9);
  }

  /** Whose turn it is depends on the work that was done, so that small errors decide more. */
  @Test
  void fair_turns_can_be_told_less_exactly() {
    EstimatesReport report = report(FAIR);

    assertThat(report.stages().get(0).ours().medianError()).isLessThan(0.18);
    assertThat(report.stages().get(2).ours().medianError()).isLessThan(0.13);
    assertThat(report.stages().get(0).ours().coverage()).isBetween(0.7, 0.9);
  }

  private static EstimatesReport report(SchedulerSettings settings) {
    EstimatesReport report =
        EstimatesReport.of(
            settings.rates(), new Life(settings, 1, Duration.ofHours(12), 25).run(), List.of());
    EstimatesReport.Stage submission = report.stages().get(0);
    assertThat(report.queries()).isGreaterThan(90);
    assertThat(submission.ours().medianError()).isLessThan(submission.naive().medianError());
    assertThat(submission.ours().medianError()).isLessThan(submission.fifo().medianError());
    return report;
  }
}
