package dev.historics.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/**
 * The process's standard output. A {@link java.io.PrintStream} above it swallows every failure;
 * here the first one is kept, so that an answer that did not arrive is not called a success.
 */
final class StandardOutput extends OutputStream {
  private final OutputStream out;
  private IOException failure;

  StandardOutput(OutputStream out) {
    this.out = out;
  }

  /** Why not everything arrived; a reader who went away because he has seen enough is no reason. */
  Optional<IOException> failure() {
    return Optional.ofNullable(failure)
        .filter(e -> e.getMessage() == null || !e.getMessage().contains("Broken pipe"));
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      out.write(bytes, offset, length);
    } catch (IOException e) {
      if (failure == null) {
        failure = e;
      }
      throw e;
    }
  }
}
