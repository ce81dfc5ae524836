package dev.historics.schedule.store;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Handle;
import org.postgresql.ds.PGSimpleDataSource;

/** The version of the tables on a server, from the history of their migrations. */
final class PostgresSchema {
  private static final String HISTORY = "historics_schema";

  private PostgresSchema() {}

  /** Whether migrations have to run before the tables can be used. */
  static boolean outdated(PostgresAddress address, Handle handle) throws StateStoreException {
    return version(address, handle) < SqliteSchema.VERSION;
  }

  /**
   * The version of the tables; 0 if there are none.
   *
   * @throws StateStoreException if they are another program's, or a newer one's
   */
  static int version(PostgresAddress address, Handle handle) throws StateStoreException {
    String schema =
        handle.createQuery("SELECT current_schema()").mapTo(String.class).findOne().orElse(null);
    if (schema == null) {
      throw new StateStoreException(
          "state database %s: the schema that its address names is not there; create it, or leave currentSchema out"
              .formatted(address.shown()));
    }
    if (!isThere(handle, schema, HISTORY)) {
      requireEmpty(address, handle, schema);
      return 0;
    }
    int version =
        handle
            .createQuery(
                "SELECT coalesce(max(CAST(version AS integer)), 0) FROM "
                    + HISTORY
                    + " WHERE success")
            .mapTo(Integer.class)
            .one();
    if (version > SqliteSchema.VERSION) {
      throw SqliteSchema.newer(address.shown(), version);
    }
    return version;
  }

  private static boolean isThere(Handle handle, String schema, String table) {
    return handle
            .createQuery(
                "SELECT count(*) FROM pg_tables WHERE schemaname = :schema AND tablename = :table")
            .bind("schema", schema)
            .bind("table", table)
            .mapTo(Integer.class)
            .one()
        > 0;
  }

  private static void requireEmpty(PostgresAddress address, Handle handle, String schema)
      throws StateStoreException {
    int others =
        handle
            .createQuery("SELECT count(*) FROM pg_tables WHERE schemaname = :schema")
            .bind("schema", schema)
            .mapTo(Integer.class)
            .one();
    if (others > 0) {
      throw new StateStoreException(
          "state database %s: schema '%s' has %d tables of something else; give the state a database of its own, or a schema by ?currentSchema=NAME"
              .formatted(address.shown(), schema, others));
    }
  }

  /** Brings the tables up to date; one process at a time does, by a lock that Flyway takes. */
  static void migrate(PostgresAddress address) throws StateStoreException {
    PGSimpleDataSource server = new PGSimpleDataSource();
    server.setUrl(address.url());
    address.user().ifPresent(server::setUser);
    address.password().ifPresent(server::setPassword);
    try {
      Flyway.configure()
          .dataSource(server)
          .locations("classpath:dev/historics/schedule/postgres")
          .table(HISTORY)
          .createSchemas(false)
          .group(true)
          .loggers("slf4j")
          .load()
          .migrate();
    } catch (FlywayException e) {
      throw new StateStoreException(
          "state database %s: its tables cannot be made: %s; check the rights of the user on the schema"
              .formatted(address.shown(), PostgresTroubles.firstLine(e)),
          e);
    }
  }
}
