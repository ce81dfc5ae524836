package dev.historics.archive;

/**
 * A record that cannot be an interaction. The message is the reason a person reads in the
 * quarantine: what was expected, what was found.
 */
public final class RejectedRecordException extends Exception {
  private static final long serialVersionUID = 1L;

  public RejectedRecordException(String reason) {
    super(reason);
  }
}
