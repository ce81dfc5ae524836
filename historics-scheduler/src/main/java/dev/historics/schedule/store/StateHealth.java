package dev.historics.schedule.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.sqlite.SQLiteConfig;

/**
 * What a look at a state database found; looking makes and changes nothing.
 *
 * @param version of its tables; 0 if there are none yet
 * @param newest the version that this program makes of them
 * @param clock what the database's machine has for the time; empty where that is this machine
 */
public record StateHealth(int version, int newest, Optional<Instant> clock) {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /**
   * Looks at a database in a file.
   *
   * @throws StateStoreException if it cannot be used; the message says what to do
   */
  public static StateHealth of(Path file) throws IOException {
    if (!Files.exists(file)) {
      return new StateHealth(0, SqliteSchema.VERSION, Optional.empty());
    }
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    config.setBusyTimeout((int) PATIENCE.toMillis());
    try (Handle handle =
        Jdbi.create(() -> config.createConnection(SqliteDatabase.url(file))).open()) {
      // Whether it is one of ours, of a version that this program knows, is told by an exception.
      SqliteSchema.outdated(file, handle);
      return new StateHealth(SqliteSchema.version(handle), SqliteSchema.VERSION, Optional.empty());
    } catch (JdbiException e) {
      throw SqliteTroubles.of(file, e);
    }
  }

  /**
   * Looks at a database on a server.
   *
   * @throws StateStoreException if it cannot be used; the message says what to do
   * @throws dev.historics.schedule.StateUnavailableException if the server cannot be reached
   */
  public static StateHealth of(PostgresAddress address) throws IOException {
    try (Handle handle = PostgresDatabase.connect(address, PATIENCE, PATIENCE)) {
      int version = PostgresSchema.version(address, handle);
      Instant clock = handle.createQuery("SELECT clock_timestamp()").mapTo(Instant.class).one();
      return new StateHealth(version, SqliteSchema.VERSION, Optional.of(clock));
    } catch (JdbiException e) {
      throw PostgresTroubles.of(address, e);
    }
  }
}
