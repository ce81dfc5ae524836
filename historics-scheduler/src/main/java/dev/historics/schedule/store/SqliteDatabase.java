package dev.historics.schedule.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.sqlite.SQLiteConfig;

/** A connection to a state database in one file of this machine. */
final class SqliteDatabase implements Database {
  private final Path file;
  private final Handle handle;

  private SqliteDatabase(Path file, Handle handle) {
    this.file = file;
    this.handle = handle;
  }

  /**
   * Opens the database, and makes it where there is none.
   *
   * @param file in a folder that exists
   * @param patience how long to wait for others to finish writing
   * @throws StateStoreException if it cannot be used; the message says what to do
   */
  static SqliteDatabase open(Path file, Duration patience) throws StateStoreException {
    Path path = file.toAbsolutePath().normalize();
    checkPlace(path);
    if (!Files.exists(marker(path))) {
      prepare(path, patience);
    }
    checkNotLost(path);
    try {
      SqliteDatabase database = new SqliteDatabase(path, connect(path, patience));
      if (!database.outdated()) {
        return database;
      }
      database.close();
      prepare(path, patience);
      return new SqliteDatabase(path, connect(path, patience));
    } catch (SQLException | JdbiException e) {
      throw SqliteTroubles.of(path, e);
    }
  }

  private boolean outdated() throws StateStoreException {
    boolean good = false;
    try {
      boolean outdated = SqliteSchema.outdated(file, handle);
      good = true;
      return outdated;
    } finally {
      if (!good) {
        handle.close();
      }
    }
  }

  private static void checkPlace(Path file) throws StateStoreException {
    if (file.toString().indexOf('?') >= 0) {
      throw new StateStoreException(
          "state database %s: its path must not contain '?'; choose another one".formatted(file));
    }
    Path folder = file.getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new StateStoreException(
          "state database %s: expected its folder to exist; make the folder or choose another one"
              .formatted(file));
    }
    if (Files.isDirectory(file)) {
      throw new StateStoreException(
          "state database %s: expected a file, found a folder; check the path".formatted(file));
    }
  }

  private static void checkNotLost(Path file) throws StateStoreException {
    try {
      if (!Files.exists(file) || Files.size(file) == 0) {
        throw new StateStoreException(
            "state database %s is %s, but there was one; restore it from a backup, or remove %s to begin with an empty queue"
                .formatted(file, Files.exists(file) ? "empty" : "missing", marker(file)));
      }
    } catch (StateStoreException e) {
      throw e;
    } catch (IOException e) {
      throw new StateStoreException(
          "state database %s cannot be looked at: %s".formatted(file, e.getMessage()), e);
    }
  }

  /** Brings the tables up to date, one process at a time. */
  private static void prepare(Path file, Duration patience) throws StateStoreException {
    try {
      FileLock lock = FileLock.take(beside(file, ".lock"));
      try {
        prepareAlone(file, patience);
      } finally {
        lock.close();
      }
    } catch (SQLException | JdbiException e) {
      throw SqliteTroubles.of(file, e);
    } catch (StateStoreException e) {
      throw e;
    } catch (IOException e) {
      throw new StateStoreException(
          "state database %s cannot be made: %s; check the rights on its folder"
              .formatted(file, e.getMessage()),
          e);
    }
  }

  private static void prepareAlone(Path file, Duration patience) throws IOException, SQLException {
    boolean outdated;
    try (Handle handle = connect(file, patience)) {
      outdated = SqliteSchema.outdated(file, handle);
      handle.createQuery("PRAGMA journal_mode = WAL").mapTo(String.class).one();
    }
    if (outdated) {
      SqliteSchema.migrate(file);
    }
    if (!Files.exists(marker(file))) {
      Files.createFile(marker(file));
    }
  }

  private static Handle connect(Path file, Duration patience) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout((int) patience.toMillis());
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.enforceForeignKeys(true);
    // Made by a factory, the connection is closed with its handle.
    return Jdbi.create(() -> config.createConnection(url(file))).open();
  }

  static String url(Path file) {
    return "jdbc:sqlite:" + file;
  }

  private static Path beside(Path file, String ending) {
    return file.resolveSibling(file.getFileName() + ending);
  }

  private static Path marker(Path file) {
    return beside(file, ".made");
  }

  @Override
  public Handle handle() {
    return handle;
  }

  @Override
  public void beginWriting() throws StateStoreException {
    begin("BEGIN IMMEDIATE");
  }

  @Override
  public void beginReading() throws StateStoreException {
    begin("BEGIN");
  }

  private void begin(String how) throws StateStoreException {
    try {
      handle.execute(how);
    } catch (JdbiException e) {
      throw trouble(e);
    }
  }

  @Override
  public Optional<LeadLock> tryLock() throws StateStoreException {
    Path lead = beside(file, ".lead");
    try {
      return FileLock.tryTake(lead).map(SqliteLeadLock::new);
    } catch (IOException e) {
      throw new StateStoreException(
          "state database %s: the right to dispatch cannot be taken: %s; check the rights on %s"
              .formatted(file, e.getMessage(), lead),
          e);
    }
  }

  /** The kernel takes it back when the process dies, and never before. */
  private record SqliteLeadLock(FileLock lock) implements LeadLock {
    @Override
    public void check() {
      // A lock on a file is not lost.
    }

    @Override
    public void close() throws IOException {
      lock.close();
    }
  }

  @Override
  public StateStoreException trouble(Throwable cause) {
    return SqliteTroubles.of(file, cause);
  }

  @Override
  public void close() throws StateStoreException {
    try {
      handle.close();
    } catch (JdbiException e) {
      throw SqliteTroubles.of(file, e);
    }
  }
}
