package dev.historics.cli.query;

import dev.historics.cli.session.CliException;
import dev.historics.cli.session.Session;
import dev.historics.cli.session.Table;
import dev.historics.cli.wiring.Installation;
import dev.historics.schedule.Recurring;
import dev.historics.schedule.Scheduling;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists recurring queries. */
@Command(
    name = "ls",
    description = "List the recurring queries, with the time from which each is asked next.",
    footer = {"", "Example: historics schedule ls --output json"})
final class ScheduleListCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Override
  public Integer call() throws CliException, IOException {
    Session session = Session.of(spec);
    try (Scheduling scheduling = new Installation(session).scheduling()) {
      Table table =
          new Table(
              "id",
              "name",
              "user",
              "every",
              "window",
              "zone",
              "catch_up",
              "status",
              "next",
              "last_query",
              "trouble");
      for (Recurring recurring : scheduling.recurrences().all()) {
        table.add(RecurringText.row(recurring));
      }
      if (table.rows().isEmpty() && session.printer().forPeople()) {
        session.printer().hint("nothing recurs; 'historics schedule add' keeps a query");
      } else {
        session.printer().table(table);
      }
      return 0;
    }
  }
}
