package dev.historics.schedule;

import dev.historics.schedule.recurring.Outlook;
import dev.historics.schedule.recurring.Timetable;
import dev.historics.schedule.recurring.Window;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Queries that are asked again and again. The leading dispatcher asks for what is due: each window
 * once at most, also with several dispatchers, and never while the former query of the series has
 * not ended. Safe for use by many threads.
 */
public final class Recurrences {
  private static final Logger LOG = LoggerFactory.getLogger(Recurrences.class);

  /** How long after an unexpected failure a series is tried again. */
  static final Duration RETRY_WAIT = Duration.ofHours(1);

  private final Scheduling scheduling;
  private final InstantSource clock;

  /** Before it nothing falls due, as long as nobody changes anything. */
  private volatile Instant lookAgain = Instant.MIN;

  /** When those that failed are tried again; only the dispatching thread uses it. */
  private final Map<RecurringId, Instant> failing = new HashMap<>();

  Recurrences(Scheduling scheduling, InstantSource clock) {
    this.scheduling = Objects.requireNonNull(scheduling);
    this.clock = Objects.requireNonNull(clock);
  }

  // ---- for everybody

  /**
   * Keeps a new recurring query.
   *
   * @param request what is asked; its range is not looked at
   * @param first the date that comes first; earlier ones are nobody's business
   */
  public Recurring add(RecurringId id, QueryRequest request, Timetable timetable, LocalDate first)
      throws IOException {
    Window window = timetable.window(first);
    QueryRequest opening =
        new QueryRequest(
            request.user(),
            request.name(),
            request.rule(),
            request.hash(),
            request.complexity(),
            request.sources(),
            window.start(),
            window.end(),
            request.samplePercent());
    Recurring added =
        new Recurring(id, opening, timetable, clock.instant(), first, false, Optional.empty(), "");
    scheduling.record("recurring-added", told(id), session -> session.keep(added));
    return added;
  }

  /** Every recurring query, the oldest first. */
  public List<Recurring> all() throws IOException {
    return scheduling.recurring();
  }

  /** Asks for nothing more until it is resumed; what it asked for goes on. */
  public void pause(RecurringId id) throws IOException {
    change(id, "recurring-paused", found -> found.withPaused(true));
  }

  /** Goes on; what fell due meanwhile is treated as after a downtime. */
  public void resume(RecurringId id) throws IOException {
    change(id, "recurring-resumed", found -> found.withPaused(false));
  }

  /** Forgets a recurring query. The queries that it asked stay. */
  public void remove(RecurringId id) throws IOException {
    scheduling.record("recurring-removed", told(id), session -> session.remove(id));
  }

  private interface Change {
    Recurring of(Recurring found);
  }

  private void change(RecurringId id, String event, Change change) throws IOException {
    scheduling.record(
        event,
        told(id),
        session -> {
          for (Recurring found : session.recurring()) {
            if (found.id().equals(id)) {
              session.keep(change.of(found));
            }
          }
        });
  }

  private static String told(RecurringId id) {
    return Json.object("recurring", id.value());
  }

  // ---- for the dispatcher

  /** Whether time alone has made something due since the last look. */
  boolean due() {
    return !clock.instant().isBefore(lookAgain);
  }

  /**
   * Asks for what is due.
   *
   * @return the queries that were queued by this
   */
  List<QueryView> ask() throws IOException {
    Instant now = clock.instant();
    Instant again = Instant.MAX;
    List<QueryView> asked = new ArrayList<>();
    for (Recurring recurring : scheduling.recurring()) {
      if (recurring.paused()) {
        continue;
      }
      Instant next = due(recurring);
      if (!next.isAfter(now)) {
        if (recurring.former().isPresent() && !scheduling.isOver(recurring.former().get())) {
          continue;
        }
        asked.addAll(askOrFail(recurring, now).stream().toList());
        next = failing.getOrDefault(recurring.id(), now);
      }
      again = next.isBefore(again) ? next : again;
    }
    lookAgain = again;
    return asked;
  }

  /** When a series is to be looked at. */
  private Instant due(Recurring recurring) {
    Instant due = recurring.timetable().due(recurring.next());
    Instant retry = failing.getOrDefault(recurring.id(), due);
    return retry.isAfter(due) ? retry : due;
  }

