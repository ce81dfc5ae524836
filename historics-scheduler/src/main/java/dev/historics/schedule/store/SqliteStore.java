package dev.historics.schedule.store;

import dev.historics.schedule.StateStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The scheduler's state in one SQLite file in WAL mode. A change is on the disk when its commit
 * returns. Beside the file lie SQLite's own {@code -wal} and {@code -shm}; {@code .lead}, which the
 * leading dispatcher holds locked; and {@code .made}, which says that there once was a database, so
 * that one that is lost is missed and not made anew.
 */
public final class SqliteStore implements StateStore {
  private final Database database;

  private SqliteStore(Database database) {
    this.database = database;
  }

  /**
   * Opens the state, and makes it where there is none.
   *
   * @param file in a folder that exists
   * @throws StateStoreException if it cannot be used; the message says what to do
   */
  public static SqliteStore open(Path file) throws StateStoreException {
    return open(file, Database.PATIENCE);
  }

  /**
   * Opens the state, and makes it where there is none.
   *
   * @param patience how long to wait for others to finish writing
   */
  static SqliteStore open(Path file, Duration patience) throws StateStoreException {
    return new SqliteStore(Database.open(file, patience));
  }

  @Override
  public Session write() throws StateStoreException {
    return SqliteSession.begin(database.file(), database.handle(), "BEGIN IMMEDIATE");
  }

  @Override
  public Session read() throws StateStoreException {
    return SqliteSession.begin(database.file(), database.handle(), "BEGIN");
  }

  @Override
  public Optional<Lead> tryLead() throws StateStoreException {
    Path lead = database.beside(".lead");
    try {
      return FileLock.tryTake(lead).map(lock -> lock::close);
    } catch (IOException e) {
      throw new StateStoreException(
          "state database %s: the right to dispatch cannot be taken: %s; check the rights on %s"
              .formatted(database.file(), e.getMessage(), lead),
          e);
    }
  }

  @Override
  public void close() throws StateStoreException {
    database.close();
  }
}
