package dev.historics.cli.query;

import dev.historics.cli.session.CliException;
import dev.historics.cli.session.ExitCode;
import dev.historics.cli.session.Session;
import dev.historics.cli.wiring.Installation;
import dev.historics.schedule.NotFoundException;
import dev.historics.schedule.NotPossibleException;
import dev.historics.schedule.QueryId;
import dev.historics.schedule.Scheduling;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that changes the life of one query. */
abstract class ChangeCommand implements Callable<Integer> {
  @Mixin QueryArgument argument;

  @Spec CommandSpec spec;

  /** Makes the change. */
  abstract void change(Scheduling scheduling, QueryId id)
      throws IOException, NotFoundException, NotPossibleException;

  @Override
  public Integer call() throws CliException, IOException {
    Session session = Session.of(spec);
    Installation installation = new Installation(session);
    try (Scheduling scheduling = installation.scheduling()) {
      QueryId id = argument.find(scheduling);
      change(scheduling, id);
      scheduling.settle(installation.results());
      Map<String, Object> answer = new LinkedHashMap<>();
      String status =
          scheduling.find(id).map(query -> QueryText.word(query.status())).orElse("deleted");
      answer.put("id", id.value());
      answer.put("status", status);
      session.printer().answer(answer, "%s is %s".formatted(id, status));
      return ExitCode.OK.number();
    } catch (NotFoundException e) {
      throw argument.notFound();
    } catch (NotPossibleException e) {
      throw new CliException(
          ExitCode.FAILED,
          e.getMessage(),
          "'historics status %s' shows it".formatted(argument.id),
          e);
    }
  }
}