  /** What is wrong with one series is told, and does not keep the others from their turn. */
  private Optional<QueryView> askOrFail(Recurring found, Instant now) throws IOException {
    try {
      Optional<QueryView> asked = ask(found, now);
      failing.remove(found.id());
      return asked;
    } catch (UncheckedIOException e) {
      throw e;
    } catch (RuntimeException e) {
      fail(found, e);
      failing.put(found.id(), now.plus(RETRY_WAIT));
      return Optional.empty();
    }
  }

  /** Nothing is passed over; the same trouble is told once. */
  private void fail(Recurring found, RuntimeException cause) throws IOException {
    String reason = Objects.requireNonNullElse(cause.getMessage(), cause.getClass().getName());
    if (found.trouble().equals(reason)) {
      return;
    }
    LOG.error("recurring query failed recurring={} next={}", found.id(), found.next(), cause);
    pass(
        found,
        found.withTrouble(reason),
        List.of(),
        "recurring-failed",
        Json.object(
            "recurring", found.id().value(),
            "date", found.next().toString(),
            "reason", reason));
  }

  /** Deals with what is due of one: skips, and asks for one window at most. */
  private Optional<QueryView> ask(Recurring found, Instant now) throws IOException {
    Outlook outlook = found.timetable().at(now, found.next());
    Recurring then = found.withNext(outlook.next());
    if (outlook.due().isEmpty()) {
      skip(found, then, outlook.skipped());
      return Optional.empty();
    }
    LocalDate date = outlook.due().get();
    try {
      Optional<QueryView> asked = ask(found, then, date, outlook.skipped());
      if (asked.isEmpty()) {
        // The window was dealt with before: windows of several dates may be the same.
        skip(found, then, outlook.skipped());
      }
      return asked;
    } catch (OverQuotaException e) {
      refuse(found, then, outlook, e);
      return Optional.empty();
    }
  }

  private Optional<QueryView> ask(
      Recurring found, Recurring then, LocalDate date, List<LocalDate> skipped) throws IOException {
    return scheduling.submitAsLeader(
        found.request(date),
        (session, query) -> {
          if (!isStill(session, found)
              || !session.keepWindow(
                  found.id(), found.timetable().window(date), Optional.of(query))) {
            return false;
          }
          giveUp(session, found, skipped);
          session.keep(then.withFormer(query));
          return true;
        });
  }

  private void skip(Recurring found, Recurring then, List<LocalDate> skipped) throws IOException {
    String details =
        Json.object("recurring", found.id().value(), "count", Integer.toString(skipped.size()));
    pass(found, then, skipped, "windows-skipped", details);
  }

  /** A window that no quota would ever let through does not keep the later ones from their turn. */
  private void refuse(Recurring found, Recurring then, Outlook outlook, OverQuotaException cause)
      throws IOException {
    LocalDate date = outlook.due().orElseThrow();
    LOG.warn("window refused recurring={} date={} reason={}", found.id(), date, cause.getMessage());
    List<LocalDate> given = new ArrayList<>(outlook.skipped());
    given.add(date);
    String details =
        Json.object(
            "recurring", found.id().value(),
            "date", date.toString(),
            "reason", cause.getMessage());
    pass(found, then.withTrouble(cause.getMessage()), given, "window-refused", details);
  }

  /** Goes on behind windows that are not asked for. */
  private void pass(
      Recurring found, Recurring then, List<LocalDate> given, String event, String details)
      throws IOException {
    scheduling.record(
        event,
        details,
        session -> {
          if (isStill(session, found)) {
            giveUp(session, found, given);
            session.keep(then);
          }
        });
  }

  private static void giveUp(StateStore.Session session, Recurring found, List<LocalDate> skipped)
      throws IOException {
    for (LocalDate date : skipped) {
      session.keepWindow(found.id(), found.timetable().window(date), Optional.empty());
    }
  }

  /** Whether nobody changed it since it was read. */
  private static boolean isStill(StateStore.Session session, Recurring found) throws IOException {
    return session.recurring().contains(found);
  }
}
