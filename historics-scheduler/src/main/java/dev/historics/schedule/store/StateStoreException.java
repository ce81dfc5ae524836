package dev.historics.schedule.store;

import java.io.IOException;

/** The state cannot be used: what happened, to which file, and what to do about it. */
public final class StateStoreException extends IOException {
  private static final long serialVersionUID = 1L;

  StateStoreException(String message) {
    super(message);
  }

  StateStoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
