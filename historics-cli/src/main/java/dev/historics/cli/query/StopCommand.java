package dev.historics.cli.query;

import dev.historics.schedule.NotFoundException;
import dev.historics.schedule.NotPossibleException;
import dev.historics.schedule.QueryId;
import dev.historics.schedule.Scheduling;
import java.io.IOException;
import picocli.CommandLine.Command;

/** End a query early; the results of finished chunks are kept. */
@Command(
    name = "stop",
    description = "End a query early; the results of finished chunks are kept.",
    footer = {"", "Example: historics stop 1f2e3d4c"})
public final class StopCommand extends ChangeCommand {
  @Override
  void change(Scheduling scheduling, QueryId id)
      throws IOException, NotFoundException, NotPossibleException {
    scheduling.stop(id);
  }
}
