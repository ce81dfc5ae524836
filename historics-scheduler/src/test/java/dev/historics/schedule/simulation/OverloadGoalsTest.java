package dev.historics.schedule.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.historics.schedule.Policy;
import dev.historics.schedule.SchedulerSettings;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * The goals of docs/performance.md for three times the work that fits, as means of ten seeds. How
 * good estimates are is not asked, which would take ten times as long.
 */
class OverloadGoalsTest {
  private static final int SEEDS = 10;

  private static Figures figures(Policy policy) {
    SchedulerSettings settings = SchedulerSettings.DEFAULTS.withPolicy(policy);
    return Figures.mean(
        LongStream.rangeClosed(1, SEEDS)
            .mapToObj(
                seed ->
                    Simulation.run(Synthetic.OVERLOAD.workload(seed), settings, seed, 0).figures())
            .toList());
  }

  @Test
  void fair_is_fair_and_shares_as_much_as_whoever_shares_most() {
    Figures fair = figures(Policy.FAIR);

    assertThat(fair.jainMean()).isGreaterThanOrEqualTo(0.90);
    assertThat(fair.jainMin()).isGreaterThanOrEqualTo(0.80);
    assertThat(fair.largestGapRounds()).isLessThanOrEqualTo(1.5);
    assertThat(fair.slowdowns().small().p95()).isLessThanOrEqualTo(25);
    assertThat(fair.idleWhileWaiting()).isZero();
    assertThat(fair.scans()).isLessThanOrEqualTo(1.02 * figures(Policy.GREEDY).scans());
  }
}
