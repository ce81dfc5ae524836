package dev.historics.cli.query;

import dev.historics.schedule.Recurrences;
import dev.historics.schedule.RecurringId;
import java.io.IOException;
import picocli.CommandLine.Command;

/** Forgets a recurring query. */
@Command(
    name = "rm",
    description = "Forget a recurring query; the queries that it asked stay.",
    footer = {"", "Example: historics schedule rm 1f2e3d4c"})
final class ScheduleRemoveCommand extends ScheduleChangeCommand {
  @Override
  String change(Recurrences recurrences, RecurringId id) throws IOException {
    recurrences.remove(id);
    return "removed";
  }
}
