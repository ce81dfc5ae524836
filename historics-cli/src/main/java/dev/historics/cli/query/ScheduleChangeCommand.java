package dev.historics.cli.query;

import dev.historics.cli.session.CliException;
import dev.historics.cli.session.ExitCode;
import dev.historics.cli.session.Session;
import dev.historics.cli.wiring.Installation;
import dev.historics.schedule.Recurrences;
import dev.historics.schedule.Recurring;
import dev.historics.schedule.RecurringId;
import dev.historics.schedule.Scheduling;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A command that changes one recurring query. */
abstract class ScheduleChangeCommand implements Callable<Integer> {
  private static final int PREFIX_MIN = 4;

  @Parameters(
      paramLabel = "ID",
      description = "the recurring query's id, or at least its first 4 digits")
  String id;

  @Spec CommandSpec spec;

  /** Makes the change, and says what has become of it. */
  abstract String change(Recurrences recurrences, RecurringId id) throws IOException;

  @Override
  public Integer call() throws CliException, IOException {
    Session session = Session.of(spec);
    try (Scheduling scheduling = new Installation(session).scheduling()) {
      Recurrences recurrences = scheduling.recurrences();
      RecurringId found = find(recurrences);
      String status = change(recurrences, found);
      Map<String, Object> answer = new LinkedHashMap<>();
      answer.put("id", found.value());
      answer.put("status", status);
      session.printer().answer(answer, "%s is %s".formatted(found, status));
      return ExitCode.OK.number();
    }
  }

  private RecurringId find(Recurrences recurrences) throws CliException, IOException {
    List<RecurringId> found =
        recurrences.all().stream()
            .map(Recurring::id)
            .filter(each -> id.length() >= PREFIX_MIN && each.value().startsWith(id))
            .toList();
    if (found.size() > 1) {
      throw CliException.usage(
          "'%s' could be any of %d recurring queries".formatted(id, found.size()),
          "give more digits");
    }
    if (found.isEmpty()) {
      throw new CliException(
          ExitCode.NOT_FOUND,
          "there is no recurring query '%s'".formatted(id),
          "'historics schedule ls' lists them");
    }
    return found.get(0);
  }
}
