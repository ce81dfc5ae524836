package dev.historics.archive.parquet;

import com.github.luben.zstd.Zstd;

/**
 * How the pages of a column are made.
 *
 * @param dictionary whether values may be written as numbers of a dictionary's entries
 * @param bounds whether the least and the greatest value are noted
 * @param zstdLevel of the compression of its pages
 * @param pageBytes a page ends at the first row after so many bytes of values as they came
 * @param pageRows a page has at most so many rows
 */
public record ColumnSettings(
    Dictionary dictionary, Bounds bounds, int zstdLevel, int pageBytes, int pageRows) {
  /** Whether a column may have a dictionary. */
  public enum Dictionary {
    /** Each row group has one if the pages become smaller by it. */
    TRY,
    NEVER
  }

  /** Whether a column has statistics beside the number of nulls. */
  public enum Bounds {
    NOTED,
    NONE
  }

  /** For a column of which nothing is known. */
  public static final ColumnSettings STANDARD =
      new ColumnSettings(Dictionary.TRY, Bounds.NOTED, 3, 256 * 1024, 16 * 1024);

  public ColumnSettings {
    if (zstdLevel < Zstd.minCompressionLevel() || zstdLevel > Zstd.maxCompressionLevel()) {
      throw new IllegalArgumentException(
          "expected a zstd level from %d to %d, got %d"
              .formatted(Zstd.minCompressionLevel(), Zstd.maxCompressionLevel(), zstdLevel));
    }
    if (pageBytes < 1 || pageRows < 1) {
      throw new IllegalArgumentException(
          "a page needs at least 1 byte and 1 row, got %d and %d".formatted(pageBytes, pageRows));
    }
  }

  /** The same without a dictionary. */
  public ColumnSettings withoutDictionary() {
    return new ColumnSettings(Dictionary.NEVER, bounds, zstdLevel, pageBytes, pageRows);
  }

  /** The same without the least and the greatest value. */
  public ColumnSettings withoutBounds() {
    return new ColumnSettings(dictionary, Bounds.NONE, zstdLevel, pageBytes, pageRows);
  }

  /** The same with another level of compression. */
  public ColumnSettings withZstdLevel(int level) {
    return new ColumnSettings(dictionary, bounds, level, pageBytes, pageRows);
  }

  /** The same with pages of another size. */
  public ColumnSettings withPages(int bytes, int rows) {
    return new ColumnSettings(dictionary, bounds, zstdLevel, bytes, rows);
  }
}
