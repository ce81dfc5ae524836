package dev.historics.schedule.store;

import java.nio.file.Path;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.callback.Callback;
import org.jdbi.v3.core.Handle;

/** The version of the tables, kept in the file's header so that looking at it costs nothing. */
final class SqliteSchema {
  /** What the newest migration sets. */
  static final int VERSION = 9;

  /** The four letters HIST, by which the file is known to be ours. */
  private static final int APPLICATION = 0x48495354;

  /** Where migrations are remembered, made in a transaction of its own before the first of them. */
  private static final String HISTORY = "flyway_schema_history";

  private SqliteSchema() {}

  /** Whether migrations have to run before the file can be used. */
  static boolean outdated(Path file, Handle handle) throws StateStoreException {
    int version = version(handle);
    if (version > VERSION) {
      throw newer(file.toString(), version);
    }
    if (pragma(handle, "application_id") != APPLICATION && !unmade(handle)) {
      throw new StateStoreException(
          "%s is an SQLite database, but not a state database; check the path".formatted(file));
    }
    return version < VERSION;
  }

  /** The version of the tables in a file; 0 if there are none. */
  static int version(Handle handle) {
    return pragma(handle, "user_version");
  }

  /** Whether nothing is in it, or nothing but the beginnings of one that was to be made. */
  private static boolean unmade(Handle handle) {
    return handle
            .createQuery("SELECT count(*) FROM sqlite_schema WHERE tbl_name <> :history")
            .bind("history", HISTORY)
            .mapTo(Integer.class)
            .one()
        == 0;
  }

  static StateStoreException newer(String database, int version) {
    return new StateStoreException(
        "state database %s has version %d, this program knows versions up to %d; use the newer program"
            .formatted(database, version, VERSION));
  }

  private static int pragma(Handle handle, String name) {
    return handle.createQuery("PRAGMA " + name).mapTo(Integer.class).one();
  }

  /**
   * Runs all migrations that are missing in one transaction: who is killed in it leaves what the
   * former program can still open.
   *
   * @param onlookers told of each step
   */
  static void migrate(Path file, Callback... onlookers) throws StateStoreException {
    try {
      Flyway.configure()
          .dataSource(SqliteDatabase.url(file), "", "")
          .locations("classpath:dev/historics/schedule/store")
          .table(HISTORY)
          .group(true)
          .callbacks(onlookers)
          .loggers("slf4j")
          .load()
          .migrate();
    } catch (FlywayException e) {
      throw SqliteTroubles.of(file, e);
    }
  }
}
