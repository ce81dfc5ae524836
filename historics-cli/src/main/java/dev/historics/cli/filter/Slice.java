package dev.historics.cli.filter;

/** Bytes {@code offset} to {@code offset + length} of an array that others may share. */
public final class Slice {
  private final byte[] bytes;
  private final int offset;
  private final int length;

  public Slice(byte[] bytes, int offset, int length) {
    this.bytes = bytes;
    this.offset = offset;
    this.length = length;
  }

  /** Not to be changed. */
  public byte[] bytes() {
    return bytes;
  }

  public int offset() {
    return offset;
  }

  public int length() {
    return length;
  }
}
