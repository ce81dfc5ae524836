package dev.historics.cli.archive;

import dev.historics.archive.Archive;
import dev.historics.archive.Manifest;
import dev.historics.archive.SourceDay;
import dev.historics.archive.TargetColumn;
import dev.historics.archive.removal.Preflight;
import dev.historics.archive.upkeep.CompactionPolicy;
import dev.historics.archive.upkeep.CompactionReport;
import dev.historics.archive.upkeep.Compactor;
import dev.historics.archive.upkeep.DaySealing;
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
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Seals days. */
@Command(
    name = "compact",
    description = "Seal days: turn what was imported into sorted Parquet.",
    footer = {
      "",
      "With --day, that day; else every day that is worth it, as the settings compact.* say (the",
      "defaults: every day to which something came in). Days whose source has got other targets",
      "since they were sealed stay as they are, which rules do not notice but by their speed; with",
      "--reseal they are sealed anew. Several days are sealed at a time (compact.threads); with",
      "'runner: yarn' a job does it, a task for each day. Then old versions that are due are swept.",
      "Example: historics archive compact --source twitter --day 2017-08-05",
      "Example: historics archive compact -D compact.min-files=8 -D compact.quiet=6h",
      "Example: historics archive compact --source twitter --reseal"
    })
public final class CompactCommand implements Callable<Integer> {
  @Mixin DaySelection selection;

  @Option(
      names = "--reseal",
      description = "also days that are sealed with other targets than their source has now")
  boolean reseal;

  @Spec CommandSpec spec;

  /**
   * What is to be done with the days that were asked for.
   *
   * @param days to be sealed
   * @param waiting how many are not worth it yet
   * @param outdated how many are sealed with other targets, and stay so
   */
  private record Due(List<SourceDay> days, int waiting, int outdated) {}

  @Override
  public Integer call() throws CliException, IOException {
    Session session = Session.of(spec);
    Installation installation = new Installation(session);
    Archive archive = installation.archive();
    Preflight.require(archive, selection.in(archive));
    Map<String, DaySealing.Columns> columns = new HashMap<>();
    for (String source : archive.sources()) {
      if (selection.source == null || selection.source.equals(source)) {
        columns.put(source, columns(installation, source));
      }
    }
    Due due = due(archive, installation.compactionPolicy(), columns);
    Table table = new Table("source", "day", "records", "files_before", "bytes_before", "bytes");
    List<String> problems;
    try (Progress progress = session.progress()) {
      problems =
          installation.compactsOnCluster()
              ? onCluster(installation, due.days(), progress, table)
              : here(installation.daySealing(), due.days(), columns, progress, table);
    }
    sweep(installation.sweeper(), due.days());
    print(session, table, due);
    problems.forEach(problem -> session.printer().warn(Printer.printable(problem)));
    return problems.isEmpty() ? ExitCode.OK.number() : ExitCode.FAILED.number();
  }

  private static DaySealing.Columns columns(Installation installation, String source)
      throws CliException, IOException {
    return new DaySealing.Columns(
        installation.sources().columns(source), installation.sources().dialect(source).stripping());
  }

  /** The days that are worth it; whoever names a day wants it. */
  private Due due(Archive archive, CompactionPolicy policy, Map<String, DaySealing.Columns> columns)
      throws CliException, IOException {
    List<SourceDay> all = selection.in(archive);
    if (selection.day != null) {
      return new Due(all, 0, 0);
    }
    List<SourceDay> days = new ArrayList<>();
    int waiting = 0;
    int outdated = 0;
    for (SourceDay day : all) {
      Optional<Manifest> newest = archive.newest(day);
      if (newest.isEmpty() || !policy.isDue(newest.get(), archive.clock().instant())) {
        waiting++;
      } else if (!Compactor.isSealed(newest.get())) {
        days.add(day);
      } else if (!isUpToDate(newest.get(), columns.get(day.source()))) {
        if (reseal) {
          days.add(day);
        } else {
          outdated++;
        }
      }
    }
    return new Due(days, waiting, outdated);
  }

  private static boolean isUpToDate(Manifest day, DaySealing.Columns columns) {
    return Compactor.isSealed(day, columns.considered(), columns.stripping());
  }

  private static List<String> here(
      DaySealing sealing,
      List<SourceDay> days,
      Map<String, DaySealing.Columns> columns,
      Progress progress,
      Table table)
      throws IOException {
    Written written = new Written(days.size(), progress, table);
    sealing.run(days, columns::get, written);
    return written.problems;
  }

  /** Days that are sealed here, a row of the table each. */
  private static final class Written implements DaySealing.Watch {
    private final int days;
    private final Progress progress;
    private final Table table;
    private final List<String> problems = new ArrayList<>();
    private long done;
    private long rows;

    Written(int days, Progress progress, Table table) {
      this.days = days;
      this.progress = progress;
      this.table = table;
    }

    @Override
    public void sealed(CompactionReport report) {
      table.add(
          row(report.manifest(), report.dropped(), report.filesBefore(), report.bytesBefore()));
      rows += report.rows();
      oneMore();
    }

    @Override
    public void passedOver(SourceDay day) {
      oneMore();
    }

    @Override
    public void failed(SourceDay day, IOException problem) {
      problems.add("%s: %s".formatted(day, problem.getMessage()));
      oneMore();
    }

    private void oneMore() {
      done++;
      progress.update("compact", done, days, rows, "records");
    }
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

  private static void print(Session session, Table table, Due due) {
    if (table.rows().isEmpty() && session.printer().forPeople()) {
      session
          .printer()
          .hint(due.waiting() == 0 ? "nothing to do: every day is sealed" : "nothing is due");
    } else {
      session.printer().table(table);
    }
    if (due.waiting() > 0) {
      session
          .printer()
          .hint("days not worth it yet (compact.* settings): %,d".formatted(due.waiting()));
    }
    if (due.outdated() > 0) {
      session
          .printer()
          .hint(
              "days sealed with other targets than their source has now: %,d; --reseal seals them anew"
                  .formatted(due.outdated()));
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
