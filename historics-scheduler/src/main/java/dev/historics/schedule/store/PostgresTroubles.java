package dev.historics.schedule.store;

import dev.historics.schedule.StateUnavailableException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;

/** Says in an operator's words what went wrong with a server's database, and what to do. */
final class PostgresTroubles {
  /** Shut down, crashed, not yet started; idle for too long; too many connections. */
  private static final Set<String> AWAY =
      Set.of("57P01", "57P02", "57P03", "57P05", "25P03", "53300");

  private PostgresTroubles() {}

  static IOException of(PostgresAddress address, Throwable trouble) {
    Optional<SQLException> sql = sql(trouble);
    if (sql.isPresent() && isAway(sql.get())) {
      return new StateUnavailableException(
          "state database %s cannot be reached: %s; check that the server runs, and try again"
              .formatted(address.shown(), firstLine(sql.get())),
          trouble);
    }
    String words = sql.map(PostgresTroubles::words).orElseGet(() -> firstLine(trouble));
    return new StateStoreException(
        "state database %s: %s".formatted(address.shown(), words), trouble);
  }

  /** Whether the connection is gone, and another one may do. */
  static boolean isAway(Throwable trouble) {
    return sql(trouble).map(PostgresTroubles::isAway).orElse(false);
  }

  private static boolean isAway(SQLException trouble) {
    String state = state(trouble);
    return state.startsWith("08") || AWAY.contains(state);
  }

  private static Optional<SQLException> sql(Throwable trouble) {
    for (Throwable cause = trouble; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        return Optional.of(sql);
      }
    }
    return Optional.empty();
  }

  private static String words(SQLException trouble) {
    String said = firstLine(trouble);
    return switch (state(trouble)) {
      case "55P03", "57014" ->
          "another process has held it for too long; try again, or find out what hangs";
      case "53100" ->
          "no space left on the server's disk; nothing was changed: free some space and try again";
      case "25006" ->
          "the server takes no changes (%s); give the address of the primary".formatted(said);
      case "28000", "28P01" ->
          "the server refuses the user (%s); check state.user, and state.password or ~/.pgpass"
              .formatted(said);
      case "3D000" -> "%s; create it with 'createdb', or correct state.url".formatted(said);
      case "42501" -> "%s; grant the user its rights".formatted(said);
      case "22021" -> "a text with the character NUL cannot be kept there; remove it";
      case "XX001", "XX002" ->
          "the server reports damage (%s); restore it from a backup".formatted(said);
      default -> "%s (SQL state %s)".formatted(said, state(trouble));
    };
  }

  private static String state(SQLException trouble) {
    return trouble.getSQLState() == null ? "" : trouble.getSQLState();
  }

  static String firstLine(Throwable trouble) {
    return String.valueOf(trouble.getMessage())
        .strip()
        .lines()
        .findFirst()
        .orElse("no reason given");
  }
}
