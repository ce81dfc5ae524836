package dev.historics.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nothing is quadratic: with a quadratic step these would take hours, not seconds. */
class ScaleTest {
  @TempDir Path folder;

  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void a_hundred_thousand_waiting_chunks_are_submitted_and_picked_one_by_one() {
    for (Policy policy : Policy.values()) {
      World world = new World(SchedulerSettings.DEFAULTS.withRidersMax(0).withPolicy(policy));
      for (int i = 0; i < 1000; i++) {
        world.submit("u" + i % 200, i % 300, 100);
      }

      assertThat(world.order()).hasSize(100_000);
    }
  }

  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void a_hundred_thousand_chunks_of_few_days_share_their_scans() {
    World world =
        new World(SchedulerSettings.DEFAULTS.withFairness(Fairness.DEFAULTS.withSlowdownMax(1000)));
    for (int i = 0; i < 1000; i++) {
      world.submit("u" + i % 200, 0, 100);
    }

    assertThat(world.order()).hasSize(500);
  }

  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void a_long_queue_on_disk_can_be_asked_and_added_to() throws Exception {
    Office office = new Office(folder, SchedulerSettings.DEFAULTS);
    try (Scheduling scheduling = office.open()) {
      for (int i = 0; i < 10; i++) {
        scheduling.submit(Requests.request("u" + i, 5000 * (i % 5), 5000));
      }
    }

    try (Scheduling scheduling = office.open()) {
      QueryView view = scheduling.submit(Requests.request("late", 0, 365));

      assertThat(view.firstEstimate()).isPresent();
      assertThat(scheduling.queue().users()).hasSize(11);
    }
  }
}
