package dev.historics.schedule;

/** What was asked of a query makes no sense where it stands now; nothing was changed. */
public final class NotPossibleException extends Exception {
  private static final long serialVersionUID = 1L;

  NotPossibleException(String message) {
    super(message);
  }
}
