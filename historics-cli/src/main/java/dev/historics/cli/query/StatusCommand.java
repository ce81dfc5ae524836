package dev.historics.cli.query;

import dev.historics.cli.session.CliException;
import dev.historics.cli.session.ExitCode;
import dev.historics.cli.session.Session;
import dev.historics.cli.session.Table;
import dev.historics.cli.wiring.Installation;
import dev.historics.schedule.FinishTimes;
import dev.historics.schedule.QueryView;
import dev.historics.schedule.Scheduling;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows one query, or all. */
@Command(
    name = "status",
    description = "Show a query with its chunks, or list all queries.",
    footer = {"", "Example: historics status 1f2e3d4c --follow"})
public final class StatusCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "ID",
      arity = "0..1",
      description = "the query's id, or at least its first 4 digits; without it, all queries")
  String id;

  @Option(names = "--follow", description = "stay until the query has ended")
  boolean follow;

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws CliException, IOException {
    Session session = Session.of(spec);
    try (Scheduling scheduling = new Installation(session).scheduling()) {
      if (id == null) {
        all(session, scheduling);
        return ExitCode.OK.number();
      }
      QueryArgument argument = new QueryArgument();
      argument.id = id;
      QueryView query = argument.view(scheduling);
      int exitCode = ExitCode.OK.number();
      if (follow) {
        exitCode = Following.untilEnded(session, scheduling, query.id(), Duration.ofDays(3650));
        query = scheduling.find(query.id()).orElse(query);
      }
      session.printer().answer(QueryText.json(query), QueryText.text(query));
      return exitCode;
    }
  }

  private static void all(Session session, Scheduling scheduling) throws IOException {
    Table table =
        new Table("id", "user", "name", "status", "done", "read", "matched", "expected_or_ended");
    for (QueryView query : scheduling.queries()) {
      Map<String, Object> row = new LinkedHashMap<>(QueryText.json(query));
      row.put("done", (int) (query.progress() * 100) + " %");
      row.put(
          "expected_or_ended",
          query
              .ended()
              .or(() -> query.estimate().map(FinishTimes::p50))
              .map(QueryText::time)
              .orElse(""));
      table.add(row);
    }
    if (table.rows().isEmpty() && session.printer().forPeople()) {
      session.printer().hint("no queries; 'historics submit' queues one");
      return;
    }
    session.printer().table(table);
  }
}
