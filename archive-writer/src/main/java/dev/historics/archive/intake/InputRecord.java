package dev.historics.archive.intake;

/** One record as it stood in the input, good or refused. */
final class InputRecord {
  private final long line;
  private final long offset;
  private final byte[] bytes;
  private final String refusal;

  /**
   * @param line where it starts, from 1
   * @param offset where it starts, in bytes after decompression
   * @param bytes the record without its line end, or only its head if it is too large; not copied
   * @param refusal why it is no record; empty if it is one
   */
  InputRecord(long line, long offset, byte[] bytes, String refusal) {
    this.line = line;
    this.offset = offset;
    this.bytes = bytes;
    this.refusal = refusal;
  }

  long line() {
    return line;
  }

  long offset() {
    return offset;
  }

  /** Not to be changed. */
  byte[] bytes() {
    return bytes;
  }

  String refusal() {
    return refusal;
  }

  boolean isWhole() {
    return refusal.isEmpty();
  }

  InputRecord refused(String reason) {
    return new InputRecord(line, offset, bytes, reason);
  }
}
