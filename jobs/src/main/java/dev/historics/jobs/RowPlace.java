package dev.historics.jobs;

import dev.historics.archive.augment.Partner;

/**
 * Where a value of a target stands. The text form sorts as the rows of each day do, and has one
 * length.
 *
 * @param day its number in the plan
 * @param file which of the version's files, counted from 0
 * @param row its place in the file, counted from 0
 * @param value which of the row's values, counted from 0
 */
record RowPlace(int day, int file, long row, int value) {
  /** Days, files, rows and values that fit into the text form. */
  static final int DAYS_MAX = 1 << 24;

  static final int FILES_MAX = 1 << 16;
  static final int VALUES_MAX = 1 << 8;

  private static final int RADIX = 16;
  private static final int DAY_DIGITS = 6;
  private static final int FILE_END = DAY_DIGITS + 4;
  private static final int ROW_END = FILE_END + 10;

  RowPlace {
    if (day < 0 || day >= DAYS_MAX || file < 0 || file >= FILES_MAX) {
      throw new IllegalArgumentException(
          "expected less than %d days of less than %d files each, got number %d of %d"
              .formatted(DAYS_MAX, FILES_MAX, file, day));
    }
    if (row < 0 || value < 0 || value >= VALUES_MAX) {
      throw new IllegalArgumentException("no place: value %d of row %d".formatted(value, row));
    }
  }

  String text() {
    return dayText(day) + "%04x%010x%02x".formatted(file, row, value);
  }

  /** What the texts of all places of a day begin with. */
  static String dayText(int day) {
    return "%06x".formatted(day);
  }

  static RowPlace parse(String text) {
    return new RowPlace(
        Integer.parseInt(text, 0, DAY_DIGITS, RADIX),
        Integer.parseInt(text, DAY_DIGITS, FILE_END, RADIX),
        Long.parseLong(text, FILE_END, ROW_END, RADIX),
        Integer.parseInt(text, ROW_END, text.length(), RADIX));
  }

  Partner partner(String values) {
    return new Partner(file, row, values);
  }
}
