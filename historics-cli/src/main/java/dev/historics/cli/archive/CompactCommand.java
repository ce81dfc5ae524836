package dev.historics.cli.archive;

import dev.historics.archive.Archive;
import dev.historics.archive.SourceDay;
import dev.historics.archive.upkeep.CompactionReport;
import dev.historics.archive.upkeep.CompactionSettings;
import dev.historics.archive.upkeep.Compactor;
import dev.historics.cli.session.CliException;
import dev.historics.cli.session.Progress;
import dev.historics.cli.session.Session;
import dev.historics.cli.session.Table;
import dev.historics.cli.wiring.Installation;
import java.io.IOException;
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
    footer = {"", "Example: historics archive compact --source twitter --day 2017-08-05"})
public final class CompactCommand implements Callable<Integer> {
  @Mixin DaySelection selection;

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws CliException, IOException {
    Session session = Session.of(spec);
    Installation installation = new Installation(session);
    Archive archive = installation.archive();
    List<SourceDay> days = selection.in(archive);
    Compactor compactor = new Compactor(archive, CompactionSettings.STANDARD);
    Table table = new Table("source", "day", "records", "files_before", "bytes_before", "bytes");
    long rows = 0;
    try (Progress progress = session.progress()) {
      for (int i = 0; i < days.size(); i++) {
        SourceDay day = days.get(i);
        Optional<CompactionReport> report =
            compactor.compact(
                day,
                installation.sources().columns(day.source()),
                installation.sources().dialect(day.source()).stripping());
        if (report.isPresent()) {
          table.add(row(day, report.get()));
          rows += report.get().rows();
        }
        progress.update("compact", i + 1L, days.size(), rows, "records");
      }
    }
    if (table.rows().isEmpty() && session.printer().forPeople()) {
      session.printer().hint("nothing to do: every day is sealed");
    } else {
      session.printer().table(table);
    }
    return 0;
  }

  private static Map<String, Object> row(SourceDay day, CompactionReport report) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("source", day.source());
    row.put("day", day.day());
    row.put("records", report.rows());
    row.put("dropped", report.dropped());
    row.put("files_before", report.filesBefore());
    row.put("bytes_before", report.bytesBefore());
    row.put("bytes", report.bytesAfter());
    row.put("version", report.manifest().version());
    return row;
  }
}
