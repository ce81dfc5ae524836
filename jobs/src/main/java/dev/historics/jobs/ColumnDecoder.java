package dev.historics.jobs;

import dev.historics.archive.parquet.NumberReader;
import dev.historics.archive.parquet.TextReader;
import dev.historics.filter.Column;
import dev.historics.filter.FloatColumn;
import dev.historics.filter.GeoColumn;
import dev.historics.filter.IntColumn;
import dev.historics.filter.TextColumn;
import java.io.IOException;

/** Decodes the column of one target, batch by batch. Owned by one thread. */
interface ColumnDecoder {
  /** Some rows; what was decoded before is no longer valid. */
  Column decode(int firstRow, int rows) throws IOException;

  /** A decoder for text. */
  static ColumnDecoder text(TextReader reader) {
    return (firstRow, rows) -> {
      reader.read(firstRow, rows);
      return reader.hasDictionary()
          ? TextColumn.dictionary(
              reader.rowStarts(),
              reader.ids(),
              reader.bytes(),
              reader.starts(),
              reader.lengths(),
              reader.entries())
          : TextColumn.plain(reader.rowStarts(), reader.bytes(), reader.starts(), reader.lengths());
    };
  }

  /** A decoder for whole numbers. */
  static ColumnDecoder integers(NumberReader reader) {
    return (firstRow, rows) -> {
      reader.read(firstRow, rows);
      return new IntColumn(reader.rowStarts(), reader.longs());
    };
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
