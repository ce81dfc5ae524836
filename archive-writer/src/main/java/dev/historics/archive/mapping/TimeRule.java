package dev.historics.archive.mapping;

import dev.historics.archive.RejectedRecordException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where a record tells when it happened, and in which ways it may be written; the first that fits
 * counts. Shared by threads.
 *
 * @param when what else a record that tells it has
 */
record TimeRule(
    String name, List<FieldPath> paths, List<TimeFormat> formats, List<Condition> when) {
  /** Moments from here to {@link #END} are believed; others are mistakes. */
  static final Instant FIRST = Instant.EPOCH;

  /** The first day of the year 2100. */
  static final Instant END = Instant.parse("2100-01-01T00:00:00Z");

  /** One that finds no time in any record. */
  static final TimeRule NONE = new TimeRule("", List.of(), List.of());

  TimeRule {
    paths = List.copyOf(paths);
    formats = List.copyOf(formats);
    when = List.copyOf(when);
  }

  /** A rule about all records. */
  TimeRule(String name, List<FieldPath> paths, List<TimeFormat> formats) {
    this(name, paths, formats, List.of());
  }

  /** Whether the record tells a time. */
  boolean isIn(Captured record) {
    return !paths.isEmpty()
        && Condition.areSo(when, record)
        && record.has(FieldValue.firstFilled(paths, record));
  }

  /** A handle of the value that tells the time. */
  int value(Captured record) throws RejectedRecordException {
    FieldPath path = FieldValue.firstFilled(paths, record);
    if (!record.has(path)) {
      throw new RejectedRecordException(NoValue.of(name, paths));
    }
    return record.first(path);
  }

  Instant parse(Captured record, int value) throws RejectedRecordException {
    String text = record.text(value);
    for (TimeFormat format : formats) {
      Optional<Instant> parsed = format.parse(text);
      if (parsed.isPresent()) {
        if (parsed.get().isBefore(FIRST) || !parsed.get().isBefore(END)) {
          throw rejected("from 1970 to 2099", record, value);
        }
        return parsed.get();
      }
    }
    List<String> descriptions = new ArrayList<>();
    formats.forEach(format -> descriptions.add(format.description()));
    throw rejected(String.join(" or ", descriptions), record, value);
  }

  private RejectedRecordException rejected(String expected, Captured record, int value) {
    FieldPath path = FieldValue.firstFilled(paths, record);
    String found = Excerpt.of(record.record(), record.start(value), record.end(value));
    return new RejectedRecordException(
        "%s: expected a time %s at '%s', found %s".formatted(name, expected, path.text(), found));
  }
}
