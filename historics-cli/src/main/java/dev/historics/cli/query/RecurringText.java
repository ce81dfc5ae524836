package dev.historics.cli.query;

import dev.historics.schedule.QueryId;
import dev.historics.schedule.Recurring;
import dev.historics.schedule.recurring.Timetable;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Recurring queries as people and programs read them. */
final class RecurringText {
  private RecurringText() {}

  static Map<String, Object> row(Recurring recurring) {
    Timetable timetable = recurring.timetable();
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("id", recurring.id().value());
    row.put("name", recurring.request().name());
    row.put("user", recurring.request().user());
    row.put("hash", recurring.request().hash());
    row.put("sources", recurring.request().sources());
    row.put("sample", recurring.request().samplePercent());
    row.put("every", timetable.every().name().toLowerCase(Locale.ROOT));
    row.put("window", timetable.span().toString());
    row.put("zone", timetable.zone().getId());
    row.put("catch_up", timetable.catchUp().name().toLowerCase(Locale.ROOT));
    row.put("status", recurring.paused() ? "paused" : "active");
    row.put("next", timetable.due(recurring.next()));
    row.put("next_start", timetable.window(recurring.next()).start());
    row.put("next_end", timetable.window(recurring.next()).end());
    row.put("last_query", recurring.former().map(QueryId::value).orElse(null));
    row.put("trouble", recurring.trouble());
    return row;
  }
}
