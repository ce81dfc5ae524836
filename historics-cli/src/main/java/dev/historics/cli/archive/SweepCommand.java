package dev.historics.cli.archive;

import dev.historics.archive.Archive;
import dev.historics.archive.SourceDay;
import dev.historics.archive.removal.Preflight;
import dev.historics.archive.takedown.Receipt;
import dev.historics.archive.takedown.Receipts;
import dev.historics.archive.takedown.Takedown;
import dev.historics.archive.upkeep.DueFile;
import dev.historics.archive.upkeep.Sweeper;
import dev.historics.cli.session.CliException;
import dev.historics.cli.session.Progress;
import dev.historics.cli.session.Session;
import dev.historics.cli.session.Table;
import dev.historics.cli.wiring.Installation;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Removes files that nobody needs, and completes takedowns. */
@Command(
    name = "sweep",
    description = "Remove files that nobody needs any more, and complete takedowns.",
    footer = {
      "",
      "Files of older versions go when no running query reads them and they were replaced longer",
      "ago than sweep.grace; so do files that an import or a compaction left unfinished. Data that",
      "counts is never touched. Good to run every hour.",
      "Example: historics archive sweep --dry-run"
    })
final class SweepCommand implements Callable<Integer> {
  @Mixin DaySelection selection;

  @Option(names = "--dry-run", description = "only say what would be removed")
  boolean dryRun;

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws CliException, IOException {
    Session session = Session.of(spec);
    Installation installation = new Installation(session);
    Archive archive = installation.archive();
    Sweeper sweeper = installation.sweeper();
    List<SourceDay> days = selection.in(archive);
    Preflight.require(archive, days);
    List<Receipt> open = new Receipts(archive).open();
    Table table = new Table("source", "day", "files", "bytes");
    try (Progress progress = session.progress()) {
      for (int i = 0; i < days.size(); i++) {
        sweep(sweeper, days.get(i).source(), days.get(i).day(), sweeper.due(days.get(i)), table);
        progress.update("sweep", i + 1L, days.size(), i + 1L, "days");
      }
      SortedSet<String> sources = new TreeSet<>(days.stream().map(SourceDay::source).toList());
      for (String source : sources) {
        sweep(sweeper, source, null, sweeper.dueBeside(source), table);
      }
      print(session, table);
      if (!dryRun) {
        complete(session, installation, open);
      }
    }
    return 0;
  }

  private void sweep(Sweeper sweeper, String source, Object day, List<DueFile> due, Table table)
      throws IOException {
    if (due.isEmpty()) {
      return;
    }
    if (!dryRun) {
      sweeper.remove(due);
    }
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("source", source);
    row.put("day", day);
    row.put("files", due.size());
    row.put("bytes", due.stream().mapToLong(DueFile::bytes).sum());
    row.put("paths", due.stream().map(DueFile::path).toList());
    table.add(row);
  }

  private void print(Session session, Table table) {
    if (table.rows().isEmpty() && session.printer().forPeople()) {
      session.printer().hint("nothing to do: every file is needed, or too young");
      return;
    }
    session.printer().table(table);
    long files =
        table.rows().stream().mapToLong(row -> ((Number) row.get("files")).longValue()).sum();
    long bytes =
        table.rows().stream().mapToLong(row -> ((Number) row.get("bytes")).longValue()).sum();
    session
        .printer()
        .hint(
            String.format(
                Locale.ROOT,
                dryRun
                    ? "dry run: would free %,d bytes in %,d files"
                    : "freed %,d bytes in %,d files",
                bytes,
                files));
  }

  /** Goes on with takedowns that are not complete. */
  private static void complete(Session session, Installation installation, List<Receipt> open)
      throws CliException, IOException {
    for (Receipt receipt : open) {
      Takedown takedown = installation.takedown(receipt.sources());
      Receipt now = takedown.run(receipt, (done, total) -> {});
      session
          .printer()
          .hint(
              now.state() == Receipt.State.COMPLETE
                  ? "receipt %s: complete".formatted(now.id())
                  : "receipt %s: %d old files are left"
                      .formatted(now.id(), takedown.left(now).size()));
    }
  }
}
