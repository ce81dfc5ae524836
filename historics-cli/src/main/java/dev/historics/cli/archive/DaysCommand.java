package dev.historics.cli.archive;

import dev.historics.archive.Archive;
import dev.historics.archive.DayCoverage;
import dev.historics.archive.DaySummary;
import dev.historics.archive.Manifest;
import dev.historics.archive.SourceDay;
import dev.historics.cli.session.CliException;
import dev.historics.cli.session.Session;
import dev.historics.cli.session.Table;
import dev.historics.cli.session.Times;
import dev.historics.cli.wiring.Installation;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists what the archive has. */
@Command(
    name = "days",
    description = "List the days the archive has, with counts, state and coverage.",
    footer = {
      "",
      "Coverage is the share of the day's 24 hours that have data; 'archive coverage' shows which.",
      "Example: historics archive days --source twitter --from 2017-08-05 --to 2017-08-12"
    })
public final class DaysCommand implements Callable<Integer> {
  @Mixin DaySelection selection;

  @Option(names = "--from", paramLabel = "TIME", description = "only days from here on")
  String from;

  @Option(names = "--to", paramLabel = "TIME", description = "only days before this")
  String to;

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws CliException, IOException {
    Session session = Session.of(spec);
    Archive archive = new Installation(session).archive();
    Instant start = from == null ? Instant.MIN : Times.instant("--from", from);
    Instant end = to == null ? Instant.MAX : Times.instant("--to", to);
    Table table = new Table("source", "day", "records", "bytes", "files", "state", "coverage");
    for (SourceDay day : selection.in(archive)) {
      Instant first = day.day().atStartOfDay(ZoneOffset.UTC).toInstant();
      Instant last = day.day().plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
      Optional<Manifest> newest =
          last.isAfter(start) && first.isBefore(end) ? archive.newest(day) : Optional.empty();
      newest.map(manifest -> row(manifest, session.clock().instant())).ifPresent(table::add);
    }
    if (table.rows().isEmpty() && session.printer().forPeople()) {
      session.printer().hint("no data; 'historics archive import --source S FILE' brings some in");
    } else {
      session.printer().table(table);
    }
    return 0;
  }

  private static Map<String, Object> row(Manifest manifest, Instant now) {
    DaySummary day = DaySummary.of(manifest);
    DayCoverage coverage = DayCoverage.of(manifest.day(), Optional.of(manifest), now);
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("source", day.source());
    row.put("day", day.day());
    row.put("records", day.records());
    row.put("bytes", day.bytes());
    row.put("files", day.files());
    row.put("state", day.state().name().toLowerCase(Locale.ROOT));
    row.put("coverage", Math.round(day.coverage() * 10_000) / 10_000.0);
    row.put("completeness", coverage.state().name().toLowerCase(Locale.ROOT));
    row.put("missing_hours", coverage.missingHours());
    return row;
  }
}
