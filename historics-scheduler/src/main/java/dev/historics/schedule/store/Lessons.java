package dev.historics.schedule.store;

import dev.historics.schedule.Arrival;
import dev.historics.schedule.Finish;
import dev.historics.schedule.JobFactors;
import dev.historics.schedule.JobId;
import dev.historics.schedule.KeptPromises;
import dev.historics.schedule.Observation;
import dev.historics.schedule.Promise;
import dev.historics.schedule.QueryId;
import dev.historics.schedule.Volume;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** What estimates are learned from, in rows. */
final class Lessons {
  private static final String OBSERVE =
      """
      INSERT INTO observations (job, sources, riders, records, bytes, complexity, sample_percent,
        matched, predicted_seconds, real_seconds)
      VALUES (:job, :sources, :riders, :records, :bytes, :complexity, :sample, :matched,
        :predicted, :real)
      """;

  private static final String ARRIVALS =
      """
      SELECT q.*, c.records AS all_records, c.bytes AS all_bytes
      FROM (SELECT * FROM queries ORDER BY number DESC LIMIT :limit) q
      JOIN (SELECT query, sum(records) AS records, sum(bytes) AS bytes FROM chunks
            WHERE query IN (SELECT id FROM queries ORDER BY number DESC LIMIT :limit)
            GROUP BY query) c ON c.query = q.id
      ORDER BY q.number DESC
      """;

  private static final String PROMISE =
      """
      INSERT INTO promises (query, made, worked, p10, p50, p90, caution, naive_seconds,
        fifo_seconds)
      VALUES (:query, :made, :worked, :p10, :p50, :p90, :caution, :naive, :fifo)
      ON CONFLICT (query, made) DO NOTHING
      """;

  private static final String FINISH =
      """
      INSERT INTO finishes (query, number, chunks, submitted, ended, worked)
      VALUES (:query, :number, :chunks, :submitted, :ended, :worked)
      ON CONFLICT (query) DO NOTHING
      """;

  /** Of promises that are older nobody asks any more, how ever long a report looks back. */
  private static final Duration PROMISES_KEPT = Duration.ofDays(400);

  /** Many more than estimates are fitted to, and than a report judges. */
  private static final long OBSERVATIONS_KEPT = 10_000;

  /** What is too old is looked for when one in so many queries ends: that is a walk over all. */
  private static final long TRIMMED_EVERY = 64;

  private static final String KEPT =
      """
      SELECT p.* FROM promises p
      JOIN (SELECT query FROM finishes ORDER BY number DESC LIMIT :limit) f ON f.query = p.query
      ORDER BY p.worked, p.made
      """;

  private Lessons() {}

  static void observe(Handle handle, Observation observation) {
    JobFactors factors = observation.factors();
    handle
        .createUpdate(OBSERVE)
        .bind("job", observation.job().number())
        .bind("sources", factors.sources())
        .bind("riders", factors.riders())
        .bind("records", factors.records())
        .bind("bytes", factors.bytes())
        .bind("complexity", factors.complexity())
        .bind("sample", factors.samplePercent())
        .bind("matched", Math.round(factors.matches()))
        .bind("predicted", observation.predictedSeconds())
        .bind("real", observation.realSeconds())
        .execute();
    handle
        .createUpdate("DELETE FROM observations WHERE job <= :last")
        .bind("last", observation.job().number() - OBSERVATIONS_KEPT)
        .execute();
  }

  static List<Observation> observations(Handle handle, int limit) {
    return handle
        .createQuery("SELECT * FROM observations ORDER BY job DESC LIMIT :limit")
        .bind("limit", limit)
        .map((row, context) -> observation(row))
        .list();
  }

  private static Observation observation(ResultSet row) throws SQLException {
    return new Observation(
        JobId.of(row.getLong("job")),
        new JobFactors(
            row.getString("sources"),
            row.getInt("riders"),
            row.getLong("records"),
            row.getLong("bytes"),
            row.getLong("complexity"),
            row.getDouble("sample_percent"),
            row.getDouble("matched")),
        row.getDouble("predicted_seconds"),
        row.getDouble("real_seconds"));
  }

  static List<Arrival> arrivals(Handle handle, int limit) {
    return handle
        .createQuery(ARRIVALS)
        .bind("limit", limit)
        .map((row, context) -> arrival(row))
        .list();
  }

  private static Arrival arrival(ResultSet row) throws SQLException {
    return new Arrival(
        Instant.parse(row.getString("submitted")),
        Rows.request(row),
        new Volume(row.getLong("all_records"), row.getLong("all_bytes")));
  }

  static void promise(Handle handle, List<Promise> promises) {
    try (PreparedBatch batch = handle.prepareBatch(PROMISE)) {
      for (Promise promise : promises) {
        batch
            .bind("query", promise.query().value())
            .bind("made", promise.made().toString())
            .bind("worked", promise.workedMillis())
            .bind("p10", promise.p10())
            .bind("p50", promise.p50())
            .bind("p90", promise.p90())
            .bind("caution", promise.caution())
            .bind("naive", promise.naive())
            .bind("fifo", promise.fifo())
            .add();
      }
      if (batch.size() > 0) {
        batch.execute();
      }
    }
  }

  static void finish(Handle handle, Finish finish) {
    handle
        .createUpdate(FINISH)
        .bind("query", finish.query().value())
        .bind("number", finish.number())
        .bind("chunks", finish.chunks())
        .bind("submitted", finish.submitted().toString())
        .bind("ended", finish.ended().toString())
        .bind("worked", finish.workedMillis())
        .execute();
    if (finish.number() % TRIMMED_EVERY == 0) {
      trim(handle, finish.ended().minus(PROMISES_KEPT));
    }
  }

  /** Texts of instants are in the order of time but for parts of one second. */
  private static void trim(Handle handle, Instant oldest) {
    String second = oldest.truncatedTo(ChronoUnit.SECONDS).toString();
    for (String statement :
        List.of(
            "DELETE FROM promises WHERE made < :oldest",
            "DELETE FROM finishes WHERE ended < :oldest")) {
      handle.createUpdate(statement).bind("oldest", second).execute();
    }
  }

  static List<KeptPromises> kept(Handle handle, int limit) {
    Map<QueryId, List<Promise>> promises = new HashMap<>();
    handle
        .createQuery(KEPT)
        .bind("limit", limit)
        .map((row, context) -> promise(row))
        .forEach(each -> promises.computeIfAbsent(each.query(), id -> new ArrayList<>()).add(each));
    return handle
        .createQuery("SELECT * FROM finishes ORDER BY number DESC LIMIT :limit")
        .bind("limit", limit)
        .map((row, context) -> finish(row))
        .stream()
        .filter(finish -> promises.containsKey(finish.query()))
        .map(finish -> new KeptPromises(finish, promises.get(finish.query())))
        .toList();
  }

  private static Promise promise(ResultSet row) throws SQLException {
    return new Promise(
        new QueryId(row.getString("query")),
        Instant.parse(row.getString("made")),
        row.getLong("worked"),
        row.getDouble("p10"),
        row.getDouble("p50"),
        row.getDouble("p90"),
        row.getDouble("caution"),
        row.getDouble("naive_seconds"),
        row.getDouble("fifo_seconds"));
  }

  private static Finish finish(ResultSet row) throws SQLException {
    return new Finish(
        new QueryId(row.getString("query")),
        row.getLong("number"),
        row.getInt("chunks"),
        Instant.parse(row.getString("submitted")),
        Instant.parse(row.getString("ended")),
        row.getLong("worked"));
  }
}
