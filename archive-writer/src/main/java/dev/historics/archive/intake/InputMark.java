package dev.historics.archive.intake;

/**
 * A place between two records of an input, and what tells whether an input is still the same before
 * it.
 *
 * @param offset in bytes after decompression
 * @param line the line that comes next, from 1
 * @param records how many are before it
 * @param sum the {@link PrefixSum} of all bytes before it
 */
record InputMark(long offset, long line, long records, long sum) {
  InputMark {
    if (offset < 0 || line < 1 || records < 0) {
      throw new IllegalArgumentException(
          "expected a place in an input, got byte %d, line %d, %d records"
              .formatted(offset, line, records));
    }
  }
}
