package dev.historics.schedule.store;

import dev.historics.schedule.StateUnavailableException;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.postgresql.Driver;

/**
 * A connection to a state database on a server. One that breaks is made anew when the next
 * transaction begins.
 */
final class PostgresDatabase implements Database {
  /** How long the server keeps a transaction open, and with it a lock, of a client that hangs. */
  private static final Duration IDLE_MAX = Duration.ofMinutes(1);

  private static final Duration CONNECT_MAX = Duration.ofSeconds(10);

  /** How long an answer may take, at most; reading a very long queue takes seconds. */
  private static final Duration ANSWER_MAX = Duration.ofMinutes(2);

  /** The first half of the key of the leader's lock: the letters HIST. */
  private static final int LOCK = 0x48495354;

  /** Its second half, so that each schema has a leader of its own: the table's number. */
  private static final String TRY_LOCK =
      "SELECT pg_try_advisory_lock(%d, CAST(CAST(CAST('lead' AS regclass) AS oid) AS integer))"
          .formatted(LOCK);

  private final PostgresAddress address;
  private final Duration patience;
  private Handle handle;
  private boolean broken;

  /** What asks for the lead, until it has it; null when nobody asks. */
  private Handle candidate;

  private PostgresDatabase(PostgresAddress address, Duration patience, Handle handle) {
    this.address = address;
    this.patience = patience;
    this.handle = handle;
  }

  /**
   * Connects, and makes the tables where there are none.
   *
   * @param patience how long to wait for others to finish writing
   * @throws StateStoreException if it cannot be used; the message says what to do
   * @throws StateUnavailableException if the server cannot be reached
   */
  static PostgresDatabase open(PostgresAddress address, Duration patience) throws IOException {
    PostgresDatabase database =
        new PostgresDatabase(address, patience, connect(address, patience, ANSWER_MAX));
    boolean good = false;
    try {
      if (PostgresSchema.outdated(address, database.handle)) {
        PostgresSchema.migrate(address);
      }
      good = true;
      return database;
    } catch (JdbiException e) {
      throw PostgresTroubles.of(address, e);
    } finally {
      if (!good) {
        database.handle.close();
      }
    }
  }

  /**
   * A connection, whatever is in the database.
   *
   * @param patience how long to wait for others to finish writing
   * @param answer how long an answer may take
   */
  static Handle connect(PostgresAddress address, Duration patience, Duration answer)
      throws IOException {
    Properties properties = new Properties();
    address.user().ifPresent(user -> properties.setProperty("user", user));
    address.password().ifPresent(password -> properties.setProperty("password", password));
    properties.setProperty("ApplicationName", "historics");
    properties.setProperty("connectTimeout", Long.toString(CONNECT_MAX.toSeconds()));
    properties.setProperty("socketTimeout", Long.toString(answer.toSeconds()));
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("reWriteBatchedInserts", "true");
    try {
      Connection connection = new Driver().connect(address.url(), properties);
      if (connection == null) {
        throw new StateStoreException(
            "state database %s: this is no address of a PostgreSQL database; expected such as 'jdbc:postgresql://host:5432/historics'"
                .formatted(address.shown()));
      }
      // Made by a factory, the connection is closed with its handle.
      Handle handle = Jdbi.create(() -> connection).open();
      prepare(handle, patience);
      return handle;
    } catch (SQLException | JdbiException e) {
      throw PostgresTroubles.of(address, e);
    }
  }

  /** A client that vanished without a word must not keep its locks for hours. */
  private static void prepare(Handle handle, Duration patience) {
    for (String setting :
        List.of(
            "lock_timeout = " + patience.toMillis(),
            "idle_in_transaction_session_timeout = " + IDLE_MAX.toMillis(),
            "tcp_keepalives_idle = 10",
            "tcp_keepalives_interval = 5",
            "tcp_keepalives_count = 3")) {
      handle.execute("SET " + setting);
    }
  }

  @Override
  public Handle handle() throws IOException {
    if (broken) {
      close(handle);
      handle = connect(address, patience, ANSWER_MAX);
      broken = false;
    }
    return handle;
  }

  @Override
  public void beginWriting() throws IOException {
    // Waiting for the row comes before anything is read, so that what is read then is the newest.
    begin(List.of("BEGIN", "SELECT one FROM counters FOR UPDATE"));
  }

  @Override
  public void beginReading() throws IOException {
    begin(List.of("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"));
  }

  private void begin(List<String> how) throws IOException {
    try {
      execute(how);
    } catch (StateUnavailableException e) {
      // The server may have been restarted since the connection was last used. Nothing was done.
      execute(how);
    }
  }

  private void execute(List<String> how) throws IOException {
    Handle connected = handle();
    try {
      for (String statement : how) {
        connected.execute(statement);
      }
    } catch (JdbiException e) {
      IOException trouble = trouble(e);
      rollBack(connected);
      throw trouble;
    }
  }

  private void rollBack(Handle connected) {
    if (!broken) {
      try {
        connected.execute("ROLLBACK");
      } catch (JdbiException e) {
        broken = true;
      }
    }
  }

  @Override
  public Optional<LeadLock> tryLock() throws IOException {
    if (candidate == null) {
      candidate = connect(address, patience, CONNECT_MAX);
    }
    try {
      if (!candidate.createQuery(TRY_LOCK).mapTo(Boolean.class).one()) {
        return Optional.empty();
      }
      PostgresLeadLock lock = new PostgresLeadLock(address, candidate);
      candidate = null;
      return Optional.of(lock);
    } catch (JdbiException e) {
      close(candidate);
      candidate = null;
      throw PostgresTroubles.of(address, e);
    }
  }

  /** The server takes it back when the connection ends. */
  private record PostgresLeadLock(PostgresAddress address, Handle own) implements LeadLock {
    @Override
    public void check() throws IOException {
      try {
        own.execute("SELECT 1");
      } catch (JdbiException e) {
        throw new StateUnavailableException(
            "the connection that held the right to dispatch on %s broke: %s"
                .formatted(address.shown(), PostgresTroubles.firstLine(e)),
            e);
      }
    }

    @Override
    public void close() {
      try {
        // The server takes some time to see that the connection ended.
        own.execute("SELECT pg_advisory_unlock_all()");
      } catch (JdbiException e) {
        // The lock went with the connection.
      }
      PostgresDatabase.close(own);
    }
  }

  @Override
  public IOException trouble(Throwable cause) {
    broken |= PostgresTroubles.isAway(cause);
    return PostgresTroubles.of(address, cause);
  }

  @Override
  public void close() {
    close(handle);
    if (candidate != null) {
      close(candidate);
    }
  }

  /** Whatever the state of the connection was, it ends: that of its server, too. */
  private static void close(Handle connection) {
    try {
      connection.close();
    } catch (JdbiException e) {
      // There was nothing left to close.
    }
  }
}
