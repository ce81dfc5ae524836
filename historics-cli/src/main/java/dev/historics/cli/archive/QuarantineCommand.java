package dev.historics.cli.archive;

import dev.historics.archive.intake.QuarantineShelf;
import dev.historics.archive.intake.Reasons;
import dev.historics.cli.session.CliException;
import dev.historics.cli.session.ExitCode;
import dev.historics.cli.session.Session;
import dev.historics.cli.session.Table;
import dev.historics.cli.wiring.Installation;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows the records that could not be archived, and tries them again. */
@Command(
    name = "quarantine",
    description = "Show the records that could not be archived, with reasons; try them again.",
    footer = {"", "Example: historics archive quarantine ls"},
    subcommands = {QuarantineRetryCommand.class})
final class QuarantineCommand implements Runnable {
  @Spec CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing: ls, show or retry");
  }

  @Command(
      name = "ls",
      description = "List the imports that put records aside.",
      footer = {"", "Example: historics archive quarantine ls --output json"})
  int ls() throws CliException, IOException {
    Session session = Session.of(spec);
    QuarantineShelf shelf = shelf(session);
    Table table = new Table("source", "batch", "records", "most_frequent_reason", "bytes");
    for (QuarantineShelf.Lot lot : shelf.lots()) {
      table.add(row(lot, shelf.summary(lot)));
    }
    if (table.rows().isEmpty() && session.printer().forPeople()) {
      session.printer().hint("the quarantine is empty");
    } else {
      session.printer().table(table);
    }
    return 0;
  }

  private static Map<String, Object> row(QuarantineShelf.Lot lot, QuarantineShelf.Summary summary) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("source", lot.source());
    row.put("batch", lot.batch());
    row.put("records", summary.records());
    row.put("most_frequent_reason", frequent(summary));
    row.put("not_to_be_retried", summary.finalCount());
    row.put("reasons", summary.reasons().stream().map(QuarantineCommand::reason).toList());
    row.put("bytes", lot.bytes());
    return row;
  }

  private static String frequent(QuarantineShelf.Summary summary) {
    List<Reasons.Reason> reasons = summary.reasons();
    return reasons.size() == 1
        ? reasons.get(0).text()
        : "%s (%d of %d; and %d more)"
            .formatted(
                reasons.get(0).text(),
                reasons.get(0).count(),
                summary.records(),
                reasons.size() - 1);
  }

  private static Map<String, Object> reason(Reasons.Reason reason) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("reason", reason.text());
    row.put("records", reason.count());
    row.put("first", reason.place());
    return row;
  }

  @Command(
      name = "show",
      description =
          "Print the records of an import, one JSON object a line, with reason and place.",
      footer = {"", "Example: historics archive quarantine show 20170805T103000-00c0de"})
  int show(@Parameters(paramLabel = "BATCH", description = "from 'quarantine ls'") String batch)
      throws CliException, IOException {
    Session session = Session.of(spec);
    QuarantineShelf shelf = shelf(session);
    for (QuarantineShelf.Lot lot : shelf.lots()) {
      if (lot.batch().equals(batch)) {
        OutputStream stream = new BufferedOutputStream(session.printer().bytes(), 1 << 16);
        shelf.copy(lot, stream);
        stream.flush();
        return 0;
      }
    }
    throw new CliException(
        ExitCode.NOT_FOUND,
        "the quarantine has nothing of batch '%s'".formatted(batch),
        "'historics archive quarantine ls' lists the batches");
  }

  private static QuarantineShelf shelf(Session session) throws CliException, IOException {
    return new QuarantineShelf(new Installation(session).archive());
  }
}
