package dev.historics.archive;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether the archive has all of a source-day.
 *
 * @param records interactions
 * @param hoursDue how many of the day's 24 UTC hours have begun
 * @param missingHours those of them that have no interaction, ascending
 * @param files what the day's files are; {@code EMPTY} if there is no such day
 */
public record DayCoverage(
    SourceDay day,
    State state,
    long records,
    int hoursDue,
    List<Integer> missingHours,
    DaySummary.State files) {
  private static final int HOURS = 24;
  private static final long HOUR_MILLIS = Duration.ofHours(1).toMillis();

  /** How much of a day is there, or why nothing is. */
  public enum State {
    /** Every hour that has begun has interactions. */
    COMPLETE,
    /** Some hours have none. */
    GAPS,
    /** Whatever there was, was taken down. */
    EMPTY,
    /** Retention dropped it. */
    DROPPED,
    /** Nothing was ever imported. */
    MISSING
  }

  public DayCoverage {
    missingHours = List.copyOf(missingHours);
  }

  /**
   * That of one day.
   *
   * @param newest empty if the archive has no such day
   * @param now an hour that begins later is not missing
   */
  public static DayCoverage of(SourceDay day, Optional<Manifest> newest, Instant now) {
    Instant start = day.day().atStartOfDay(ZoneOffset.UTC).toInstant();
    long begun = -Math.floorDiv(-Duration.between(start, now).toMillis(), HOUR_MILLIS);
    int due = (int) Math.max(0, Math.min(HOURS, begun));
    List<Integer> missing = new ArrayList<>();
    for (int hour = 0; hour < due; hour++) {
      int at = hour;
      boolean hasData =
          newest.stream()
              .flatMap(manifest -> manifest.files().stream())
              .anyMatch(file -> file.hours().get(at) > 0);
      if (!hasData) {
        missing.add(hour);
      }
    }
    DaySummary.State files =
        newest.map(DaySummary::of).map(DaySummary::state).orElse(DaySummary.State.EMPTY);
    return new DayCoverage(
        day,
        newest.isEmpty() ? State.MISSING : state(files, missing),
        newest.map(Manifest::rows).orElse(0L),
        due,
        missing,
        files);
  }

  private static State state(DaySummary.State files, List<Integer> missing) {
    return switch (files) {
      case DROPPED -> State.DROPPED;
      case EMPTY -> State.EMPTY;
      case LANDING, SEALED -> missing.isEmpty() ? State.COMPLETE : State.GAPS;
    };
  }

  /**
   * All days of a source in a range, those that the archive has not among them.
   *
   * @param last inclusive
   */
  public static List<DayCoverage> of(
      Archive archive, String source, LocalDate first, LocalDate last) throws IOException {
    List<DayCoverage> days = new ArrayList<>();
    Instant now = archive.clock().instant();
    for (LocalDate date = first; !date.isAfter(last); date = date.plusDays(1)) {
      SourceDay day = new SourceDay(source, date);
      days.add(of(day, archive.newest(day), now));
    }
    return days;
  }

  /** The share of the hours that have begun which have interactions, 0 to 1. */
  public double share() {
    return hoursDue == 0 || state == State.MISSING
        ? 0
        : (double) (hoursDue - missingHours.size()) / hoursDue;
  }

  /** The hours without data as people write them, such as {@code 03-05 17}; may be empty. */
  public String missingHoursText() {
    List<String> ranges = new ArrayList<>();
    for (int i = 0; i < missingHours.size(); ) {
      int end = i;
      while (end + 1 < missingHours.size()
          && missingHours.get(end + 1) == missingHours.get(end) + 1) {
        end++;
      }
      int first = missingHours.get(i);
      int last = missingHours.get(end);
      ranges.add(first == last ? "%02d".formatted(first) : "%02d-%02d".formatted(first, last));
      i = end + 1;
    }
    return String.join(" ", ranges);
  }
}
