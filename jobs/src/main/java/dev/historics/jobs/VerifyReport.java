package dev.historics.jobs;

import java.util.List;

/**
 * What a verification found.
 *
 * @param days how many source-days were read
 * @param records interactions in them
 * @param bytes of their data files
 * @param problems one line each, naming the file; none if everything is as the manifests say
 */
public record VerifyReport(long days, long records, long bytes, List<String> problems) {
  public static final VerifyReport NOTHING = new VerifyReport(0, 0, 0, List.of());

  public VerifyReport {
    problems = List.copyOf(problems);
  }

  /** Both together. */
  VerifyReport plus(VerifyReport other) {
    return new VerifyReport(
        days + other.days,
        records + other.records,
        bytes + other.bytes,
        java.util.stream.Stream.concat(problems.stream(), other.problems.stream()).toList());
  }
}
