package dev.historics.archive.kill;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is to happen at kill points. Safe for use by many threads. */
final class Trap {
  private static final Pattern PLACE = Pattern.compile("([a-z.-]+):([1-9][0-9]{0,8})");

  /** What a shell says of a process that was killed. */
  private static final int KILLED = 137;

  private final String place;
  private final String record;
  private int left;

  private Trap(String place, int times, String record) {
    this.place = place;
    this.left = times;
    this.record = record;
  }

  static Trap fromSystemProperties() {
    return of(
        System.getProperty("historics.kill", ""), System.getProperty("historics.kill.record", ""));
  }

  /**
   * A trap as the properties describe it.
   *
   * @throws IllegalArgumentException if {@code kill} is not a place and a number
   */
  static Trap of(String kill, String record) {
    if (kill.isEmpty()) {
      return new Trap("", 0, record);
    }
    Matcher place = PLACE.matcher(kill);
    if (!place.matches()) {
      throw new IllegalArgumentException(
          "historics.kill: expected a place and a number such as 'import.after-day:2', found '%s'"
              .formatted(kill));
    }
    return new Trap(place.group(1), Integer.parseInt(place.group(2)), record);
  }

  boolean isSet() {
    return !place.isEmpty() || !record.isEmpty();
  }

  synchronized void enter(KillPoint point) {
    if (!record.isEmpty()) {
      note(point);
    }
    if (point.text().equals(place) && --left == 0) {
      Runtime.getRuntime().halt(KILLED);
    }
  }

  private void note(KillPoint point) {
    try {
      Files.writeString(
          Path.of(record),
          point.text() + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(record + ": cannot be written", e);
    }
  }
}
