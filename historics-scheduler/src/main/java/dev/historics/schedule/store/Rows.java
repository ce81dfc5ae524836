package dev.historics.schedule.store;

import dev.historics.schedule.Account;
import dev.historics.schedule.Bucket;
import dev.historics.schedule.Caution;
import dev.historics.schedule.Chunk;
import dev.historics.schedule.ChunkId;
import dev.historics.schedule.Counters;
import dev.historics.schedule.FinishTimes;
import dev.historics.schedule.Job;
import dev.historics.schedule.JobId;
import dev.historics.schedule.KeptResults;
import dev.historics.schedule.QueryHead;
import dev.historics.schedule.QueryId;
import dev.historics.schedule.QueryRequest;
import dev.historics.schedule.QueryStatus;
import dev.historics.schedule.Turn;
import dev.historics.schedule.Volume;
import dev.historics.schedule.Wish;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jdbi.v3.core.statement.SqlStatement;

/** From rows to values; {@link Saves} goes the other way. */
final class Rows {
  private Rows() {}

  static QueryHead head(ResultSet row) throws SQLException {
    return new QueryHead(
        new QueryId(row.getString("id")),
        row.getLong("number"),
        request(row),
        Wish.valueOf(row.getString("wish")),
        QueryStatus.valueOf(row.getString("status")),
        Instant.parse(row.getString("submitted")),
        instant(row, "ended"),
        estimate(row),
        row.getLong("patient_until"),
        row.getInt("close_failures"));
  }

  /** What the query of a row asks for. */
  static QueryRequest request(ResultSet row) throws SQLException {
    return new QueryRequest(
        row.getString("user"),
        row.getString("name"),
        row.getString("rule"),
        row.getString("hash"),
        row.getInt("complexity"),
        new TreeSet<>(Arrays.asList(row.getString("sources").split("\n", -1))),
        Instant.parse(row.getString("start_at")),
        Instant.parse(row.getString("end_at")),
        row.getDouble("sample_percent"));
  }

  /** Fills in what {@link #request} reads. */
  static <S extends SqlStatement<S>> S bind(S statement, QueryRequest request) {
    return statement
        .bind("user", request.user())
        .bind("name", request.name())
        .bind("rule", request.rule())
        .bind("hash", request.hash())
        .bind("complexity", request.complexity())
        .bind("sources", String.join("\n", request.sources()))
        .bind("start", request.start().toString())
        .bind("end", request.end().toString())
        .bind("sample", request.samplePercent());
  }

  private static Optional<FinishTimes> estimate(ResultSet row) throws SQLException {
    Optional<Instant> first = instant(row, "p10");
    return first.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new FinishTimes(
                first.get(),
                Instant.parse(row.getString("p50")),
                Instant.parse(row.getString("p90"))));
  }

  static Chunk chunk(ResultSet row) throws SQLException {
    return new Chunk(
        new ChunkId(new QueryId(row.getString("query")), LocalDate.parse(row.getString("day"))),
        Instant.parse(row.getString("from_at")),
        Instant.parse(row.getString("to_at")),
        new Volume(row.getLong("records"), row.getLong("bytes")),
        QueryStatus.valueOf(row.getString("status")),
        row.getInt("attempts"),
        number(row, "ticket"),
        number(row, "job").stream().mapToObj(JobId::of).findFirst(),
        row.getLong("read"),
        row.getLong("matched"),
        row.getLong("quarantined"),
        row.getLong("delivered"),
        instant(row, "started"),
        instant(row, "ended"),
        row.getDouble("charge"),
        new Caution(row.getInt("deaths"), row.getInt("party_max"), row.getLong("not_before")),
        row.getString("failure"));
  }

  static Job job(ResultSet row) throws SQLException {
    return new Job(
        JobId.of(row.getLong("number")),
        LocalDate.parse(row.getString("day")),
        Arrays.stream(row.getString("riders").split(" ", -1)).map(QueryId::new).toList(),
        Instant.parse(row.getString("started")),
        instant(row, "ended"),
        row.getDouble("predicted_seconds"),
        row.getBoolean("killed"),
        row.getBoolean("clean"),
        row.getLong("deadline"),
        row.getDouble("progress"));
  }

  /** The text form of a job's riders. */
  static String riders(Collection<QueryId> riders) {
    return riders.stream().map(QueryId::value).collect(Collectors.joining(" "));
  }

  static Turn turn(ResultSet row) throws SQLException {
    return new Turn(
        row.getString("user"),
        row.getLong("place"),
        row.getLong("waiting_since"),
        row.getBoolean("starved"),
        row.getBoolean("pooled"));
  }

  static Account account(ResultSet row) throws SQLException {
    return new Account(
        Account.Kind.valueOf(row.getString("kind")),
        row.getString("name"),
        row.getDouble("charged_seconds"),
        row.getDouble("mark"),
        row.getDouble("level"),
        row.getDouble("due"),
        row.getLong("since"),
        row.getLong("at_millis"));
  }

  static Bucket bucket(ResultSet row) throws SQLException {
    return new Bucket(
        new Bucket.Owner(Account.Kind.valueOf(row.getString("kind")), row.getString("name")),
        row.getLong("left_bytes"),
        Instant.parse(row.getString("at")));
  }

  static KeptResults results(ResultSet row) throws SQLException {
    return new KeptResults(row.getString("user"), row.getLong("bytes"));
  }

  static Counters counters(ResultSet row) throws SQLException {
    return new Counters(
        row.getLong("next_query"),
        row.getLong("next_job"),
        row.getLong("next_ticket"),
        row.getLong("next_place"),
        row.getLong("dealt"),
        row.getLong("dispatched_millis"));
  }

  private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getString(column)).map(Instant::parse);
  }

  private static OptionalLong number(ResultSet row, String column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
  }
}
