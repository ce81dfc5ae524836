package dev.historics.cli.query;

import dev.historics.cli.session.CliException;
import dev.historics.cli.session.ExitCode;
import dev.historics.cli.session.OutputFormat;
import dev.historics.cli.session.Session;
import dev.historics.cli.session.Table;
import dev.historics.cli.wiring.Installation;
import dev.historics.jobs.QueryManifest;
import dev.historics.jobs.ResultManifests;
import dev.historics.jobs.Unreadable;
import dev.historics.schedule.QueryView;
import dev.historics.schedule.Scheduling;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Gives out what a query found. */
@Command(
    name = "results",
    description = "Print the matched interactions, or the manifest that proves what was covered.",
    footer = {
      "",
      "Examples: historics results 1f2e3d4c --out matches.ndjson",
      "          historics results 1f2e3d4c --manifest"
    })
public final class ResultsCommand implements Callable<Integer> {
  @Mixin QueryArgument argument;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "ndjson",
      description = "the form of the interactions: ndjson")
  String format;

  @Option(
      names = "--out",
      paramLabel = "PATH",
      description = "write to a file, which is there whole or not at all")
  Path out;

  @Option(names = "--manifest", description = "the manifest instead of the interactions")
  boolean manifest;

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws CliException, IOException {
    Session session = Session.of(spec);
    if (!format.equals("ndjson")) {
      throw CliException.usage(
          "--format: expected ndjson, got '%s'".formatted(format), "other formats come later");
    }
    Installation installation = new Installation(session);
    QueryView query;
    try (Scheduling scheduling = installation.scheduling()) {
      query = argument.view(scheduling);
    }
    ResultManifests results = installation.results();
    QueryManifest found = results.manifest(query.id()).orElseThrow(() -> notEnded(query));
    if (manifest) {
      printManifest(session, results, query, found);
    } else if (out == null) {
      OutputStream stream = new BufferedOutputStream(session.printer().bytes(), 1 << 16);
      results.copy(found, stream);
      stream.flush();
    } else {
      copyTo(out, results, found);
      session
          .printer()
          .hint(String.format(Locale.ROOT, "%,d interactions in %s", found.matched(), out));
    }
    return found.quarantined() > 0 ? ExitCode.WARNINGS.number() : ExitCode.OK.number();
  }

  private static CliException notEnded(QueryView query) {
    return new CliException(
        ExitCode.FAILED,
        "query %s has no results yet: it is %s"
            .formatted(query.id(), QueryText.word(query.status())),
        "'historics status %s --follow' waits for its end".formatted(query.id()));
  }

  private static void copyTo(Path out, ResultManifests results, QueryManifest found)
      throws IOException {
    Path whole = out.toAbsolutePath();
    Path part = Files.createTempFile(whole.getParent(), whole.getFileName().toString(), ".part");
    try {
      try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(part))) {
        results.copy(found, file);
      }
      Files.move(part, whole, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private void printManifest(
      Session session, ResultManifests results, QueryView query, QueryManifest found)
      throws IOException {
    if (session.format() == OutputFormat.JSON) {
      session
          .printer()
          .out()
          .println(new String(results.manifestText(query.id()), StandardCharsets.UTF_8));
      return;
    }
    Table table =
        new Table(
            "day",
            "source",
            "version",
            "coverage",
            "records",
            "in_range",
            "matched",
            "unmatched",
            "quarantined",
            "files");
    for (QueryManifest.Day day : found.days()) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("day", day.day());
      row.put("source", day.source());
      row.put("version", day.archiveVersion() == 0 ? "no data" : "v" + day.archiveVersion());
      row.put("coverage", day.coverage());
      row.put("records", day.records());
      row.put("in_range", day.inRange());
      row.put("matched", day.matched());
      row.put("unmatched", day.unmatched());
      row.put("quarantined", day.quarantined());
      row.put("taken_down", day.takenDown());
      row.put("files", day.files().size());
      table.add(row);
    }
    session.printer().table(table);
    if (session.printer().forPeople()) {
      session
          .printer()
          .out()
          .println(
              String.format(
                  Locale.ROOT,
                  "%,d in range = %,d matched + %,d unmatched + %,d quarantined: %s",
                  found.inRange(),
                  found.matched(),
                  found.unmatched(),
                  found.quarantined(),
                  found.balances() ? "the books balance" : "THE BOOKS DO NOT BALANCE"));
      for (QueryManifest.Day day : found.days()) {
        for (Unreadable file : day.unreadable()) {
          session
              .printer()
              .warn(
                  String.format(
                      Locale.ROOT,
                      "%,d interactions at most are missing: %s",
                      file.records(),
                      file.reason()));
        }
      }
      long takenDown = found.days().stream().mapToLong(QueryManifest.Day::takenDown).sum();
      if (takenDown > 0) {
        session
            .printer()
            .hint("%,d more were taken down, and count for nobody".formatted(takenDown));
      }
    }
  }
}
