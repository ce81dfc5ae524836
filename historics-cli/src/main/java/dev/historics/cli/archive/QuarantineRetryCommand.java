package dev.historics.cli.archive;

import dev.historics.archive.Archive;
import dev.historics.archive.intake.ImportSettings;
import dev.historics.archive.intake.ImportWatch;
import dev.historics.archive.intake.QuarantineRetry;
import dev.historics.archive.intake.QuarantineShelf;
import dev.historics.archive.intake.RetryReport;
import dev.historics.archive.mapping.SourceMapping;
import dev.historics.archive.removal.Preflight;
import dev.historics.cli.session.CliException;
import dev.historics.cli.session.ExitCode;
import dev.historics.cli.session.Session;
import dev.historics.cli.session.Table;
import dev.historics.cli.wiring.Installation;
import dev.historics.cli.wiring.Sources;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tries records of the quarantine again. */
@Command(
    name = "retry",
    description = "Try the records of an import, or of all of them, again with today's mapping.",
    footer = {
      "",
      "What is good now is archived, once, and leaves the quarantine; the rest stays with the reason",
      "of today. Records that were too large are kept only in part and cannot be tried again: import",
      "their file with a larger import.max-record.",
      "Examples: historics archive quarantine retry 20170805T103000-00c0de --mapping mended.yaml",
      "          historics archive quarantine retry --all --source twitter"
    })
final class QuarantineRetryCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "BATCH",
      arity = "0..1",
      description = "what to try again, from 'quarantine ls'")
  String batch;

  @Option(names = "--all", description = "try everything again")
  boolean all;

  @Option(names = "--source", paramLabel = "S", description = "only of this source")
  String source;

  @Option(
      names = "--mapping",
      paramLabel = "FILE",
      description = "how records become interactions (default: the source's own mapping)")
  Path mapping;

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws CliException, IOException {
    if ((batch == null) != all) {
      throw CliException.usage(
          "expected either a BATCH or --all, got %s".formatted(all ? "both" : "neither"),
          "'historics archive quarantine ls' lists the batches");
    }
    Session session = Session.of(spec);
    Installation installation = new Installation(session);
    Archive archive = installation.archive();
    List<QuarantineShelf.Lot> lots = lots(archive);
    for (String each : lots.stream().map(QuarantineShelf.Lot::source).distinct().toList()) {
      Preflight.require(archive, archive.days(each));
    }
    QuarantineRetry retry =
        new QuarantineRetry(
            archive, ImportCommand.settings(session, ImportSettings.OnError.QUARANTINE));
    List<RetryReport> reports = new ArrayList<>();
    for (QuarantineShelf.Lot lot : lots) {
      SourceMapping mapper =
          mapping == null
              ? installation.sources().mapping(lot.source())
              : Sources.mapping(lot.source(), mapping);
      reports.add(
          retry.run(
              lot,
              ImportCommand.batch(session.clock().instant()),
              mapper::mapper,
              ImportWatch.NOBODY));
    }
    print(session, reports);
    return ExitCode.OK.number();
  }

  private List<QuarantineShelf.Lot> lots(Archive archive) throws CliException, IOException {
    List<QuarantineShelf.Lot> lots =
        new QuarantineShelf(archive)
            .lots().stream()
                .filter(lot -> all || lot.batch().equals(batch))
                .filter(lot -> source == null || lot.source().equals(source))
                .toList();
    if (lots.isEmpty() && !all) {
      throw new CliException(
          ExitCode.NOT_FOUND,
          "the quarantine has nothing of batch '%s'%s"
              .formatted(batch, source == null ? "" : " and source '" + source + "'"),
          "'historics archive quarantine ls' lists the batches");
    }
    return lots;
  }

  private static void print(Session session, List<RetryReport> reports) {
    Table table =
        new Table("source", "batch", "read", "stored", "duplicates", "quarantined", "stored_as");
    long finalCount = 0;
    for (RetryReport report : reports) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("source", report.lot().source());
      row.put("batch", report.lot().batch());
      row.put("read", report.read());
      row.put("stored", report.stored());
      row.put("duplicates", report.duplicates());
      row.put("quarantined", report.quarantined());
      row.put("not_to_be_retried", report.finalCount());
      row.put("stored_as", report.batch().value());
      table.add(row);
      finalCount += report.finalCount();
    }
    if (reports.isEmpty() && session.printer().forPeople()) {
      session.printer().hint("the quarantine has nothing to try again");
      return;
    }
    session.printer().table(table);
    if (finalCount > 0) {
      session
          .printer()
          .hint(
              "%,d of them can never be tried again: they were cut, or are no whole record; mend"
                      .formatted(finalCount)
                  + " their input and import it");
    }
  }
}
