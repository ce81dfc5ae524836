package dev.historics.cli.query;

import dev.historics.schedule.NotFoundException;
import dev.historics.schedule.NotPossibleException;
import dev.historics.schedule.QueryId;
import dev.historics.schedule.Scheduling;
import java.io.IOException;
import picocli.CommandLine.Command;

/** Let no further chunk of a query start. */
@Command(
    name = "pause",
    description = "Let no further chunk of a query start.",
    footer = {"", "Example: historics pause 1f2e3d4c"})
public final class PauseCommand extends ChangeCommand {
  @Override
  void change(Scheduling scheduling, QueryId id)
      throws IOException, NotFoundException, NotPossibleException {
    scheduling.pause(id);
  }
}
