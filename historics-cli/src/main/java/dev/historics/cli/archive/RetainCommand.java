package dev.historics.cli.archive;

import dev.historics.archive.Archive;
import dev.historics.archive.Manifest;
import dev.historics.archive.SourceDay;
import dev.historics.archive.removal.Preflight;
import dev.historics.archive.upkeep.Retention;
import dev.historics.cli.session.CliException;
import dev.historics.cli.session.Progress;
import dev.historics.cli.session.Session;
import dev.historics.cli.session.Settings;
import dev.historics.cli.session.Table;
import dev.historics.cli.wiring.Installation;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Drops old days. */
@Command(
    name = "retain",
    description = "Drop days that ended longer ago than they are to be kept.",
    footer = {
      "",
      "A dropped day stays known: 'archive days' and 'archive coverage' show it as dropped. Queries",
      "that read it go on; its files go with 'archive sweep', after sweep.grace. What is imported",
      "into such a day later is stored, and dropped by the next 'retain'.",
      "Example: historics archive retain --keep 365d --dry-run"
    })
final class RetainCommand implements Callable<Integer> {
  @Option(
      names = "--keep",
      paramLabel = "TIME",
      required = true,
      description = "how long a day is kept after its end, such as 365d")
  String keep;

  @Option(names = "--source", paramLabel = "S", description = "only this source")
  String source;

  @Option(names = "--dry-run", description = "only say what would be dropped")
  boolean dryRun;

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws CliException, IOException {
    Session session = Session.of(spec);
    Archive archive = new Installation(session).archive();
    Retention retention = new Retention(archive, keep());
    DaySelection selection = new DaySelection();
    selection.source = source;
    List<SourceDay> days = selection.in(archive);
    Preflight.require(archive, days);
    List<Manifest> due = retention.due(days);
    Table table = new Table("source", "day", "records", "bytes", "files");
    try (Progress progress = session.progress()) {
      for (Manifest day : due) {
        table.add(row(day));
        if (!dryRun) {
          retention.drop(day.day());
        }
        progress.update("retain", table.rows().size(), due.size(), table.rows().size(), "days");
      }
    }
    print(session, table);
    return 0;
  }

  private Duration keep() throws CliException {
    return Settings.parseDuration(keep)
        .filter(duration -> !duration.isZero())
        .orElseThrow(
            () ->
                CliException.usage(
                    "--keep: expected a time such as '365d', got '%s'".formatted(keep), ""));
  }

  private void print(Session session, Table table) {
    if (table.rows().isEmpty() && session.printer().forPeople()) {
      session
          .printer()
          .hint("nothing to do: no day with data ended more than %s ago".formatted(keep));
      return;
    }
    session.printer().table(table);
    if (dryRun) {
      session.printer().hint("dry run: nothing was dropped");
    } else {
      session
          .printer()
          .hint("dropped; 'historics archive sweep' frees their files after the grace");
    }
  }

  private static Map<String, Object> row(Manifest day) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("source", day.day().source());
    row.put("day", day.day().day());
    row.put("records", day.rows());
    row.put("bytes", day.bytes());
    row.put("files", day.files().size());
    return row;
  }
}
