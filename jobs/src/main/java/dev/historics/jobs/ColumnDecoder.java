package dev.historics.jobs;

import dev.historics.archive.parquet.NumberBounds;
import dev.historics.archive.parquet.NumberReader;
import dev.historics.archive.parquet.TextReader;
import dev.historics.filter.Column;
import dev.historics.filter.FloatColumn;
import dev.historics.filter.GeoColumn;
import dev.historics.filter.IntColumn;
import dev.historics.filter.TextColumn;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Decodes the column of one target, batch by batch. Owned by one thread. */
interface ColumnDecoder {
  /** Some rows; what was decoded before is no longer valid. */
  Column decode(int firstRow, int rows) throws IOException;

  /** Decodes values when they are asked for. */
  interface Late<C> {
    C decode() throws IOException;

    /** The same where only unchecked exceptions can go. */
    static <C> C unchecked(Late<C> late) {
      try {
        return late.decode();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** A decoder for text. A dictionary that holds nothing of interest spares its values. */
  static ColumnDecoder text(TextReader reader) {
    return (firstRow, rows) -> {
      if (!reader.hasDictionary()) {
        reader.read(firstRow, rows);
        return TextColumn.plain(
            reader.rowStarts(), reader.bytes(), reader.starts(), reader.lengths());
      }
      reader.prepare();
      return TextColumn.late(
          rows,
          reader.bytes(),
          reader.starts(),
          reader.lengths(),
          reader.entries(),
          () -> Late.unchecked(() -> entries(reader, firstRow, rows)));
    };
  }

  private static TextColumn entries(TextReader reader, int firstRow, int rows) throws IOException {
    reader.read(firstRow, rows);
    return TextColumn.dictionary(
        reader.rowStarts(),
        reader.ids(),
        reader.bytes(),
        reader.starts(),
        reader.lengths(),
        reader.entries());
  }

  /** A decoder for whole numbers. Bounds within which nothing of interest lies spare the values. */
  static ColumnDecoder integers(NumberReader reader) {
    return (firstRow, rows) -> {
      NumberBounds bounds = reader.bounds(firstRow, firstRow + rows).orElse(NumberBounds.ALL);
      return IntColumn.late(
          rows,
          bounds.least(),
          bounds.greatest(),
          () -> Late.unchecked(() -> numbers(reader, firstRow, rows)));
    };
  }

  private static IntColumn numbers(NumberReader reader, int firstRow, int rows) throws IOException {
    reader.read(firstRow, rows);
    return new IntColumn(reader.rowStarts(), reader.longs());
  }

  /** A decoder for numbers with a fraction. */
  static ColumnDecoder decimals(NumberReader reader) {
    return (firstRow, rows) -> {
      reader.read(firstRow, rows);
      return new FloatColumn(reader.rowStarts(), reader.doubles());
    };
  }

  /** A decoder for places. */
  static ColumnDecoder places(NumberReader latitudes, NumberReader longitudes) {
    return (firstRow, rows) -> {
      latitudes.read(firstRow, rows);
      longitudes.read(firstRow, rows);
      return new GeoColumn(latitudes.rowStarts(), latitudes.doubles(), longitudes.doubles());
    };
  }
}
