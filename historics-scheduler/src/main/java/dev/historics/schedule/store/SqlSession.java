package dev.historics.schedule.store;

import dev.historics.schedule.Arrival;
import dev.historics.schedule.Changes;
import dev.historics.schedule.Chunk;
import dev.historics.schedule.ChunkId;
import dev.historics.schedule.ChunkWork;
import dev.historics.schedule.Finish;
import dev.historics.schedule.Job;
import dev.historics.schedule.JobId;
import dev.historics.schedule.KeptPromises;
import dev.historics.schedule.Observation;
import dev.historics.schedule.Promise;
import dev.historics.schedule.Query;
import dev.historics.schedule.QueryHead;
import dev.historics.schedule.QueryId;
import dev.historics.schedule.QueryRequest;
import dev.historics.schedule.Recurring;
import dev.historics.schedule.RecurringId;
import dev.historics.schedule.Snapshot;
import dev.historics.schedule.StateStore;
import dev.historics.schedule.recurring.Window;
import java.io.IOException;
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
final class SqlSession implements StateStore.Session {
  private static final String HEADS =
      """
      SELECT q.*, e.p10, e.p50, e.p90
      FROM queries q
      LEFT JOIN estimates e ON e.query = q.id
        AND e.seq = (SELECT min(seq) FROM estimates WHERE query = q.id)
      """;

  private static final String DONE_BEFORE =
      """
      SELECT q.id
      FROM queries q
      JOIN chunks c ON c.query = q.id
      WHERE q.hash = :hash AND q.id <> :query AND q.wish <> 'DELETE' AND q.sources = :sources
        AND q.sample_percent = :sample AND c.day = :day AND c.from_at = :from AND c.to_at = :to
        AND c.status = 'SUCCEEDED'
      ORDER BY q.number DESC
      LIMIT 1
      """;

  private static final String CHUNKS =
      """
      SELECT c.*
      FROM queries q
      JOIN chunks c ON c.query = q.id
      """;

  private final Database database;
  private final Handle handle;
  private boolean open = true;
  private boolean failed;

  private SqlSession(Database database) throws IOException {
    this.database = database;
    this.handle = database.handle();
  }

  static SqlSession write(Database database) throws IOException {
    database.beginWriting();
    return new SqlSession(database);
  }

  static SqlSession read(Database database) throws IOException {
    database.beginReading();
    return new SqlSession(database);
  }

  /** Makes a new generation of leaders begin; what earlier ones held ends with the commit. */
  long nextGeneration() throws IOException {
    run(db -> db.execute("UPDATE lead SET generation = generation + 1"));
    return generation();
  }

  long generation() throws IOException {
    return run(db -> db.createQuery("SELECT generation FROM lead").mapTo(Long.class).one());
  }

  @Override
  public long sequence() throws IOException {
    return run(
        db -> db.createQuery("SELECT coalesce(max(seq), 0) FROM events").mapTo(Long.class).one());
  }

  @Override
  public Snapshot since(long sequence) throws IOException {
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
                db.createQuery("SELECT * FROM turns ORDER BY \"user\"")
                    .map((row, context) -> Rows.turn(row))
                    .list(),
                db.createQuery("SELECT * FROM accounts ORDER BY kind, name")
                    .map((row, context) -> Rows.account(row))
                    .list(),
                db.createQuery("SELECT * FROM buckets ORDER BY kind, name")
                    .map((row, context) -> Rows.bucket(row))
                    .list(),
                db.createQuery("SELECT * FROM kept_results ORDER BY \"user\"")
                    .map((row, context) -> Rows.results(row))
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
  public Set<QueryId> live() throws IOException {
    return run(
        db ->
            new HashSet<>(
                db.createQuery("SELECT id FROM queries WHERE live = 1")
                    .map((row, context) -> new QueryId(row.getString("id")))
                    .list()));
  }

  @Override
  public Optional<Query> find(QueryId id) throws IOException {
    return run(
        db ->
            queries("WHERE q.id = :id", query -> query.bind("id", id.value())).stream()
                .findFirst());
  }

  @Override
  public Optional<ChunkId> doneBefore(QueryRequest request, ChunkWork work) throws IOException {
    return run(
        db ->
            db.createQuery(DONE_BEFORE)
                .bind("hash", request.hash())
                .bind("query", work.id().query().value())
                .bind("sources", String.join("\n", work.sources()))
                .bind("sample", work.samplePercent())
                .bind("day", work.id().day().toString())
                .bind("from", work.from().toString())
                .bind("to", work.to().toString())
                .map((row, context) -> new QueryId(row.getString("id")))
                .findFirst()
                .map(query -> new ChunkId(query, work.id().day())));
  }

  @Override
  public List<Query> all() throws IOException {
    return run(db -> queries("", query -> query));
  }

  @Override
  public Map<JobId, Job> jobs(Collection<JobId> ids) throws IOException {
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
  public void observe(Observation observation) throws IOException {
    run(
        db -> {
          Lessons.observe(db, observation);
          return null;
        });
  }

  @Override
  public List<Observation> observations(int limit) throws IOException {
    return run(db -> Lessons.observations(db, limit));
  }

  @Override
  public void promise(List<Promise> promises) throws IOException {
    run(
        db -> {
          Lessons.promise(db, promises);
          return null;
        });
  }

  @Override
  public void finish(Finish finish) throws IOException {
    run(
        db -> {
          Lessons.finish(db, finish);
          return null;
        });
  }

  @Override
  public List<KeptPromises> kept(int limit) throws IOException {
    return run(db -> Lessons.kept(db, limit));
  }

  @Override
  public List<Arrival> arrivals(int limit) throws IOException {
    return run(db -> Lessons.arrivals(db, limit));
  }

  @Override
  public long save(Instant at, String type, String details, Changes changes) throws IOException {
    return run(db -> Saves.save(db, at, type, details, changes));
  }

  @Override
  public List<Recurring> recurring() throws IOException {
    return run(RecurringRows::all);
  }

  @Override
  public void keep(Recurring recurring) throws IOException {
    run(db -> RecurringRows.keep(db, recurring));
  }

  @Override
  public void remove(RecurringId id) throws IOException {
    run(db -> RecurringRows.remove(db, id));
  }

  @Override
  public boolean keepWindow(RecurringId id, Window window, Optional<QueryId> query)
      throws IOException {
    return run(db -> RecurringRows.keepWindow(db, id, window, query));
  }

  @Override
  public void progress(JobId job, double fraction) throws IOException {
    run(
        db ->
            db.createUpdate("UPDATE jobs SET progress = :progress WHERE number = :number")
                .bind("progress", fraction)
                .bind("number", job.number())
                .execute());
  }

  @Override
  public void commit() throws IOException {
    if (failed) {
      throw new IllegalStateException("a statement of this transaction failed before");
    }
    run(db -> db.execute("COMMIT"));
    open = false;
  }

  @Override
  public void close() throws IOException {
    if (!open) {
      return;
    }
    open = false;
    try {
      handle.execute("ROLLBACK");
    } catch (JdbiException e) {
      // After some errors there is nothing to roll back, and the first error is the one to tell.
      if (!failed) {
        throw database.trouble(e);
      }
    }
  }

  private <T> T run(Function<Handle, T> work) throws IOException {
    try {
      return work.apply(handle);
    } catch (JdbiException e) {
      failed = true;
      throw database.trouble(e);
    }
  }
}
