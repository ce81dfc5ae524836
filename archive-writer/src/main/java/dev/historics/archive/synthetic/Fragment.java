package dev.historics.archive.synthetic;

import java.nio.charset.StandardCharsets;

/** A piece of a JSON text in UTF-8. Never changes; shared by threads. */
final class Fragment {
  private final byte[] bytes;

  /**
   * @param bytes handed over, not copied
   */
  Fragment(byte[] bytes) {
    this.bytes = bytes;
  }

  static Fragment of(String text) {
    return new Fragment(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Not to be changed. */
  byte[] bytes() {
    return bytes;
  }

  boolean isEmpty() {
    return bytes.length == 0;
  }
}
