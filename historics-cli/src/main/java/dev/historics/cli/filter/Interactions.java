package dev.historics.cli.filter;

import dev.historics.archive.RecordMapper;
import dev.historics.archive.RejectedRecordException;
import java.util.Arrays;

/** Makes interactions of lines. Owned by one thread. */
@FunctionalInterface
public interface Interactions {
  /**
   * The interaction that a line is or describes.
   *
   * @throws RejectedRecordException if it is none; says why
   */
  Slice of(Slice line) throws RejectedRecordException;

  /** For lines that are interactions already. */
  static Interactions asTheyAre() {
    return line -> line;
  }

  /** For records of a source. */
  static Interactions mapped(RecordMapper mapper) {
    return line -> {
      byte[] record =
          Arrays.copyOfRange(line.bytes(), line.offset(), line.offset() + line.length());
      byte[] raw = mapper.map(record).raw();
      return new Slice(raw, 0, raw.length);
    };
  }
}
