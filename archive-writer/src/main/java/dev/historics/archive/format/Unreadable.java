package dev.historics.archive.format;

import java.io.IOException;

/** What is said of a data file that the libraries below cannot read, whatever they throw. */
final class Unreadable {
  private Unreadable() {}

  static IOException file(String path, Exception cause) {
    return new IOException(
        "%s: cannot be read; 'archive verify' tells whether it is damaged: %s"
            .formatted(path, cause.getMessage()),
        cause);
  }
}
