package dev.historics.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RehearsalTest {
  private static final SchedulerSettings SETTINGS =
      SchedulerSettings.DEFAULTS.withRates(new Rates(5, 200_000, 1e9, 0.1, 0.01, 0.05));

  /** How many times as long as P10 the P90 of the last of many queries is. */
  private static double width(boolean asked) {
    Rehearsal queue = new Rehearsal(SETTINGS);
    Instant now = World.NOW;
    Optional<FinishTimes> told = Optional.empty();
    for (int number = 0; number < 40; number++) {
      QueryId id = Requests.id(number);
      queue.submit(
          now, id, Requests.request("A", number, 1), List.of(new Volume(1_000_000, 100_000_000)));
      if (asked || number == 39) {
        told = queue.estimate(now, id);
      }
      JobPlan plan = queue.look(now, Duration.ZERO).get(0);
      Duration ran = Duration.ofSeconds(number % 5 == 0 ? 80 : number % 2 == 0 ? 5 : 10);
      now = now.plus(ran);
      queue.ended(now, plan.id(), List.of(World.done(plan.chunks().get(0))));
      queue.look(now, ran);
      assertThat(queue.estimate(now, id)).isEmpty();
    }
    FinishTimes last = told.orElseThrow();
    Instant start = now.minusSeconds(10);
    return (double) Duration.between(start, last.p90()).toMillis()
        / Duration.between(start, last.p10()).toMillis();
  }

  @Test
  void what_came_of_estimates_makes_the_next_wider() {
    assertThat(width(true)).isGreaterThan(1.3 * width(false));
  }
}
