package dev.historics.archive;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One UTC day of one source: the unit that the archive publishes, reads and rewrites.
 *
 * @param source lower-case letters, digits and underscores, at most 32, such as {@code twitter}
 * @param day from 1970-01-01 to 9999-12-31
 */
public record SourceDay(String source, LocalDate day) implements Comparable<SourceDay> {
  /** Names with another meaning in an interaction or in a sealed file. */
  private static final Set<String> RESERVED =
      Set.of("interaction", "language", "links", "id", "created_at", "bucket", "raw");

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_]{0,31}");
  private static final Pattern DIRECTORY =
      Pattern.compile("source=([^/]*)/day=(\\d{4}-\\d{2}-\\d{2})");
  private static final Comparator<SourceDay> ORDER =
      Comparator.comparing(SourceDay::source).thenComparing(SourceDay::day);

  public SourceDay {
    requireSource(source);
    Objects.requireNonNull(day);
    if (day.getYear() < 1970 || day.getYear() > 9999) {
      throw new IllegalArgumentException(
          "expected a day from 1970-01-01 to 9999-12-31, got %s".formatted(day));
    }
  }

  /**
   * {@code name} itself, if a source may have it.
   *
   * @throws IllegalArgumentException if not
   */
  public static String requireSource(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "expected a source such as 'twitter' (a-z, 0-9 and _, at most 32), got '%s'"
              .formatted(name));
    }
    if (RESERVED.contains(name)) {
      throw new IllegalArgumentException(
          "'%s' cannot name a source: it has another meaning in an interaction".formatted(name));
    }
    return name;
  }

  /** The place of the day below the archive's root: {@code source=twitter/day=2017-08-05}. */
  public String directory() {
    return "source=%s/day=%s".formatted(source, day);
  }

  /**
   * The day whose {@link #directory} this is.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static SourceDay parse(String directory) {
    Matcher parts = DIRECTORY.matcher(directory);
    if (parts.matches()) {
      try {
        return new SourceDay(parts.group(1), LocalDate.parse(parts.group(2)));
      } catch (DateTimeException e) {
        throw unexpected(directory, e);
      }
    }
    throw unexpected(directory, null);
  }

  private static IllegalArgumentException unexpected(String directory, Exception cause) {
    return new IllegalArgumentException(
        "expected a directory such as 'source=twitter/day=2017-08-05', got '%s'"
            .formatted(directory),
        cause);
  }

  @Override
  public int compareTo(SourceDay other) {
    return ORDER.compare(this, other);
  }

  /** The day as people read it: {@code twitter 2017-08-05}. */
  @Override
  public String toString() {
    return source + " " + day;
  }
}
