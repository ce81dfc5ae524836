package dev.historics.cli.query;

import dev.historics.schedule.NotFoundException;
import dev.historics.schedule.NotPossibleException;
import dev.historics.schedule.QueryId;
import dev.historics.schedule.Scheduling;
import java.io.IOException;
import picocli.CommandLine.Command;

/** Stop a query and remove it with its results. */
@Command(
    name = "delete",
    description = "Stop a query and remove it with its results.",
    footer = {"", "Example: historics delete 1f2e3d4c"})
public final class DeleteCommand extends ChangeCommand {
  @Override
  void change(Scheduling scheduling, QueryId id)
      throws IOException, NotFoundException, NotPossibleException {
    scheduling.delete(id);
  }
}
