package dev.historics.archive.intake;

/** One record as it stood in the input, good or refused. */
final class InputRecord {
  private final long line;
  private final long offset;
  private final byte[] bytes;
  private final String refusal;
  private final boolean canBeRetried;

  /**
   * @param line where it starts, from 1
   * @param offset where it starts, in bytes after decompression
   * @param bytes the record without its line end, or only its head if it is too large; not copied
   * @param refusal why it is no record; empty if it is one
   */
  InputRecord(long line, long offset, byte[] bytes, String refusal) {
    this(line, offset, bytes, refusal, false);
  }

  private InputRecord(long line, long offset, byte[] bytes, String refusal, boolean canBeRetried) {
    this.line = line;
    this.offset = offset;
    this.bytes = bytes;
    this.refusal = refusal;
    this.canBeRetried = canBeRetried;
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

  /** It is no record: only a piece of one, or nothing that a mapping could read. */
  InputRecord refused(String reason) {
    return new InputRecord(line, offset, bytes, reason);
  }

  /** It is a record, and its mapping makes nothing of it; another one may. */
  InputRecord rejected(String reason) {
    return new InputRecord(line, offset, bytes, reason, true);
  }

  /** It may not be kept; only its place is. */
  InputRecord forgotten(String reason) {
    return new InputRecord(line, offset, new byte[0], reason);
  }

  /** The record as it was before it was refused. */
  InputRecord again() {
    return new InputRecord(line, offset, bytes, "");
  }

  /** Whether a refused record may be taken later, by a better mapping. */
  boolean canBeRetried() {
    return canBeRetried;
  }
}
