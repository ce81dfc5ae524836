package dev.historics.schedule.simulation;

/**
 * What made-up users ask for: 35 in 100 queries one day, 35 a week, 25 a month, 5 up to half a
 * year.
 *
 * @param users how many there are
 * @param skew how unequal: the user of rank r asks in proportion to r to the power of minus {@code
 *     skew}
 * @param load the work asked for over what the cluster can do in that time if nothing is shared
 * @param length over what time, in chunks
 * @param dumps how many queries of the whole archive the first user adds, all at chunk {@value
 *     #DUMP_AT}
 * @param burst how many times the usual rate queries come at in one tenth of the time; at most 10
 */
public record Demand(int users, double skew, double load, double length, int dumps, double burst) {
  static final int DUMP_AT = 50;
  static final double BURST_MAX = 10;

  public Demand {
    if (users < 1 || !(skew >= 0) || !(load > 0) || !(length > 0) || dumps < 0) {
      throw new IllegalArgumentException(
          "a demand needs at least 1 user, a skew of at least 0, a load and a length over 0 and no negative dumps, got %d, %s, %s, %s, %d"
              .formatted(users, skew, load, length, dumps));
    }
    if (!(burst >= 1 && burst <= BURST_MAX)) {
      throw new IllegalArgumentException("a burst is from 1 to 10 times the rate, got " + burst);
    }
  }

  /**
   * The moment at which a share of all queries has come: evenly, or in bursts.
   *
   * @param share from 0 to 1
   * @return from 0 to 1
   */
  double moment(double share) {
    double period = share * PERIODS;
    double whole = Math.floor(period);
    double part = period - whole;
    double inBurst = burst * BURST_SHARE;
    double passed =
        part < inBurst
            ? part / inBurst * BURST_SHARE
            : BURST_SHARE + (part - inBurst) / (1 - inBurst) * (1 - BURST_SHARE);
    return Math.min(1, (whole + passed) / PERIODS);
  }

  private static final int PERIODS = 20;
  private static final double BURST_SHARE = 0.1;
}
