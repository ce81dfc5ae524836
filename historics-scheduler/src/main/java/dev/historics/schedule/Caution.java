package dev.historics.schedule;

/**
 * How carefully a chunk is tried again.
 *
 * @param deaths how many jobs have died as a whole with it and others aboard
 * @param partyMax how many chunks its next job may have, itself included; 0 for any number
 * @param notBefore the dispatching time before which it does not start; see {@link
 *     Counters#dispatchedMillis}
 */
public record Caution(int deaths, int partyMax, long notBefore) {
  /** Of a chunk that never made trouble. */
  public static final Caution NONE = new Caution(0, 0, 0);

  public Caution {
    if (deaths < 0 || partyMax < 0 || notBefore < 0) {
      throw new IllegalArgumentException(
          "caution needs numbers of at least 0, got %d, %d, %d"
              .formatted(deaths, partyMax, notBefore));
    }
  }

  Caution until(long dispatchedMillis) {
    return new Caution(deaths, partyMax, dispatchedMillis);
  }

  /** After a job died that had this many chunks: from the second time on, half as many. */
  Caution died(int party) {
    return new Caution(deaths + 1, deaths + 1 < 2 ? 0 : (party + 1) / 2, notBefore);
  }

  /** After a job with this many chunks ran for too long: half as many, at once. */
  Caution ranTooLong(int party) {
    return new Caution(deaths + 1, (party + 1) / 2, 0);
  }

  /** Whether it may have brought down the jobs that died, and is kept from others. */
  boolean suspect() {
    return partyMax > 0;
  }
}
