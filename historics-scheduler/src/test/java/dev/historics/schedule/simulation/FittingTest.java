package dev.historics.schedule.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FittingTest {
  private static final ClusterModel USUAL =
      new ClusterModel(4, 1, 50e6, 0.05, 0.3, List.of(), 0, 0);

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void a_cluster_is_found_again_from_its_jobs(long seed) {
    ClusterModel real = new ClusterModel(4, 7, 20e6, 0.05, 0.1, List.of(), 0, 0);
    SplittableRandom random = new SplittableRandom(seed);
    List<RecordedJob> jobs = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      long bytes = random.nextLong(2_000_000_000L);
      int chunks = 1 + random.nextInt(5);
      double seconds = real.seconds(bytes, chunks) * Math.exp(0.1 * random.nextGaussian());
      jobs.add(new RecordedJob(bytes, chunks, seconds, true));
      if (i % 4 == 0) {
        jobs.add(new RecordedJob(bytes, chunks, seconds / 2, false));
      }
    }

    ClusterModel fitted = Fitting.fit(jobs, USUAL);

    assertThat(fitted.slots()).isEqualTo(4);
    assertThat(fitted.secondsPerJob()).isEqualTo(7, within(3.0));
    assertThat(fitted.bytesPerSecond()).isEqualTo(20e6, within(2e6));
    assertThat(fitted.failures()).isEqualTo(0.2, within(1e-9));
    assertThat(fitted.ratios()).hasSize(400);
  }

  @Test
  void too_few_jobs_teach_nothing() {
    assertThat(Fitting.fit(List.of(new RecordedJob(1, 1, 1, true)), USUAL)).isEqualTo(USUAL);
  }

  @Test
  void jobs_of_one_size_teach_what_they_take() {
    RecordedJob job = new RecordedJob(1_000_000, 1, 12, true);

    ClusterModel fitted = Fitting.fit(List.of(job, job, job), USUAL);

    assertThat(fitted.seconds(1_000_000, 1)).isEqualTo(12, within(0.1));
    assertThat(fitted.failures()).isZero();
  }
}
