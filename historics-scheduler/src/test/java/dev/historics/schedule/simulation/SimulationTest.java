package dev.historics.schedule.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.historics.schedule.Policy;
import dev.historics.schedule.QueryRequest;
import dev.historics.schedule.SchedulerSettings;
import dev.historics.schedule.Volume;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SimulationTest {
  /** One chunk of a gigabyte takes 10 s, and one second more for each chunk on the job. */
  private static final ClusterModel TWO_SLOTS =
      new ClusterModel(2, 0, 1e8, 0.1, 0, List.of(), 0, 0);

  private static final long GIGABYTE = 1_000_000_000;

  private static final SchedulerSettings SETTINGS =
      SchedulerSettings.DEFAULTS.withPool(100, Duration.ofHours(1));

  private static final Synthetic SMALL =
      new Synthetic(
          Synthetic.NORMAL.cluster(),
          new ArchiveShape(60, 3_000_000_000L, 0.3, 10),
          new Demand(6, 1.1, 2, 60, 1, 1));

  private static final Demand LONGER = new Demand(6, 1.1, 3, 400, 1, 1);

  private static Submission query(long at, String user, int firstDay, int days) {
    Instant start = Instant.parse("2025-01-01T00:00:00Z").plus(Duration.ofDays(firstDay));
    QueryRequest request =
        new QueryRequest(
            user,
            "",
            "rule",
            "0".repeat(32),
            1,
            new TreeSet<>(List.of("tweets")),
            start,
            start.plus(Duration.ofDays(days)),
            100);
    return new Submission(at, request, Collections.nCopies(days, new Volume(1, GIGABYTE)));
  }

  private static Figures run(Submission... submissions) {
    return Simulation.run(new Workload(TWO_SLOTS, List.of(submissions)), SETTINGS, 1, 0).figures();
  }

  @Test
  void a_query_alone_takes_as_long_as_it_takes_alone() {
    Figures figures = run(query(0, "ann", 0, 4));

    assertThat(figures.scans()).isEqualTo(4);
    assertThat(figures.sharingFactor()).isEqualTo(1);
    assertThat(figures.makespan()).isEqualTo(2);
    assertThat(figures.makespanRatio()).isEqualTo(1);
    assertThat(figures.idleWhileWaiting()).isZero();
    assertThat(figures.slowdowns().small()).isEqualTo(new Spread(1, 1, 1));
    assertThat(figures.slowdowns().large().max()).isNaN();
    assertThat(figures.jainMean()).isNaN();
  }

  @Test
  void queries_over_the_same_days_share_their_scans() {
    Figures figures = run(query(0, "ann", 0, 4), query(0, "bob", 0, 4));

    assertThat(figures.scans()).isEqualTo(4);
    assertThat(figures.sharingFactor()).isEqualTo(2);
    // 10 s and twice 1 s, where a chunk alone takes 11 s.
    assertThat(figures.makespan()).isEqualTo(2 * 12 / 11.0, within(1e-9));
  }

  @Test
  void who_waits_for_another_is_slowed_down() {
    Figures figures = run(query(0, "ann", 0, 8), query(0, "bob", 20, 2));

    assertThat(figures.scans()).isEqualTo(10);
    assertThat(figures.makespan()).isEqualTo(5);
    assertThat(figures.slowdowns().small().max()).isEqualTo(2);
    assertThat(figures.largestGapRounds()).isEqualTo(1);
  }

  @Test
  void a_job_that_breaks_off_is_run_again_until_it_is_done() {
    ClusterModel frail = new ClusterModel(2, 0, 1e8, 0.1, 0, List.of(), 0.7, 0);

    Figures figures =
        Simulation.run(new Workload(frail, List.of(query(0, "ann", 0, 30))), SETTINGS, 1, 0)
            .figures();

    assertThat(figures.failures()).isPositive();
    assertThat(figures.scans() - figures.failures()).isEqualTo(30);
    assertThat(figures.sharingFactor()).isEqualTo(1);
  }

  @Test
  void stragglers_take_longer() {
    ClusterModel slow = new ClusterModel(2, 0, 1e8, 0.1, 0, List.of(), 0, 1);

    Figures figures =
        Simulation.run(new Workload(slow, List.of(query(0, "ann", 0, 4))), SETTINGS, 1, 0)
            .figures();

    assertThat(figures.makespan())
        .isBetween(2 * ClusterModel.STRAGGLE_MIN, 2 * ClusterModel.STRAGGLE_MAX);
  }

  @ParameterizedTest
  @EnumSource(Policy.class)
  void every_policy_does_all_work_and_never_idles_while_something_waits(Policy policy) {
    Workload workload = SMALL.workload(3);

    Run run = Simulation.run(workload, SETTINGS.withPolicy(policy), 3, 4);

    Figures figures = run.figures();
    assertThat(figures.chunks()).isEqualTo((double) workload.chunks());
    assertThat(figures.scans() * figures.sharingFactor())
        .isEqualTo((double) workload.chunks(), within(1e-6));
    assertThat(figures.idleWhileWaiting()).isZero();
    assertThat(figures.makespanRatio()).isGreaterThanOrEqualTo(0.9);
    assertThat(figures.eta().submission().medianError()).isBetween(0.0, 1.0);
    assertThat(figures.eta().submission().coverage()).isBetween(0.0, 1.0);
    assertThat(figures.eta().halfLife().medianError()).isBetween(0.0, 1.0);
    assertThat(figures.eta().naive().medianError()).isNotNegative();
    assertThat(figures.eta().fifo().medianError()).isNotNegative();
    assertThat(run.slowdowns().small()).isSorted().allMatch(slowdown -> slowdown >= 1);
    assertThat(run.slowdowns().small()).endsWith(figures.slowdowns().small().max());
    assertThat(run.slowdowns().large()).endsWith(figures.slowdowns().large().max());
    assertThat(run.gaps()).hasSize(6);
    assertThat(Collections.max(run.gaps().values())).isEqualTo(figures.largestGapRounds());
    assertThat(run.misses().submission()).isSorted().hasSize(4);
    assertThat(run.misses().halfLife()).isSorted().hasSize(4);
  }

  @Test
  void windows_tell_how_the_run_went() {
    Workload workload = new Synthetic(SMALL.cluster(), SMALL.archive(), LONGER).workload(3);

    Run run = Simulation.run(workload, SETTINGS.withPolicy(Policy.FAIR), 3, 0);

    assertThat(run.windows())
        .hasSize((int) (run.figures().makespan() / Simulation.WINDOW))
        .allMatch(window -> window.chunks() >= window.scans() && window.scans() > 0);
    assertThat(run.windows().stream().mapToDouble(Window::fairness).min())
        .hasValue(run.figures().jainMin());
    assertThat(run.windows().stream().mapToLong(Window::scans).sum())
        .isLessThanOrEqualTo((long) run.figures().scans());
  }

  @Test
  void fairness_is_judged_by_weights_and_groups() {
    Workload workload = new Synthetic(SMALL.cluster(), SMALL.archive(), LONGER).workload(3);
    SchedulerSettings weighted =
        SETTINGS
            .withPolicy(Policy.FAIR)
            .withFairness(
                dev.historics.schedule.Fairness.DEFAULTS
                    .withWeights(Map.of("u1", 4.0))
                    .withGroups(Map.of("u4", "few", "u5", "few")));

    Run run = Simulation.run(workload, weighted, 3, 0);

    assertThat(run.gaps()).containsOnlyKeys("u0", "u1", "u2", "u3", "few");
    assertThat(run.figures().jainMean()).isGreaterThan(0.8);
  }

  @ParameterizedTest
  @EnumSource(Policy.class)
  void the_same_seed_gives_the_same_run(Policy policy) {
    Run first = Simulation.run(SMALL.workload(5), SETTINGS.withPolicy(policy), 5, 3);
    Run second = Simulation.run(SMALL.workload(5), SETTINGS.withPolicy(policy), 5, 3);

    assertThat(second).isEqualTo(first);
    assertThat(Simulation.run(SMALL.workload(6), SETTINGS.withPolicy(policy), 6, 3))
        .isNotEqualTo(first);
  }

  @Test
  void a_comparison_does_not_depend_on_how_many_threads_it_has() throws Exception {
    Comparison comparison =
        new Comparison(
            SMALL::workload,
            SETTINGS,
            List.of(Policy.SEED, Policy.TICKETS),
            List.of(1L, 2L, 3L),
            2);

    assertThat(comparison.run(2, over -> {})).isEqualTo(comparison.run(1, over -> {}));
  }

  @Test
  void an_overload_is_what_it_says() {
    Workload workload = Synthetic.OVERLOAD.workload(1);

    double work = workload.chunks() * workload.chunkSeconds();
    double dumps = 12 * 365 * workload.chunkSeconds();
    assertThat((work - dumps) / workload.chunkSeconds() / 2000 / 8).isEqualTo(3, within(0.2));
    assertThat(workload.submissions())
        .filteredOn(query -> query.volumes().size() == 365)
        .hasSize(12)
        .allMatch(query -> query.request().user().equals("u0"));
  }
}
