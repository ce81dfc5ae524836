package dev.historics.cli.session;

import java.io.IOException;

/** Nobody takes the answer any more; what is left of it need not be made. */
public final class OutputClosedException extends IOException {
  private static final long serialVersionUID = 1L;

  OutputClosedException() {
    super("the standard output takes no more");
  }
}
