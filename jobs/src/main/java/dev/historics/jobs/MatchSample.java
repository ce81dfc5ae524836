package dev.historics.jobs;

import java.util.ArrayList;
import java.util.List;

/**
 * How many matches there will be, judging from some records of some days: a stratified ratio
 * estimate (Cochran, Sampling Techniques, chapters 5 and 11), whose variance has a part from within
 * the days and, when not all days were looked at, one from between them.
 */
final class MatchSample {
  private static final Level EIGHT_IN_TEN = new Level(1.2816, 0.1);
  private static final Level NINE_IN_TEN = new Level(1.6449, 0.05);

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
    Interval eightInTen = matches(all, EIGHT_IN_TEN);
    long middle = Math.round(share() * all.p50());
    return new Spread(
        Math.min(eightInTen.low(), middle), middle, Math.max(eightInTen.high(), middle));
  }

  /** Between what bounds the matches are in nine of ten cases. */
  Interval nineInTen(Spread all) {
    return matches(all, NINE_IN_TEN);
  }

  /**
   * Wilson's score interval (1927) for a sample that tells as much as this one; where nothing was
   * found, from nothing to what would be missed as seldom (the rule of three).
   */
  private Interval matches(Spread all, Level level) {
    double seen = days.stream().mapToDouble(Day::records).sum();
    if (seen == 0) {
      return new Interval(0, all.p90());
    }
    double share = share();
    if (share == 0) {
      double most = -Math.log(level.beyond()) / drawn() * left(seen, all);
      return new Interval(0, Math.min(all.p90(), (long) Math.ceil(most * all.p50())));
    }
    double scale = all.p50() / seen;
    double cautious =
        days.stream().mapToDouble(day -> day.records() * day.cautiousShare()).sum() / seen;
    double within = days.stream().mapToDouble(Day::variance).sum();
    double variance = (within + between(share, scale)) / (seen * seen);
    if (variance == 0) {
      return Interval.of(share, share, all);
    }
    double size = cautious * (1 - cautious) / variance;
    double square = level.deviations() * level.deviations();
    double middle = (share + square / (2 * size)) / (1 + square / size);
    double half =
        Math.sqrt(square * share * (1 - share) / size + square * square / (4 * size * size))
            / (1 + square / size);
    return Interval.of(middle - half, middle + half, all);
  }

  /** How much of it all was not looked at. */
  private double left(double seen, Spread all) {
    return all.p50() > seen ? 1 : Math.max(0, 1 - drawn() / Math.max(seen, (double) drawn()));
  }

  /**
   * How sure one wants to be.
   *
   * @param deviations how many standard deviations that is on either side
   * @param beyond the share of cases beyond either side
   */
  private record Level(double deviations, double beyond) {}

  /** From {@code low} to {@code high}, both inclusive. */
  record Interval(long low, long high) {
    private static Interval of(double low, double high, Spread all) {
      return new Interval(
          (long) Math.floor(Math.max(0, low) * all.p50()),
          Math.min(all.p90(), (long) Math.ceil(high * all.p50())));
    }

    boolean contains(long value) {
      return low <= value && value <= high;
    }
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
