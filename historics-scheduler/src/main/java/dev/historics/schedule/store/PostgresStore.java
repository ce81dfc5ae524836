package dev.historics.schedule.store;

import dev.historics.schedule.StateStore;
import java.io.IOException;

/**
 * The scheduler's state on a PostgreSQL server, for processes on many machines. A change is safe
 * when its commit returns. Whoever leads holds an advisory lock on a connection of its own; what it
 * writes is refused once that is lost and somebody else has led. After a restart of the server
 * connections are made anew.
 */
public final class PostgresStore {
  private PostgresStore() {}

  /**
   * Opens the state, and makes its tables where there are none.
   *
   * @param address of a database whose tables are the scheduler's alone
   * @throws StateStoreException if it cannot be used; the message says what to do
   * @throws dev.historics.schedule.StateUnavailableException if the server cannot be reached
   */
  public static StateStore open(PostgresAddress address) throws IOException {
    return new SqlStore(PostgresDatabase.open(address, Database.PATIENCE));
  }
}
