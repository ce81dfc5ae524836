package dev.historics.schedule.store;

import dev.historics.schedule.StateStore;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The scheduler's state in one SQLite file in WAL mode. A change is on the disk when its commit
 * returns. Beside the file lie SQLite's own {@code -wal} and {@code -shm}; {@code .lead}, which the
 * leading dispatcher holds locked; and {@code .made}, which says that there once was a database, so
 * that one that is lost is missed and not made anew.
 */
public final class SqliteStore {
  private SqliteStore() {}

  /**
   * Opens the state, and makes it where there is none.
   *
   * @param file in a folder that exists
   * @throws StateStoreException if it cannot be used; the message says what to do
   */
  public static StateStore open(Path file) throws IOException {
    return new SqlStore(SqliteDatabase.open(file, Database.PATIENCE));
  }
}
