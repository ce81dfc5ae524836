package dev.historics.cli.simulation;

import static dev.historics.cli.simulation.SyntheticOptions.or;

import dev.historics.schedule.Rates;
import dev.historics.schedule.SchedulerSettings;
import dev.historics.schedule.simulation.ClusterModel;
import java.util.List;
import picocli.CommandLine.Option;

/** What is to be different in the pretend cluster. */
final class ClusterOptions {
  @Option(names = "--slots", paramLabel = "N", description = "how many jobs run at a time")
  Integer slots;

  @Option(
      names = "--noise",
      paramLabel = "X",
      description = "how far job times stray: the standard deviation of their logarithm")
  Double noise;

  @Option(
      names = "--failures",
      paramLabel = "SHARE",
      description = "the share of jobs that break off, such as 0.02")
  Double failures;

  @Option(
      names = "--stragglers",
      paramLabel = "SHARE",
      description = "the share of jobs that take 3 to 10 times as long")
  Double stragglers;

  /** What the queue would expect of its cluster without any experience. */
  static ClusterModel of(SchedulerSettings settings) {
    Rates rates = settings.rates();
    return new ClusterModel(
        settings.jobs(),
        rates.secondsPerJob(),
        rates.bytesPerSecond(),
        rates.extraPerRider(),
        rates.sigma(),
        List.of(),
        0,
        0);
  }

  /**
   * @throws IllegalArgumentException if a value is out of its range
   */
  ClusterModel over(ClusterModel usual) {
    return new ClusterModel(
        or(slots, usual.slots()),
        usual.secondsPerJob(),
        usual.bytesPerSecond(),
        usual.extraPerRider(),
        or(noise, usual.noise()),
        noise == null ? usual.ratios() : List.of(),
        or(failures, usual.failures()),
        or(stragglers, usual.stragglers()));
  }
}
