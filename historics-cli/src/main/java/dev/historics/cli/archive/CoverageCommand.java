package dev.historics.cli.archive;

import dev.historics.archive.Archive;
import dev.historics.archive.DayCoverage;
import dev.historics.archive.SourceDay;
import dev.historics.archive.intake.QuarantineShelf;
import dev.historics.cli.session.CliException;
import dev.historics.cli.session.Session;
import dev.historics.cli.session.Table;
import dev.historics.cli.session.Times;
import dev.historics.cli.wiring.Installation;
import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says whether days are complete. */
@Command(
    name = "coverage",
    description = "Show which days are complete, which have gaps, and which are missing.",
    footer = {
      "",
      "A day is complete if each of its 24 UTC hours has interactions. A month is a line, a day a",
      "character; below stand the days that are not complete, with the hours that have no data.",
      "For programs, JSON and CSV have a row for each day.",
      "Example: historics archive coverage --source twitter --from 2017-08-01 --to 2017-09-01"
    })
final class CoverageCommand implements Callable<Integer> {
  @Mixin DaySelection selection;

  @Option(
      names = "--from",
      paramLabel = "DAY",
      description = "from this day on (default: the first with data)")
  String from;

  @Option(
      names = "--to",
      paramLabel = "DAY",
      description = "only days before this (default: after the last with data)")
  String to;

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws CliException, IOException {
    Session session = Session.of(spec);
    Archive archive = new Installation(session).archive();
    Table table = new Table("source", "day", "state", "coverage", "records", "files", "no_data_at");
    SortedMap<String, List<DayCoverage>> sources = sources(archive);
    for (List<DayCoverage> days : sources.values()) {
      days.forEach(day -> table.add(row(day)));
    }
    if (!session.printer().forPeople()) {
      session.printer().table(table);
    } else if (table.rows().isEmpty()) {
      session.printer().hint("no data; 'historics archive import --source S FILE' brings some in");
    } else {
      QuarantineShelf shelf = new QuarantineShelf(archive);
      for (Map.Entry<String, List<DayCoverage>> source : sources.entrySet()) {
        CoveragePage page = new CoveragePage(source.getKey(), source.getValue());
        session.printer().out().print(page.text(putAside(shelf, source.getKey())));
      }
      session.printer().out().println(CoveragePage.LEGEND);
    }
    return 0;
  }

  private SortedMap<String, List<DayCoverage>> sources(Archive archive)
      throws CliException, IOException {
    SortedMap<String, List<LocalDate>> known = new TreeMap<>();
    for (SourceDay day : selection.in(archive)) {
      known.computeIfAbsent(day.source(), source -> new ArrayList<>()).add(day.day());
    }
    LocalDate first = from == null ? null : Times.day("--from", from);
    LocalDate end = to == null ? null : Times.day("--to", to);
    if (first != null && end != null && !first.isBefore(end)) {
      throw CliException.usage(
          "--to must be after --from, got [%s, %s)".formatted(first, end),
          "one day is --from 2017-08-05 --to 2017-08-06");
    }
    SortedMap<String, List<DayCoverage>> sources = new TreeMap<>();
    for (Map.Entry<String, List<LocalDate>> source : known.entrySet()) {
      List<LocalDate> days = source.getValue();
      LocalDate start = first == null ? days.get(0) : first;
      LocalDate last = end == null ? days.get(days.size() - 1) : end.minusDays(1);
      sources.put(source.getKey(), DayCoverage.of(archive, source.getKey(), start, last));
    }
    return sources;
  }

  private static Map<String, Object> row(DayCoverage day) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("source", day.day().source());
    row.put("day", day.day().day());
    row.put("state", day.state().name().toLowerCase(Locale.ROOT));
    row.put("coverage", Math.round(day.share() * 10_000) / 10_000.0);
    row.put("records", day.records());
    boolean hasFiles =
        day.state() == DayCoverage.State.COMPLETE || day.state() == DayCoverage.State.GAPS;
    row.put("files", hasFiles ? day.files().name().toLowerCase(Locale.ROOT) : "");
    row.put("no_data_at", day.missingHoursText());
    row.put("missing_hours", day.missingHours());
    return row;
  }

  /** How many records of a source were put aside; nobody knows of which day they are. */
  private static long putAside(QuarantineShelf shelf, String source) throws IOException {
    Newlines newlines = new Newlines();
    for (QuarantineShelf.Lot lot : shelf.lots()) {
      if (lot.source().equals(source)) {
        shelf.copy(lot, newlines);
      }
    }
    return newlines.count;
  }

  /** Counts lines. */
  private static final class Newlines extends OutputStream {
    private long count;

    @Override
    public void write(int b) {
      count += b == '\n' ? 1 : 0;
    }
  }
}
