package dev.historics.schedule;

import dev.historics.schedule.recurring.Timetable;
import dev.historics.schedule.recurring.Window;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;

/**
 * A query that is asked again and again, each time over another window.
 *
 * @param request what is asked; its range is that of the first window
 * @param next the first date of the timetable that has not been dealt with
 * @param paused whether nothing is asked for the time being
 * @param former the last query of the series, if there was one
 * @param trouble why a window could not be asked for; empty if nothing is wrong
 */
public record Recurring(
    RecurringId id,
    QueryRequest request,
    Timetable timetable,
    Instant added,
    LocalDate next,
    boolean paused,
    Optional<QueryId> former,
    String trouble) {
  public Recurring {
    Objects.requireNonNull(id);
    Objects.requireNonNull(request);
    Objects.requireNonNull(timetable);
    Objects.requireNonNull(added);
    next = timetable.onOrAfter(next);
    Objects.requireNonNull(former);
    Objects.requireNonNull(trouble);
  }

  /** What is asked for the window of a date; people see in its name which. */
  QueryRequest request(LocalDate date) {
    Window window = timetable.window(date);
    LocalDate first = window.start().atZone(timetable.zone()).toLocalDate();
    return new QueryRequest(
        request.user(),
        "%s %s".formatted(request.name(), first).strip(),
        request.rule(),
        request.hash(),
        request.complexity(),
        request.sources(),
        window.start(),
        window.end(),
        request.samplePercent());
  }

  Recurring withNext(LocalDate date) {
    return new Recurring(id, request, timetable, added, date, paused, former, trouble);
  }

  /** As it is once {@code query} was asked. */
  Recurring withFormer(QueryId query) {
    return new Recurring(id, request, timetable, added, next, paused, Optional.of(query), "");
  }

  Recurring withPaused(boolean now) {
    return new Recurring(id, request, timetable, added, next, now, former, trouble);
  }

  Recurring withTrouble(String reason) {
    return new Recurring(id, request, timetable, added, next, paused, former, reason);
  }
}
