package dev.historics.schedule.store;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.JdbiException;

/**
 * Texts by their hash, in the same database as the scheduler's state. Nothing is ever changed or
 * removed, so that what names a hash can rely on it. Used by one thread at a time, and by several
 * processes at once.
 */
public final class DefinitionStore implements AutoCloseable {
  private final Database database;

  DefinitionStore(Database database) {
    this.database = database;
  }

  /**
   * Opens the database, and makes it where there is none.
   *
   * @param file in a folder that exists
   * @throws StateStoreException if it cannot be used; the message says what to do
   */
  public static DefinitionStore open(Path file) throws IOException {
    return new DefinitionStore(SqliteDatabase.open(file, Database.PATIENCE));
  }

  /**
   * Opens the database, and makes its tables where there are none.
   *
   * @throws StateStoreException if it cannot be used; the message says what to do
   * @throws dev.historics.schedule.StateUnavailableException if the server cannot be reached
   */
  public static DefinitionStore open(PostgresAddress address) throws IOException {
    return new DefinitionStore(PostgresDatabase.open(address, Database.PATIENCE));
  }

  /**
   * Keeps a text, unless there is one with its hash. It is on the disk when this returns.
   *
   * @param hash 32 hexadecimal digits in lower case; who gives it vouches that it is the text's
   * @return whether it was not there before
   */
  public boolean put(String hash, String text, Instant compiledAt) throws IOException {
    if (!hash.matches("[0-9a-f]{32}")) {
      throw new IllegalArgumentException(
          "expected a hash of 32 hexadecimal digits in lower case, got '%s'".formatted(hash));
    }
    try {
      int added =
          database
              .handle()
              .createUpdate(
                  "INSERT INTO definitions VALUES (:hash, :text, :at) ON CONFLICT (hash) DO"
                      + " NOTHING")
              .bind("hash", hash)
              .bind("text", text)
              .bind("at", compiledAt.toString())
              .execute();
      return added == 1;
    } catch (JdbiException e) {
      throw database.trouble(e);
    }
  }

  /** The text with that hash, as it was first put. */
  public Optional<String> text(String hash) throws IOException {
    try {
      return database
          .handle()
          .createQuery("SELECT text FROM definitions WHERE hash = :hash")
          .bind("hash", hash)
          .mapTo(String.class)
          .findOne();
    } catch (JdbiException e) {
      throw database.trouble(e);
    }
  }

  @Override
  public void close() throws IOException {
    database.close();
  }
}
