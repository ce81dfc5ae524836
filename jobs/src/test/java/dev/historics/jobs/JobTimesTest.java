package dev.historics.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where the time of a job went: each moment is told once, of the stage that it was in. */
class JobTimesTest {
  private static StageClock clock(Stage first, long... ticks) {
    Iterator<Long> next = java.util.Arrays.stream(ticks).boxed().iterator();
    return new StageClock(first, next::next);
  }

  @Test
  void a_stage_counts_from_when_it_is_entered_until_the_next_is() {
    StageClock clock = clock(Stage.PREPARE, 100, 130, 200);

    clock.enter(Stage.RUNNER);
    clock.enter(Stage.SETTLE);

    assertThat(clock.nanos()).isEqualTo(Map.of(Stage.PREPARE, 30L, Stage.RUNNER, 70L));
  }

  @Test
  void a_stage_that_is_come_back_to_adds_up() {
    StageClock clock = clock(Stage.SCAN, 0, 5, 7, 17);

    clock.enter(Stage.RAW);
    clock.enter(Stage.SCAN);
    clock.enter(Stage.WRITE);

    assertThat(clock.nanos()).isEqualTo(Map.of(Stage.SCAN, 15L, Stage.RAW, 2L));
  }

  /** A ticker may start anywhere, and pass the largest number. */
  @Test
  void a_ticker_that_turns_over_is_no_jump() {
    StageClock clock = clock(Stage.SCAN, Long.MAX_VALUE - 3, Long.MIN_VALUE + 6);

    clock.enter(Stage.WRITE);

    assertThat(clock.nanos()).isEqualTo(Map.of(Stage.SCAN, 10L));
  }

  @Test
  void nobody_changes_a_clock_from_outside() {
    Map<Stage, Long> nanos = clock(Stage.SCAN, 0).nanos();

    assertThatThrownBy(() -> nanos.put(Stage.SCAN, 1L))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void what_tasks_did_is_taken_from_the_runner() {
    JobTimes times =
        JobTimes.of(
            Map.of(Stage.PREPARE, 10L, Stage.RUNNER, 100L, Stage.SETTLE, 5L),
            List.of(Map.of(Stage.SCAN, 30L, Stage.RAW, 10L), Map.of(Stage.SCAN, 20L)));

    assertThat(times.nanos())
        .isEqualTo(
            Map.of(
                Stage.PREPARE, 10L,
                Stage.RUNNER, 40L,
                Stage.SCAN, 50L,
                Stage.RAW, 10L,
                Stage.SETTLE, 5L));
  }

  @Test
  void tasks_side_by_side_leave_the_runner_nothing_and_never_less() {
    JobTimes times =
        JobTimes.of(
            Map.of(Stage.RUNNER, 100L), List.of(Map.of(Stage.SCAN, 80L), Map.of(Stage.SCAN, 90L)));

    assertThat(times.nanos()).isEqualTo(Map.of(Stage.RUNNER, 0L, Stage.SCAN, 170L));
  }

  @Test
  void a_job_that_never_ran_has_no_time_of_its_runner() {
    assertThat(JobTimes.of(Map.of(Stage.PREPARE, 7L), List.of()).nanos())
        .isEqualTo(Map.of(Stage.PREPARE, 7L));
  }

  @Test
  void times_are_told_in_seconds_and_as_facts_in_the_order_of_the_stages() {
    JobTimes times = new JobTimes(Map.of(Stage.WRITE, 2_500_000_000L, Stage.PREPARE, 1_999_999L));

    assertThat(times.seconds(Stage.WRITE)).isEqualTo(2.5);
    assertThat(times.seconds(Stage.SCAN)).isZero();
    assertThat(times).hasToString("prepare_ms=1 write_ms=2500");
  }

  /** Hadoop may run no stage at all. */
  @Test
  void no_times_at_all_are_an_empty_line() {
    assertThat(new JobTimes(Map.of())).hasToString("");
  }
}
