package dev.historics.cli.query;

import dev.historics.schedule.Recurrences;
import dev.historics.schedule.RecurringId;
import java.io.IOException;
import picocli.CommandLine.Command;

/** Resumes a recurring query. */
@Command(
    name = "resume",
    description = "Let a paused recurring query go on; what fell due meanwhile is caught up with.",
    footer = {"", "Example: historics schedule resume 1f2e3d4c"})
final class ScheduleResumeCommand extends ScheduleChangeCommand {
  @Override
  String change(Recurrences recurrences, RecurringId id) throws IOException {
    recurrences.resume(id);
    return "active";
  }
}
