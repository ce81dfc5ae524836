package dev.historics.cli.filter;

/** Some whole lines of an input; the last one of an input may lack its line end. */
final class Block {
  private final byte[] bytes;
  private final int length;

  /**
   * @param bytes the lines are in {@code [0, length)}; used again once they were handed over
   */
  Block(byte[] bytes, int length) {
    this.bytes = bytes;
    this.length = length;
  }

  /** Not to be changed. */
  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }
}
