package dev.historics.archive.parquet;

import java.util.Optional;
import org.apache.parquet.format.Encoding;

/**
 * A data page that is ready to be written, or one whose values are still numbers of a dictionary
 * that may be given up. Not changed once made.
 */
final class Page {
  final int rows;

  /** Values and nulls. */
  final int entries;

  final int values;
  final Encoding encoding;

  /** Its bytes before compression. */
  final int plainBytes;

  /** The bytes that are stored; those before compression where that gains nothing. */
  final byte[] stored;

  private final PageBounds bounds;

  Page(
      int rows,
      int entries,
      int values,
      Encoding encoding,
      int plainBytes,
      byte[] stored,
      Optional<PageBounds> bounds) {
    this.rows = rows;
    this.entries = entries;
    this.values = values;
    this.encoding = encoding;
    this.plainBytes = plainBytes;
    this.stored = stored;
    this.bounds = bounds.orElse(null);
  }

  /** The same page, its bytes compressed. */
  Page storedAs(byte[] compressed) {
    return new Page(rows, entries, values, encoding, plainBytes, compressed, bounds());
  }

  /** The same page with other bounds. */
  Page within(Optional<PageBounds> others) {
    return new Page(rows, entries, values, encoding, plainBytes, stored, others);
  }

  int nulls() {
    return entries - values;
  }

  boolean isCompressed() {
    return stored.length < plainBytes;
  }

  /** Empty if it has no value, or none that can be compared. */
  Optional<PageBounds> bounds() {
    return Optional.ofNullable(bounds);
  }
}
