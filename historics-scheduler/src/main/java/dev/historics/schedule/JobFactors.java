package dev.historics.schedule;

import java.util.Objects;

/**
 * What decides how long a job takes: the four factors of the old service (rules, chunks that run
 * together, volume of the sources, sample) and the matches that have to be written down.
 *
 * @param sources the names of the sources that are read, in order, separated by blanks
 * @param riders how many chunks share the job, at least 1
 * @param records interactions in the range and the sample of the rider that wants most
 * @param bytes what these take as stored
 * @param complexity of all riders' different rules together
 * @param samplePercent the largest sample that a rider wants, over 0 and at most 100
 * @param matches of all riders together; before the job has run, those expected
 */
public record JobFactors(
    String sources,
    int riders,
    long records,
    long bytes,
    long complexity,
    double samplePercent,
    double matches) {
  public JobFactors {
    Objects.requireNonNull(sources);
    if (riders < 1 || records < 0 || bytes < 0 || complexity < 0 || !(matches >= 0)) {
      throw new IllegalArgumentException(
          "a job has riders and nothing below 0, got %d riders, %d records, %d bytes, complexity %d, %s matches"
              .formatted(riders, records, bytes, complexity, matches));
    }
    if (!(samplePercent > 0 && samplePercent <= 100)) {
      throw new IllegalArgumentException(
          "a sample is over 0 and at most 100 per cent, got %s".formatted(samplePercent));
    }
  }

  /** The same with the matches that were really found. */
  JobFactors withMatches(double found) {
    return new JobFactors(sources, riders, records, bytes, complexity, samplePercent, found);
  }

  /** Whether there is something to scan. */
  boolean reads() {
    return records > 0 || bytes > 0;
  }

  /** How much of one term of the time model the job has. */
  double amount(Term term) {
    return switch (term) {
      case JOB -> 1;
      case RIDERS -> riders - 1;
      case BYTES -> bytes;
      case RECORDS -> records;
      case PASSED_OVER -> records * (100 / samplePercent - 1);
      case RULES -> (double) records * complexity;
      case MATCHES -> matches;
    };
  }

  /** The terms of the time model: each has a price in seconds. */
  public enum Term {
    /** What every job costs. */
    JOB,
    /** Each rider after the first. */
    RIDERS,
    /** Each byte that is read. */
    BYTES,
    /** Each interaction that is read. */
    RECORDS,
    /** Each interaction that is not in the sample. */
    PASSED_OVER,
    /** Each interaction for each point of complexity. */
    RULES,
    /** Each match. */
    MATCHES
  }
}
