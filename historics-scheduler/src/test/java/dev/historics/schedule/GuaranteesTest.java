package dev.historics.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The guarantees of docs/scheduling.md, each over {@value #TRACES} random traces. */
class GuaranteesTest {
  private static final int TRACES = 10_000;

  /** The share of jobs that are lost in traces with failures. */
  private static final double LOSING = 0.2;

  private static final double ROUNDING = 1e-9;

  /**
   * What nobody who waits may be behind by.
   *
   * @param debt chunks by which her share of the scans since she came was ahead of those she got
   * @param worstDebt the same over any part of that time
   * @param gap rounds in which none of hers started
   */
  private record Bounds(double debt, double worstDebt, double gap) {
    private void check(long seed, List<RandomTrace.Wait> waits) {
      assertThat(most(waits, RandomTrace.Wait::debt))
          .as("G1, seed %d", seed)
          .isLessThanOrEqualTo(debt + ROUNDING);
      assertThat(most(waits, RandomTrace.Wait::worstDebt))
          .as("G1 over any time, seed %d", seed)
          .isLessThanOrEqualTo(worstDebt + ROUNDING);
      assertThat(most(waits, RandomTrace.Wait::worstGap))
          .as("G2, seed %d", seed)
          .isLessThanOrEqualTo(gap + ROUNDING);
    }

    private static double most(
        List<RandomTrace.Wait> waits, ToDoubleFunction<RandomTrace.Wait> figure) {
      return waits.stream().mapToDouble(figure).max().orElse(0);
    }
  }

  private static RandomTrace.Sharing sharing(long seed) {
    RandomTrace.Sharing[] all = RandomTrace.Sharing.values();
    return all[(int) (seed % all.length)];
  }

  @ParameterizedTest
  @EnumSource
  void g1_and_g2_who_waits_gets_her_share_but_for_little_and_is_not_passed_over_for_long(
      RandomTrace.Sharing sharing) {
    Bounds bounds =
        switch (sharing) {
          case EQUAL -> new Bounds(1, 1.5, 1.5);
          case WEIGHTED, GROUPED -> new Bounds(1.5, 1.8, 2.2);
        };
    for (long seed = 0; seed < TRACES; seed++) {
      bounds.check(seed, new RandomTrace(seed, sharing, 0).run().waits);
    }
  }

  @Test
  void g1_to_g4_and_g6_hold_when_one_in_five_jobs_is_lost() {
    for (long seed = 0; seed < TRACES; seed++) {
      RandomTrace trace = new RandomTrace(seed, sharing(seed), LOSING).run();

      // What repeats a lost job takes nobody's turn, so it is no turn.
      List<RandomTrace.Wait> turns =
          trace.waits.stream().map(RandomTrace.Wait::withoutRepeats).toList();
      new Bounds(1.9, 2, 2.5).check(seed, turns);
      assertThat(trace.longestScan)
          .as("G3, seed %d", seed)
          .isLessThanOrEqualTo(1 + Fairness.DEFAULTS.slowdownMax() + ROUNDING);
      double everybody = trace.charges(Account.Kind.EVERYBODY);
      assertThat(trace.charges(Account.Kind.USER))
          .as("G4, seed %d", seed)
          .isCloseTo(everybody, within(1e-6));
      assertThat(trace.chunkCharges).as("G4, seed %d", seed).isCloseTo(everybody, within(1e-6));
      assertThat(new RandomTrace(seed, sharing(seed), LOSING).run().log)
          .as("G6, seed %d", seed)
          .isEqualTo(trace.log);
    }
  }

  @Test
  void g5_asking_in_many_queries_or_from_many_accounts_gains_nothing() {
    for (long seed = 0; seed < TRACES; seed++) {
      SplitRequest request = new SplitRequest(seed);
      List<Integer> served = request.served(SplitRequest.Way.ONE_QUERY);

      assertThat(request.served(SplitRequest.Way.MANY_QUERIES))
          .as("seed %d", seed)
          .isEqualTo(served);
      assertThat(request.served(SplitRequest.Way.MANY_ACCOUNTS))
          .as("seed %d", seed)
          .isEqualTo(served);
    }
  }

  @Test
  void one_query_starts_within_a_round_beside_ten_thousand_of_another_user() {
    World world = new World(SchedulerSettings.DEFAULTS.withRidersMax(0));
    for (int i = 0; i < 10_000; i++) {
      world.submit("many", i % 300, 1);
    }
    world.look();
    QueryId one = world.submit("one", 1000, 1);

    for (int jobs = 0; jobs < 2; jobs++) {
      world.succeed(world.only());
      world.look();
      if (world.only().chunks().get(0).id().query().equals(one)) {
        return;
      }
    }
    throw new AssertionError("the one query has not started within a round");
  }
}
