package dev.historics.archive;

import java.time.LocalDate;

/**
 * What an archive has of one source-day, as people see it.
 *
 * @param records interactions
 * @param bytes as stored, without sidecars
 * @param files data files
 * @param coverage the share of the 24 UTC hours that have data, 0 to 1
 */
public record DaySummary(
    String source,
    LocalDate day,
    long records,
    long bytes,
    int files,
    State state,
    double coverage) {
  private static final int HOURS = 24;

  /** What a day's files are, or why it has none. */
  public enum State {
    /** Some of the day is still in the order of arrival. */
    LANDING,
    /** All of the day is sorted into columns. */
    SEALED,
    /** There was something, and nothing of it is left: it was taken down. */
    EMPTY,
    /** Retention dropped what there was. */
    DROPPED
  }

  private static State state(Manifest manifest) {
    if (manifest.files().isEmpty()) {
      return manifest.expired() > 0 ? State.DROPPED : State.EMPTY;
    }
    return manifest.hasLanding() ? State.LANDING : State.SEALED;
  }

  /** The summary of one version, out of the manifest alone. */
  public static DaySummary of(Manifest manifest) {
    int hoursWithData = 0;
    for (int hour = 0; hour < HOURS; hour++) {
      int at = hour;
      if (manifest.files().stream().anyMatch(file -> file.hours().get(at) > 0)) {
        hoursWithData++;
      }
    }
    return new DaySummary(
        manifest.day().source(),
        manifest.day().day(),
        manifest.rows(),
        manifest.bytes(),
        manifest.files().size(),
        state(manifest),
        (double) hoursWithData / HOURS);
  }
}
