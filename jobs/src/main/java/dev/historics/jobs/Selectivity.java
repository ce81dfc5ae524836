package dev.historics.jobs;

import dev.historics.archive.Archive;
import dev.historics.archive.Manifest;
import dev.historics.filter.Library;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Which share of some archived interactions each of several rules matches, judging from a bounded
 * look into some of their days: the same as estimates are made from.
 *
 * @param days how many source-days were looked into
 * @param daysInRange how many source-days there are
 * @param read how many interactions were looked at
 * @param shares of the interactions in range, 0 to 1, for each rule; all 0 if none was read
 */
public record Selectivity(int days, int daysInRange, long read, List<Double> shares) {
  public Selectivity {
    shares = List.copyOf(shares);
  }

  /**
   * Measures rules.
   *
   * @param dialects of the sources in question
   * @param end exclusive
   * @param rules CSDL texts that compile for these sources; at least one
   * @param library where the rules are that these name
   * @throws IllegalArgumentException if a rule does not compile, or fails on the data
   */
  public static Selectivity of(
      Archive archive,
      Collection<Dialect> dialects,
      Instant start,
      Instant end,
      List<String> rules,
      Library library)
      throws IOException {
    DaysInRange days = new DaysInRange(archive, dialects, start, end);
    List<MatchSample> samples = new ArrayList<>();
    rules.forEach(rule -> samples.add(new MatchSample()));
    long read = 0;
    for (Manifest day : days.some()) {
      DaysInRange.Look look = days.look(day, 1, rules, library);
      read += look.inRange();
      for (int rule = 0; rule < rules.size(); rule++) {
        samples.get(rule).add(days.records(day), look.inRange(), look.hits().get(rule));
      }
    }
    return new Selectivity(
        days.some().size(),
        days.all().size(),
        read,
        samples.stream().map(MatchSample::share).toList());
  }
}
