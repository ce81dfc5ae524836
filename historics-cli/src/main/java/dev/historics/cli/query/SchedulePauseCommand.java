package dev.historics.cli.query;

import dev.historics.schedule.Recurrences;
import dev.historics.schedule.RecurringId;
import java.io.IOException;
import picocli.CommandLine.Command;

/** Pauses a recurring query. */
@Command(
    name = "pause",
    description = "Ask a recurring query no more until it is resumed.",
    footer = {"", "Example: historics schedule pause 1f2e3d4c"})
final class SchedulePauseCommand extends ScheduleChangeCommand {
  @Override
  String change(Recurrences recurrences, RecurringId id) throws IOException {
    recurrences.pause(id);
    return "paused";
  }
}
