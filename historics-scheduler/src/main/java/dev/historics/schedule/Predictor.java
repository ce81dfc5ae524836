package dev.historics.schedule;

import java.util.List;

/**
 * How long a job will take: a fixed part, and one scan as large as its largest rider asks for, made
 * slower by every further rule and by the rules' complexity.
 */
final class Predictor {
  /** The share of a job's fixed time that is spent where there is no data and no task starts. */
  private static final double NOTHING_TO_READ = 0.2;

  private final Rates rates;

  Predictor(Rates rates) {
    this.rates = rates;
  }

  double seconds(List<Waiting.Slot> riders) {
    double scan = 0;
    double factor = 1 + rates.extraPerRider() * (riders.size() - 1);
    for (Waiting.Slot rider : riders) {
      Volume volume = rider.chunk().volume();
      scan = Math.max(scan, volume.records() / rates.recordsPerSecond());
      scan = Math.max(scan, volume.bytes() / rates.bytesPerSecond());
      factor += rates.extraPerComplexity() * (rider.query().request().complexity() - 1);
    }
    return scan == 0
        ? rates.secondsPerJob() * NOTHING_TO_READ
        : rates.secondsPerJob() + scan * factor;
  }
}
