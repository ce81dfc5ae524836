package dev.historics.schedule;

import java.util.Objects;

/**
 * A job that ended well, and how long it had been expected to take.
 *
 * @param factors with the matches that were really found
 * @param predictedSeconds by what was known when it ended, without it
 */
public record Observation(
    JobId job, JobFactors factors, double predictedSeconds, double realSeconds) {
  public Observation {
    Objects.requireNonNull(job);
    Objects.requireNonNull(factors);
    if (!(predictedSeconds > 0) || !(realSeconds > 0)) {
      throw new IllegalArgumentException(
          "job %s must have taken time, got %s s for %s s predicted"
              .formatted(job, realSeconds, predictedSeconds));
    }
  }

  /** How far off the prediction was, as a share of the real time; below 0 if it was too low. */
  public double error() {
    return predictedSeconds / realSeconds - 1;
  }
}
