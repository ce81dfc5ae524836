package dev.historics.schedule.simulation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What came of one run.
 *
 * @param windows in order of time, from the first submission's on; what is left at the end and
 *     fills no window is left out
 * @param slowdowns how many times as long queries took as they would have alone
 * @param gaps for each user, or group that shares as one, the longest that she saw none of her
 *     waiting chunks start, in rounds; in the order of their first queries
 * @param misses how far off estimated ends were
 */
public record Run(
    Figures figures,
    List<Window> windows,
    Slowdowns slowdowns,
    Map<String, Double> gaps,
    Misses misses) {
  public Run {
    windows = List.copyOf(windows);
    gaps = Collections.unmodifiableMap(new LinkedHashMap<>(gaps));
  }

  /**
   * Slowdowns of the queries of a size, lowest first.
   *
   * @param small of up to {@value Figures.Slowdowns#SMALL_MAX} days
   * @param medium of up to {@value Figures.Slowdowns#MEDIUM_MAX} days
   * @param large of more
   */
  public record Slowdowns(List<Double> small, List<Double> medium, List<Double> large) {
    public Slowdowns {
      small = List.copyOf(small);
      medium = List.copyOf(medium);
      large = List.copyOf(large);
    }
  }

  /**
   * How far estimated ends were from the real ones, as shares of the queries' lives, smallest
   * first.
   *
   * @param submission of estimates made when the query was submitted
   * @param halfLife of those made half-way between its submission and its end
   */
  public record Misses(List<Double> submission, List<Double> halfLife) {
    /** Of nothing asked. */
    static final Misses NONE = new Misses(List.of(), List.of());

    public Misses {
      submission = List.copyOf(submission);
      halfLife = List.copyOf(halfLife);
    }
  }

  Run with(Eta eta, Misses of) {
    return new Run(figures.with(eta), windows, slowdowns, gaps, of);
  }
}
