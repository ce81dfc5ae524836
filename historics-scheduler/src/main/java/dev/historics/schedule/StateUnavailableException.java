package dev.historics.schedule;

import java.io.IOException;

/**
 * The state cannot be reached now, or what this process held of it was lost: a server went down, a
 * connection broke, another process leads. Asking again later may work. Of a commit that ended so
 * it is not known whether it was made.
 */
public final class StateUnavailableException extends IOException {
  private static final long serialVersionUID = 1L;

  public StateUnavailableException(String message) {
    super(message);
  }

  public StateUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
