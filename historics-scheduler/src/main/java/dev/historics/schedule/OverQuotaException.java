package dev.historics.schedule;

/** A query that a quota would never let run; the message says which and what to do. */
public final class OverQuotaException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  OverQuotaException(String message) {
    super(message);
  }
}
