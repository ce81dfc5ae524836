package dev.historics.cli.archive;

import dev.historics.archive.Archive;
import dev.historics.archive.Manifest;
import dev.historics.archive.SourceDay;
import dev.historics.archive.TargetColumn;
import dev.historics.archive.removal.Preflight;
import dev.historics.archive.upkeep.CompactionPolicy;
import dev.historics.archive.upkeep.CompactionReport;
import dev.historics.archive.upkeep.CompactionSettings;
import dev.historics.archive.upkeep.Compactor;
import dev.historics.archive.upkeep.Sweeper;
import dev.historics.cli.session.CliException;
import dev.historics.cli.session.ExitCode;
import dev.historics.cli.session.Printer;
import dev.historics.cli.session.Progress;
import dev.historics.cli.session.Session;
import dev.historics.cli.session.Table;
import dev.historics.cli.wiring.Installation;
import dev.historics.jobs.CompactJob;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Seals days. */
@Command(
    name = "compact",
    description = "Seal days: turn what was imported into sorted Parquet.",
    footer = {
      "",
      "With --day, that day; else every day that is worth it, as the settings compact.* say (the",
      "defaults: every day to which something came in). With 'runner: yarn' a job does it, a task",
      "for each day. Then old versions that are due are swept.",
      "Example: historics archive compact --source twitter --day 2017-08-05",
      "Example: historics archive compact -D compact.min-files=8 -D compact.quiet=6h"
    })
public final class CompactCommand implements Callable<Integer> {
  @Mixin DaySelection selection;

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws CliException, IOException {
    Session session = Session.of(spec);
    Installation installation = new Installation(session);
    Archive archive = installation.archive();
    List<SourceDay> all = selection.in(archive);
    Preflight.require(archive, all);
    List<SourceDay> days = due(archive, installation.compactionPolicy(), all);
    Table table = new Table("source", "day", "records", "files_before", "bytes_before", "bytes");
    List<String> problems;
    try (Progress progress = session.progress()) {
      problems =
          installation.compactsOnCluster()
              ? onCluster(installation, days, progress, table)
              : here(installation, days, progress, table);
    }
    sweep(installation.sweeper(), days);
    print(session, table, all.size() - days.size());
    problems.forEach(problem -> session.printer().warn(Printer.printable(problem)));
    return problems.isEmpty() ? ExitCode.OK.number() : ExitCode.FAILED.number();
  }

  /** The days that are worth it; whoever names a day wants it. */
  private List<SourceDay> due(Archive archive, CompactionPolicy policy, List<SourceDay> days)
      throws IOException {
    if (selection.day != null) {
      return days;
    }
    List<SourceDay> due = new ArrayList<>();
    for (SourceDay day : days) {
      Optional<Manifest> newest = archive.newest(day);
      if (newest.isPresent() && policy.isDue(newest.get(), archive.clock().instant())) {
        due.add(day);
      }
    }
    return due;
  }

  private static List<String> here(
      Installation installation, List<SourceDay> days, Progress progress, Table table)
      throws CliException, IOException {
    Compactor compactor = new Compactor(installation.archive(), CompactionSettings.STANDARD);
    long rows = 0;
    for (int i = 0; i < days.size(); i++) {
      SourceDay day = days.get(i);
      Optional<CompactionReport> report =
          compactor.compact(
              day,
              installation.sources().columns(day.source()),
              installation.sources().dialect(day.source()).stripping());
      if (report.isPresent()) {
        CompactionReport done = report.get();
        table.add(row(done.manifest(), done.dropped(), done.filesBefore(), done.bytesBefore()));
        rows += done.rows();
      }
      progress.update("compact", i + 1L, days.size(), rows, "records");
    }
    return List.of();
  }

  private static List<String> onCluster(
      Installation installation, List<SourceDay> days, Progress progress, Table table)
      throws CliException, IOException {
    Map<String, List<TargetColumn>> columns = new HashMap<>();
    for (SourceDay day : days) {
      columns.put(day.source(), installation.sources().columns(day.source()));
    }
    CompactJob.Report report =
        installation
            .compactJob()
            .run(days, columns::get, share -> progress.share("compact", share));
    for (CompactJob.Sealed sealed : report.days()) {
      Manifest before = sealed.before();
      long dropped = sealed.after().dropped() - before.dropped();
      table.add(row(sealed.after(), dropped, before.files().size(), before.bytes()));
    }
    return report.problems();
  }

  private static void sweep(Sweeper sweeper, List<SourceDay> days) throws IOException {
    for (SourceDay day : days) {
      sweeper.sweep(day);
    }
  }

  private static void print(Session session, Table table, int waiting) {
    if (table.rows().isEmpty() && session.printer().forPeople()) {
      session
          .printer()
          .hint(waiting == 0 ? "nothing to do: every day is sealed" : "nothing is due");
    } else {
      session.printer().table(table);
    }
    if (waiting > 0) {
      session.printer().hint("days not worth it yet (compact.* settings): %,d".formatted(waiting));
    }
  }

  private static Map<String, Object> row(
      Manifest manifest, long dropped, int filesBefore, long bytesBefore) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("source", manifest.day().source());
    row.put("day", manifest.day().day());
    row.put("records", manifest.rows());
    row.put("dropped", dropped);
    row.put("files_before", filesBefore);
    row.put("bytes_before", bytesBefore);
    row.put("bytes", manifest.bytes());
    row.put("version", manifest.version());
    return row;
  }
}
