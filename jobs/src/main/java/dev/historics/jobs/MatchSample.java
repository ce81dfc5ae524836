package dev.historics.jobs;

import java.util.ArrayList;
import java.util.List;

/**
 * How many matches there will be, judging from some records of some days: a stratified ratio
 * estimate (Cochran, Sampling Techniques, chapters 5 and 11), whose variance has a part from within
 * the days and, when not all days were looked at, one from between them.
 */
final class MatchSample {
  private final List<Day> days = new ArrayList<>();

  /** {@code drawn} of about {@code records} were looked at, and {@code hits} of them matched. */
  private record Day(double records, long drawn, long hits) {
    double share() {
      return (double) hits / drawn;
    }

    /** The share as a cautious person sees it: no hit in ten does not mean never. */
    double cautiousShare() {
      return (hits + 1.0) / (drawn + 2.0);
    }

    /** Of the number of matches, for those that were not looked at. */
    double variance() {
      double left = Math.max(0, 1 - drawn / Math.max(records, (double) drawn));
      double share = cautiousShare();
      return records * records * share * (1 - share) / drawn * left;
    }
  }

  /**
   * Adds what was seen of one day.
   *
   * @param records how many records of the day the query covers
   */
  void add(double records, long drawn, long hits) {
    if (drawn > 0 && records > 0) {
      days.add(new Day(records, drawn, hits));
    }
  }

  /** How many records were looked at. */
  long drawn() {
    return days.stream().mapToLong(Day::drawn).sum();
  }

  /**
   * The share of records that match, where each day weighs as much as it has; 0 if none is known.
   */
  double share() {
    double seen = days.stream().mapToDouble(Day::records).sum();
    double hits = days.stream().mapToDouble(day -> day.records() * day.share()).sum();
    return seen == 0 ? 0 : hits / seen;
  }

  /**
   * The matches to expect.
   *
   * @param all how many records the query covers on all its days
   */
  Spread matches(Spread all) {
    double seen = days.stream().mapToDouble(Day::records).sum();
    if (seen == 0) {
      return new Spread(0, 0, all.p90());
    }
    double scale = all.p50() / seen;
    double mean = days.stream().mapToDouble(day -> day.records() * day.share()).sum();
    double cautious = days.stream().mapToDouble(day -> day.records() * day.cautiousShare()).sum();
    double within = days.stream().mapToDouble(Day::variance).sum();
    double variance = scale * scale * (within + between(mean / seen, scale));
    Spread around = Spread.of(mean * scale, variance, all.p90());
    Spread careful = Spread.of(cautious * scale, variance, all.p90());
    return mean == 0 ? new Spread(0, 0, careful.p90()) : around;
  }

  /** From days differing, for the days that were not looked at; {@code scale} tells how many. */
  private double between(double share, double scale) {
    int count = days.size();
    if (count < 2 || scale <= 1) {
      return 0;
    }
    double squares = 0;
    for (Day day : days) {
      double difference = day.records() * (day.share() - share);
      squares += difference * difference;
    }
    return (1 - 1 / scale) * squares * count / (count - 1);
  }
}
