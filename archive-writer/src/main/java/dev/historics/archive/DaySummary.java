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

  /** Whether all of the day is sorted into columns. */
  public enum State {
    LANDING,
    SEALED
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
        manifest.hasLanding() ? State.LANDING : State.SEALED,
        (double) hoursWithData / HOURS);
  }
}
