package dev.historics.cli.archive;

import dev.historics.archive.intake.QuarantineShelf;
import dev.historics.cli.session.CliException;
import dev.historics.cli.session.ExitCode;
import dev.historics.cli.session.Session;
import dev.historics.cli.session.Table;
import dev.historics.cli.wiring.Installation;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows the records that could not be archived. */
@Command(
    name = "quarantine",
    description = "Show the records that could not be archived, with reasons.",
    footer = {"", "Example: historics archive quarantine ls"})
final class QuarantineCommand implements Runnable {
  @Spec CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing: ls or show");
  }

  @Command(
      name = "ls",
      description = "List the imports that put records aside.",
      footer = {"", "Example: historics archive quarantine ls --output json"})
  int ls() throws CliException, IOException {
    Session session = Session.of(spec);
    Table table = new Table("source", "batch", "bytes");
    for (QuarantineShelf.Lot lot : shelf(session).lots()) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("source", lot.source());
      row.put("batch", lot.batch());
      row.put("bytes", lot.bytes());
      table.add(row);
    }
    if (table.rows().isEmpty() && session.printer().forPeople()) {
      session.printer().hint("the quarantine is empty");
    } else {
      session.printer().table(table);
    }
    return 0;
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
