package dev.historics.schedule.store;

import dev.historics.schedule.Changes;
import dev.historics.schedule.Chunk;
import dev.historics.schedule.ChunkId;
import dev.historics.schedule.Job;
import dev.historics.schedule.JobId;
import dev.historics.schedule.Query;
import dev.historics.schedule.QueryHead;
import dev.historics.schedule.QueryId;
import dev.historics.schedule.Snapshot;
import dev.historics.schedule.StateStore;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/** One transaction. */
final class SqliteSession implements StateStore.Session {
  private static final String HEADS =
      """
      SELECT q.*, e.p10, e.p50, e.p90
      FROM queries q
      LEFT JOIN estimates e ON e.query = q.id
        AND e.seq = (SELECT min(seq) FROM estimates WHERE query = q.id)
      """;

  private static final String CHUNKS =
      """
      SELECT c.*
      FROM queries q
      JOIN chunks c ON c.query = q.id
      """;

  private final Path file;
  private final Handle handle;
  private boolean open = true;
  private boolean failed;

  private SqliteSession(Path file, Handle handle) {
    this.file = file;
    this.handle = handle;
  }

  static SqliteSession begin(Path file, Handle handle, String how) throws StateStoreException {
    try {
      handle.execute(how);
    } catch (JdbiException e) {
      throw Troubles.of(file, e);
    }
    return new SqliteSession(file, handle);
  }

  @Override
  public long sequence() throws StateStoreException {
    return run(
        db -> db.createQuery("SELECT coalesce(max(seq), 0) FROM events").mapTo(Long.class).one());
  }

  @Override
  public Snapshot since(long sequence) throws StateStoreException {
    return run(
        db ->
            new Snapshot(
                db.createQuery("SELECT * FROM counters")
                    .map((row, context) -> Rows.counters(row))
                    .one(),
                queries(
                    "WHERE q.live = 1 AND q.changed > :seq", query -> query.bind("seq", sequence)),
                db.createQuery("SELECT * FROM jobs WHERE ended IS NULL ORDER BY number")
                    .map((row, context) -> Rows.job(row))
                    .list(),
                db.createQuery("SELECT * FROM turns ORDER BY user")
                    .map((row, context) -> Rows.turn(row))
                    .list()));
  }

  private List<Query> queries(String which, UnaryOperator<org.jdbi.v3.core.statement.Query> bind) {
    Map<QueryId, List<Chunk>> chunks = new HashMap<>();
    bind.apply(handle.createQuery(CHUNKS + which + " ORDER BY q.number, c.day"))
        .map((row, context) -> Rows.chunk(row))
        .forEach(
            chunk -> {
              ChunkId id = chunk.id();
              chunks.computeIfAbsent(id.query(), query -> new ArrayList<>()).add(chunk);
            });
    List<QueryHead> heads =
        bind.apply(handle.createQuery(HEADS + which + " ORDER BY q.number"))
            .map((row, context) -> Rows.head(row))
            .list();
    return heads.stream().map(head -> new Query(head, chunks.get(head.id()))).toList();
  }

  @Override
  public Set<QueryId> live() throws StateStoreException {
    return run(
        db ->
            new HashSet<>(
                db.createQuery("SELECT id FROM queries WHERE live = 1")
                    .map((row, context) -> new QueryId(row.getString("id")))
                    .list()));
  }

  @Override
  public Optional<Query> find(QueryId id) throws StateStoreException {
    return run(
        db ->
            queries("WHERE q.id = :id", query -> query.bind("id", id.value())).stream()
                .findFirst());
  }

  @Override
  public List<Query> all() throws StateStoreException {
    return run(db -> queries("", query -> query));
  }

  @Override
  public Map<JobId, Job> jobs(Collection<JobId> ids) throws StateStoreException {
    return run(
        db -> {
          Map<JobId, Job> jobs = new HashMap<>();
          for (JobId id : ids) {
            db.createQuery("SELECT * FROM jobs WHERE number = :number")
                .bind("number", id.number())
                .map((row, context) -> Rows.job(row))
                .forEach(job -> jobs.put(id, job));
          }
          return jobs;
        });
  }

  @Override
  public List<Double> ratios(int limit) throws StateStoreException {
    return run(
        db ->
            db.createQuery(
                    "SELECT real_seconds / predicted_seconds FROM jobs WHERE clean = 1 ORDER BY number DESC LIMIT :limit")
                .bind("limit", limit)
                .mapTo(Double.class)
                .list());
  }

  @Override
  public long save(Instant at, String type, String details, Changes changes)
      throws StateStoreException {
    return run(db -> Saves.save(db, at, type, details, changes));
  }

  @Override
  public void progress(JobId job, double fraction) throws StateStoreException {
    run(
        db ->
            db.createUpdate("UPDATE jobs SET progress = :progress WHERE number = :number")
                .bind("progress", fraction)
                .bind("number", job.number())
                .execute());
  }

  @Override
  public void commit() throws StateStoreException {
    run(db -> db.execute("COMMIT"));
    open = false;
  }

  @Override
  public void close() throws StateStoreException {
    if (!open) {
      return;
    }
    open = false;
    try {
      handle.execute("ROLLBACK");
    } catch (JdbiException e) {
      // After some errors SQLite has rolled back already, and the first error is the one to tell.
      if (!failed) {
        throw Troubles.of(file, e);
      }
    }
  }

  private <T> T run(Function<Handle, T> work) throws StateStoreException {
    try {
      return work.apply(handle);
    } catch (JdbiException e) {
      failed = true;
      throw Troubles.of(file, e);
    }
  }
}
