package dev.historics.schedule.store;

import java.nio.file.Path;
import org.sqlite.SQLiteException;

/** Says in an operator's words what went wrong with a database, and what to do. */
final class SqliteTroubles {
  private SqliteTroubles() {}

  static StateStoreException of(Path file, Throwable trouble) {
    for (Throwable cause = trouble; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLiteException sqlite) {
        return new StateStoreException(words(file, sqlite), trouble);
      }
    }
    return new StateStoreException(
        "state database %s: %s".formatted(file, trouble.getMessage()), trouble);
  }

  private static String words(Path file, SQLiteException trouble) {
    // The low byte is the kind; the rest are details.
    int kind = trouble.getResultCode().code & 0xff;
    return switch (kind) {
      case 5, 6 ->
          "state database %s: another process has held it for too long; try again, or find out what hangs"
              .formatted(file);
      case 8 ->
          "state database %s cannot be written; check the rights on it and on its folder"
              .formatted(file);
      case 10 ->
          "state database %s: reading or writing it failed (%s); check the disk"
              .formatted(file, trouble.getResultCode());
      case 11 ->
          "state database %s is damaged; restore it from a backup, or recover what can be read with 'sqlite3 %s .recover'"
              .formatted(file, file);
      case 13 ->
          "state database %s: no space left on its disk; nothing was changed: free some space and try again"
              .formatted(file);
      case 14 ->
          "state database %s cannot be opened; check that its folder exists and the rights on it"
              .formatted(file);
      case 26 ->
          "%s is not a state database; check the path, or restore it from a backup".formatted(file);
      default -> "state database %s: %s".formatted(file, trouble.getMessage());
    };
  }
}
