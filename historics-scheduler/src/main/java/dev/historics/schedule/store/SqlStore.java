package dev.historics.schedule.store;

import dev.historics.schedule.StateStore;
import dev.historics.schedule.StateUnavailableException;
import java.io.IOException;
import java.util.Optional;

/** The scheduler's state in a database. */
final class SqlStore implements StateStore {
  private final Database database;

  SqlStore(Database database) {
    this.database = database;
  }

  @Override
  public Session write() throws IOException {
    return SqlSession.write(database);
  }

  @Override
  public Session read() throws IOException {
    return SqlSession.read(database);
  }

  @Override
  public Optional<Lead> tryLead() throws IOException {
    Optional<Database.LeadLock> lock = database.tryLock();
    if (lock.isEmpty()) {
      return Optional.empty();
    }
    boolean led = false;
    try (SqlSession session = SqlSession.write(database)) {
      long generation = session.nextGeneration();
      session.commit();
      led = true;
      return Optional.of(new SqlLead(lock.get(), generation));
    } finally {
      if (!led) {
        lock.get().close();
      }
    }
  }

  @Override
  public boolean led() throws IOException {
    Optional<Database.LeadLock> lock = database.tryLock();
    if (lock.isPresent()) {
      lock.get().close();
    }
    return lock.isEmpty();
  }

  @Override
  public void close() throws IOException {
    database.close();
  }

  /**
   * The lock keeps two dispatchers from leading at once; the generation keeps one whose lock was
   * lost, without its knowing, from writing what it decided.
   */
  private final class SqlLead implements Lead {
    private final Database.LeadLock lock;
    private final long generation;

    private SqlLead(Database.LeadLock lock, long generation) {
      this.lock = lock;
      this.generation = generation;
    }

    @Override
    public long generation() {
      return generation;
    }

    @Override
    public Session write() throws IOException {
      lock.check();
      SqlSession session = SqlSession.write(database);
      boolean leads = false;
      try {
        leads = session.generation() == generation;
      } finally {
        if (!leads) {
          session.close();
        }
      }
      if (!leads) {
        throw new StateUnavailableException(
            "another process dispatches on this state now; this one waits for its turn");
      }
      return session;
    }

    @Override
    public void close() throws IOException {
      lock.close();
    }
  }
}
