package dev.historics.schedule;

/** There is no query of that id. */
public final class NotFoundException extends Exception {
  private static final long serialVersionUID = 1L;

  NotFoundException(QueryId id) {
    super("there is no query %s; 'queue' lists the ones there are".formatted(id));
  }
}
