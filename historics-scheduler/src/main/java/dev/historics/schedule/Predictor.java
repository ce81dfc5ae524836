package dev.historics.schedule;

import java.util.ArrayList;
import java.util.Arrays;
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

  /**
   * How a job's cost is split: each pays for what the job would be shorter without her, and all pay
   * the rest in equal parts.
   *
   * @return one for each rider, in order; their sum is {@link #seconds} to rounding
   */
  List<Double> shares(List<Waiting.Slot> riders) {
    double whole = seconds(riders);
    if (riders.size() == 1) {
      return List.of(whole);
    }
    double[] own = new double[riders.size()];
    double rest = whole;
    for (int i = 0; i < own.length; i++) {
      List<Waiting.Slot> others = new ArrayList<>(riders);
      others.remove(i);
      own[i] = Math.max(0, whole - seconds(others));
      rest -= own[i];
    }
    double each = rest / own.length;
    return Arrays.stream(own).map(cost -> cost + each).boxed().toList();
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
