package dev.historics.cli.query;

import dev.historics.schedule.NotFoundException;
import dev.historics.schedule.NotPossibleException;
import dev.historics.schedule.QueryId;
import dev.historics.schedule.Scheduling;
import java.io.IOException;
import picocli.CommandLine.Command;

/** Let a paused query go on, or try a delayed one again. */
@Command(
    name = "resume",
    description = "Let a paused query go on, or try a delayed one again.",
    footer = {"", "Example: historics resume 1f2e3d4c"})
public final class ResumeCommand extends ChangeCommand {
  @Override
  void change(Scheduling scheduling, QueryId id)
      throws IOException, NotFoundException, NotPossibleException {
    scheduling.resume(id);
  }
}
