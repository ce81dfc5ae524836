package dev.historics.cli.query;

import dev.historics.cli.session.CliException;
import dev.historics.cli.session.Session;
import dev.historics.cli.session.Settings;
import dev.historics.cli.session.Times;
import dev.historics.cli.wiring.Installation;
import dev.historics.schedule.QueryRequest;
import dev.historics.schedule.Recurring;
import dev.historics.schedule.Scheduling;
import dev.historics.schedule.recurring.Cadence;
import dev.historics.schedule.recurring.CatchUp;
import dev.historics.schedule.recurring.Span;
import dev.historics.schedule.recurring.Timetable;
import dev.historics.schedule.recurring.Window;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Keeps a recurring query. */
@Command(
    name = "add",
    description = {
      "Keep a query that is asked every day, week (on Monday) or month; print its id.",
      "Each window is asked for once at most, and never while the query of the one before has not"
          + " ended."
    },
    footer = {
      "",
      "After a downtime --catch-up decides: all windows that fell due, one after the other; the last"
          + " one; or none that is found more than six hours late.",
      "Example: historics schedule add rule.csdl --source twitter --every day --zone Europe/Berlin",
      "Example: historics schedule add rule.csdl --source twitter --every month --since 2017-01-01"
    })
final class ScheduleAddCommand implements Callable<Integer> {
  @Mixin RuleArgument rule;

  @Option(
      names = "--source",
      paramLabel = "S",
      split = ",",
      required = true,
      description = "the sources to read, separated by commas")
  List<String> sources;

  @Option(
      names = "--every",
      paramLabel = "UNIT",
      required = true,
      description = "day, week or month: how often it is asked")
  String every;

  @Option(
      names = "--window",
      paramLabel = "SPAN",
      description =
          "the time it covers: previous-day, previous-week, previous-month, or a number of days"
              + " such as 7d (default: the day, week or month before)")
  String window;

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      defaultValue = "UTC",
      description = "whose calendar is meant, such as Europe/Berlin (default: ${DEFAULT-VALUE})")
  String zone;

  @Option(
      names = "--catch-up",
      paramLabel = "WHICH",
      defaultValue = "all",
      description = "all, last or none: what is asked after a downtime (default: ${DEFAULT-VALUE})")
  String catchUp;

  @Option(
      names = "--delay",
      paramLabel = "DURATION",
      description =
          "how long to wait for late data after a window's end (default: recurring.delay)")
  String delay;

  @Option(
      names = "--since",
      paramLabel = "DAY",
      description = "begin with the window that starts on this local day (default: the next one)")
  String since;

  @Option(
      names = "--sample",
      paramLabel = "PERCENT",
      defaultValue = "100",
      description = "the share of interactions to read (default: ${DEFAULT-VALUE})")
  double sample;

  @Mixin AskerOptions asker;

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws CliException, IOException {
    Session session = Session.of(spec);
    Installation installation = new Installation(session);
    Timetable timetable = timetable(session);
    LocalDate first =
        since == null
            ? timetable.firstAfter(session.clock().instant())
            : timetable.firstFrom(Times.day("--since", since));
    Window opening = timetable.window(first);
    QueryRequest request =
        RequestOptions.request(
            session,
            installation,
            new RequestOptions.Asked(asker.user(), asker.name(), rule, sources, sample),
            new Times.Range(opening.start(), opening.end()));
    Compiler.store(session, installation, request.hash(), request.rule());
    try (Scheduling scheduling = installation.scheduling()) {
      Recurring added =
          scheduling.recurrences().add(installation.freshRecurringId(), request, timetable, first);
      session.printer().answer(RecurringText.row(added), added.id().value());
      session
          .printer()
          .hint(
              "the first window is [%s, %s); 'historics run' asks for it from %s on"
                  .formatted(
                      QueryText.time(opening.start()),
                      QueryText.time(opening.end()),
                      QueryText.time(timetable.due(first))));
    }
    return 0;
  }

  private Timetable timetable(Session session) throws CliException {
    Cadence cadence = cadence();
    String span =
        window == null ? new Span.Previous(cadence).toString() : window.toLowerCase(Locale.ROOT);
    return new Timetable(
        cadence,
        Span.parse(span)
            .orElseThrow(
                () ->
                    wrong(
                        "--window",
                        "previous-day, previous-week, previous-month or 1d to %dd"
                            .formatted(Span.DAYS_MAX),
                        window)),
        zone(),
        delay(session),
        catchUp());
  }

  private Cadence cadence() throws CliException {
    for (Cadence each : Cadence.values()) {
      if (each.name().equalsIgnoreCase(every)) {
        return each;
      }
    }
    throw wrong("--every", "day, week or month", every);
  }

  private CatchUp catchUp() throws CliException {
    for (CatchUp each : CatchUp.values()) {
      if (each.name().equalsIgnoreCase(catchUp)) {
        return each;
      }
    }
    throw wrong("--catch-up", "all, last or none", catchUp);
  }

  private ZoneId zone() throws CliException {
    try {
      return ZoneId.of(zone);
    } catch (DateTimeException e) {
      throw wrong("--zone", "a time zone such as 'UTC' or 'Europe/Berlin'", zone);
    }
  }

  private Duration delay(Session session) throws CliException {
    return delay == null
        ? session.settings().duration("recurring.delay")
        : Settings.parseDuration(delay)
            .orElseThrow(() -> wrong("--delay", "a duration such as '30m' or '2h'", delay));
  }

  private static CliException wrong(String option, String expected, String found) {
    return CliException.usage(
        "%s: expected %s, got '%s'".formatted(option, expected, found),
        "'historics help schedule add' has examples");
  }
}
