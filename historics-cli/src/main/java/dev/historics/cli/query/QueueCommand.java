package dev.historics.cli.query;

import dev.historics.cli.session.CliException;
import dev.historics.cli.session.Printer;
import dev.historics.cli.session.Session;
import dev.historics.cli.session.Table;
import dev.historics.cli.wiring.Installation;
import dev.historics.schedule.FinishTimes;
import dev.historics.schedule.QueryId;
import dev.historics.schedule.QueueView;
import dev.historics.schedule.Scheduling;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Shows who waits, and why. */
@Command(
    name = "queue",
    description = "Show everybody's queue and why each query waits.",
    subcommands = QueueExportCommand.class,
    footer = {
      "",
      "'help' says what would let a query go on sooner; '--output json' names the first ten queries",
      "whose turn comes before.",
      "Example: historics queue --output json"
    })
public final class QueueCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Override
  public Integer call() throws CliException, IOException {
    Session session = Session.of(spec);
    Installation installation = new Installation(session);
    try (Scheduling scheduling = installation.scheduling()) {
      QueueView queue = scheduling.queue();
      Table table =
          new Table(
              "user",
              "pool",
              "next_ticket",
              "query",
              "status",
              "chunks",
              "waiting",
              "running",
              "expected",
              "why",
              "help");
      for (QueueView.User user : queue.users()) {
        for (QueueView.Line line : user.queries()) {
          table.add(row(user, line));
        }
      }
      if (table.rows().isEmpty() && session.printer().forPeople()) {
        session.printer().hint("nobody waits");
      } else {
        session.printer().table(table);
        installation
            .clusterTrouble()
            .ifPresent(
                trouble ->
                    session.printer().warn(Printer.printable("no job can start: " + trouble)));
      }
      return 0;
    }
  }

  private static Map<String, Object> row(QueueView.User user, QueueView.Line line) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("user", user.user());
    row.put("pool", user.inPool() ? "in" : "out");
    row.put("next_ticket", user.nextTicket().isPresent() ? user.nextTicket().getAsLong() : null);
    row.put("query", line.query().value());
    row.put("name", line.name());
    row.put("status", QueryText.word(line.status()));
    row.put("chunks", line.chunks());
    row.put("waiting", line.chunksWaiting());
    row.put("running", line.chunksRunning());
    row.put("expected", line.estimate().map(FinishTimes::p50).map(QueryText::time).orElse(null));
    row.put("why", line.why());
    row.put("ahead", line.ahead().stream().map(QueryId::value).toList());
    row.put("help", line.help());
    return row;
  }
}
