package dev.historics.schedule.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FairnessTest {
  private static final long WINDOW = 100;

  private static double[] alike(int users) {
    return DoubleStream.generate(() -> 1).limit(users).toArray();
  }

  private static List<Double> indices(Fairness fairness) {
    return IntStream.range(0, fairness.windows()).mapToObj(fairness::index).toList();
  }

  @Test
  void equal_charges_of_those_who_waited_throughout_are_perfectly_fair() {
    Fairness fairness = new Fairness(alike(2), WINDOW);
    fairness.wait(0, 9, 0);
    fairness.wait(1, 9, 0);
    fairness.charge(0, 5, 0, 50);
    fairness.charge(1, 5, 20, 80);

    fairness.advance(WINDOW);

    assertThat(indices(fairness)).containsExactly(1.0);
  }

  @Test
  void who_weighs_three_times_as_much_gets_three_times_as_much_and_as_often() {
    Fairness fairness = new Fairness(new double[] {3, 1}, WINDOW);
    fairness.wait(0, 9, 0);
    fairness.wait(1, 9, 0);
    for (int turn = 1; turn <= 8; turn++) {
      fairness.job();
      fairness.serve(turn % 4 == 0 ? 1 : 0, turn * 10L);
    }
    fairness.charge(0, 6, 0, 80);
    fairness.charge(1, 2, 0, 80);

    fairness.advance(WINDOW);

    assertThat(indices(fairness)).containsExactly(1.0);
    assertThat(fairness.gapRounds(0)).isEqualTo(1.5);
    assertThat(fairness.gapRounds(1)).isEqualTo(1);
  }

  @Test
  void who_gets_nothing_makes_a_window_unfair() {
    Fairness fairness = new Fairness(alike(2), WINDOW);
    fairness.wait(0, 9, 0);
    fairness.wait(1, 9, 0);
    fairness.charge(0, 5, 0, 50);

    fairness.advance(WINDOW);

    assertThat(indices(fairness)).containsExactly(0.5);
  }

  @Test
  void who_began_to_wait_within_the_window_is_left_out() {
    Fairness fairness = new Fairness(alike(3), WINDOW);
    fairness.wait(0, 9, 0);
    fairness.wait(1, 9, 0);
    fairness.wait(2, 9, 1);
    fairness.charge(0, 5, 0, 50);
    fairness.charge(1, 5, 0, 50);

    fairness.advance(2 * WINDOW);

    assertThat(indices(fairness)).containsExactly(1.0, Double.NaN);
  }

  @Test
  void a_window_with_one_user_waiting_tells_nothing() {
    Fairness fairness = new Fairness(alike(2), WINDOW);
    fairness.wait(0, 9, 0);
    fairness.charge(0, 5, 0, 50);

    fairness.advance(WINDOW);

    assertThat(indices(fairness)).containsExactly(Double.NaN);
  }

  @Test
  void a_charge_is_spread_over_the_windows_in_which_its_work_is_done() {
    Fairness fairness = new Fairness(alike(2), WINDOW);
    fairness.wait(0, 9, 0);
    fairness.wait(1, 9, 0);
    fairness.charge(0, 4, 50, 250);
    fairness.charge(1, 1, 0, 100);
    fairness.charge(1, 2, 100, 200);
    fairness.charge(1, 1, 200, 250);

    fairness.advance(3 * WINDOW);

    assertThat(indices(fairness))
        .hasSize(3)
        .allSatisfy(i -> assertThat(i).isEqualTo(1, within(1e-9)));
  }

  @Test
  void taking_turns_gives_everybody_one_start_a_round() {
    Fairness fairness = new Fairness(alike(3), WINDOW);
    for (int user = 0; user < 3; user++) {
      fairness.wait(user, 5, 0);
    }
    for (int turn = 0; turn < 15; turn++) {
      fairness.job();
      fairness.serve(turn % 3, turn);
    }

    assertThat(fairness.largestGapRounds()).isEqualTo(1);
    assertThat(fairness.largestGapMillis()).isEqualTo(3);
    assertThat(fairness.chunksWaiting()).isZero();
  }

  @Test
  void who_is_passed_over_waits_more_than_a_round() {
    Fairness fairness = new Fairness(alike(2), WINDOW);
    fairness.wait(0, 5, 0);
    fairness.wait(1, 1, 0);
    for (int turn = 0; turn < 5; turn++) {
      fairness.job();
      fairness.serve(0, turn);
    }
    fairness.job();
    fairness.serve(1, 7);

    assertThat(fairness.largestGapRounds()).isEqualTo(3);
    assertThat(fairness.largestGapMillis()).isEqualTo(7);
  }

  @Test
  void time_without_anything_waiting_is_no_gap() {
    Fairness fairness = new Fairness(alike(2), WINDOW);
    fairness.wait(0, 1, 0);
    fairness.job();
    fairness.serve(0, 1);
    fairness.wait(1, 1, 2);
    fairness.job();
    fairness.serve(1, 3);
    fairness.wait(0, 1, 500);
    fairness.job();
    fairness.serve(0, 501);

    assertThat(fairness.largestGapMillis()).isEqualTo(1);
    assertThat(fairness.largestGapRounds()).isEqualTo(1);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void the_most_since_a_step_is_that_of_a_plain_list(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Crowd crowd = new Crowd();
    int[] heights = new int[300];
    for (int step = 0; step < heights.length; step++) {
      heights[step] = 1 + random.nextInt(40);
      crowd.is(heights[step], step);
      for (int since = 0; since <= step; since++) {
        int most = 0;
        for (int i = since; i <= step; i++) {
          most = Math.max(most, heights[i]);
        }
        assertThat(crowd.mostSince(since)).isEqualTo(most);
      }
    }
  }
}
