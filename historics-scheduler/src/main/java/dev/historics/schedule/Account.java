package dev.historics.schedule;

import java.util.Objects;

/**
 * What was done for a user, a group of users, or everybody, and where they stand because of it.
 *
 * @param name of the user or group; empty for everybody
 * @param chargedSeconds the work done, in seconds that were expected of it
 * @param mark whose is lowest among those who share is next; grows by what they are charged
 * @param level the mark, among those who share in this, of who had the last turn
 * @param due when it is to have a turn at the latest, in rounds; for everybody, the rounds there
 *     were
 * @param since the number of the query that made it wait
 * @param at when it was last charged, in dispatching time, in milliseconds
 */
public record Account(
    Kind kind,
    String name,
    double chargedSeconds,
    double mark,
    double level,
    double due,
    long since,
    long at) {
  public Account {
    Objects.requireNonNull(kind);
    Objects.requireNonNull(name);
  }

  /** Whose it is. */
  public enum Kind {
    EVERYBODY,
    GROUP,
    USER
  }
}
