package dev.historics.schedule.store;

import dev.historics.schedule.QueryId;
import dev.historics.schedule.Recurring;
import dev.historics.schedule.RecurringId;
import dev.historics.schedule.recurring.Cadence;
import dev.historics.schedule.recurring.CatchUp;
import dev.historics.schedule.recurring.Span;
import dev.historics.schedule.recurring.Timetable;
import dev.historics.schedule.recurring.Window;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Recurring queries in rows. */
final class RecurringRows {
  private static final String KEEP =
      """
      INSERT INTO recurring (id, number, "user", name, rule, hash, complexity, sources, start_at,
        end_at, sample_percent, every, span, zone, delay_seconds, catch_up, added, next_date,
        paused, former, trouble)
      VALUES (:id, (SELECT coalesce(max(number), 0) + 1 FROM recurring), :user, :name, :rule, :hash,
        :complexity, :sources, :start, :end, :sample, :every, :span, :zone, :delay, :catchUp,
        :added, :next, :paused, :former, :trouble)
      ON CONFLICT (id) DO UPDATE SET next_date = excluded.next_date, paused = excluded.paused,
        former = excluded.former, trouble = excluded.trouble
      """;

  private RecurringRows() {}

  static List<Recurring> all(Handle handle) {
    return handle
        .createQuery("SELECT * FROM recurring ORDER BY number")
        .map((row, context) -> recurring(row))
        .list();
  }

  private static Recurring recurring(ResultSet row) throws SQLException {
    String span = row.getString("span");
    Timetable timetable =
        new Timetable(
            Cadence.valueOf(row.getString("every")),
            Span.parse(span)
                .orElseThrow(() -> new SQLException("no such span: '%s'".formatted(span))),
            ZoneId.of(row.getString("zone")),
            Duration.ofSeconds(row.getLong("delay_seconds")),
            CatchUp.valueOf(row.getString("catch_up")));
    return new Recurring(
        new RecurringId(row.getString("id")),
        Rows.request(row),
        timetable,
        Instant.parse(row.getString("added")),
        LocalDate.parse(row.getString("next_date")),
        row.getBoolean("paused"),
        Optional.ofNullable(row.getString("former")).map(QueryId::new),
        row.getString("trouble"));
  }

  static int keep(Handle handle, Recurring recurring) {
    Timetable timetable = recurring.timetable();
    return Rows.bind(handle.createUpdate(KEEP), recurring.request())
        .bind("id", recurring.id().value())
        .bind("every", timetable.every().name())
        .bind("span", timetable.span().toString())
        .bind("zone", timetable.zone().getId())
        .bind("delay", timetable.delay().toSeconds())
        .bind("catchUp", timetable.catchUp().name())
        .bind("added", recurring.added().toString())
        .bind("next", recurring.next().toString())
        .bind("paused", recurring.paused() ? 1 : 0)
        .bind("former", recurring.former().map(QueryId::value).orElse(null))
        .bind("trouble", recurring.trouble())
        .execute();
  }

  static int remove(Handle handle, RecurringId id) {
    return handle
        .createUpdate("DELETE FROM recurring WHERE id = :id")
        .bind("id", id.value())
        .execute();
  }

  static boolean keepWindow(Handle handle, RecurringId id, Window window, Optional<QueryId> query) {
    return handle
            .createUpdate(
                "INSERT INTO recurring_windows VALUES (:id, :start, :end, :query)"
                    + " ON CONFLICT (recurring, start_at, end_at) DO NOTHING")
            .bind("id", id.value())
            .bind("start", window.start().toString())
            .bind("end", window.end().toString())
            .bind("query", query.map(QueryId::value).orElse(null))
            .execute()
        == 1;
  }
}
