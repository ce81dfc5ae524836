package dev.historics.cli.archive;

import dev.historics.archive.intake.ImportInput;
import dev.historics.archive.intake.ImportSettings;
import dev.historics.archive.intake.Trial;
import dev.historics.archive.mapping.InvalidMappingException;
import dev.historics.archive.mapping.SourceMapping;
import dev.historics.cli.session.CliException;
import dev.historics.cli.session.ExitCode;
import dev.historics.cli.session.Session;
import dev.historics.cli.wiring.Installation;
import dev.historics.cli.wiring.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what records become, and stores nothing. */
@Command(
    name = "check",
    description = "Show what a mapping makes of the records of a file; store nothing.",
    footer = {
      "",
      "Shows a record as the interaction it becomes, why others would be put aside, the fields that",
      "no rule of the mapping reads and no target names, and the rules and targets that found",
      "nothing. Of a mapping alone (.yaml) it says whether it is valid, with all that is wrong.",
      "The exit code is 6 if a record would be put aside.",
      "Examples: historics mapping check --source twitter tweets.ndjson.gz --record 3",
      "          historics mapping check --mapping mine.yaml posts.csv --output json",
      "          historics mapping check mine.yaml"
    })
final class MappingCheckCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "FILE",
      description = "records, plain or packed, as for import; or a mapping (.yaml)")
  Path file;

  @Option(names = "--source", paramLabel = "S", description = "use the mapping of this source")
  String source;

  @Option(names = "--mapping", paramLabel = "FILE", description = "use this mapping")
  Path mapping;

  @Option(
      names = "--record",
      paramLabel = "N",
      description = "show the N-th record, from 1 (default: the first that would be archived)")
  Long record;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "1000",
      description = "look at the first N records (default: ${DEFAULT-VALUE})")
  long limit;

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws CliException, IOException {
    Session session = Session.of(spec);
    requireOptions();
    if (isMapping()) {
      return valid(session).number();
    }
    SourceMapping used = used(session);
    MappingTrial trial = new MappingTrial(used, record == null ? 0 : record);
    ImportInput input = ImportInput.at(file).get(0);
    new Trial(used.mapper(), session.clock(), ImportSettings.STANDARD).run(input, limit, trial);
    requireRecord(trial.records());
    trial.print(session, file.toString());
    return (trial.refused() > 0 ? ExitCode.WARNINGS : ExitCode.OK).number();
  }

  private void requireOptions() throws CliException {
    if (!Files.isRegularFile(file)) {
      throw new CliException(
          ExitCode.NOT_FOUND,
          "there is no file '%s'".formatted(file),
          "check the path; give one file of records, or a mapping that ends in .yaml");
    }
    if (limit < 1 || (record != null && (record < 1 || record > limit))) {
      throw CliException.usage(
          "expected --limit of at least 1 and --record from 1 to the limit, got %d and %s"
              .formatted(limit, record == null ? "none" : record),
          "a larger --limit looks at more records");
    }
    if (!isMapping() && (source == null) == (mapping == null)) {
      throw CliException.usage(
          "expected either --source S or --mapping FILE, got %s"
              .formatted(source == null ? "neither" : "both"),
          "for example: historics mapping check --source twitter %s".formatted(file));
    }
  }

  private boolean isMapping() {
    return file.toString().matches(".*\\.ya?ml");
  }

  private SourceMapping used(Session session) throws CliException {
    return mapping == null
        ? new Installation(session).sources().mapping(source)
        : Sources.load(mapping);
  }

  private void requireRecord(long records) throws CliException {
    if (record != null && record > records) {
      throw new CliException(
          ExitCode.NOT_FOUND,
          "there is no record %d in %s, which has %d".formatted(record, file, records),
          "give a --record from 1 to %d".formatted(records));
    }
  }

  /** Whether the file is a mapping, and all that is wrong with it. */
  private ExitCode valid(Session session) throws IOException {
    Map<String, Object> answer = new LinkedHashMap<>();
    try {
      SourceMapping read = SourceMapping.load(file);
      answer.put("valid", true);
      answer.put("source", read.source());
      answer.put("rules", (long) read.rules().size());
      answer.put("targets", (long) read.targets().size());
      session
          .printer()
          .answer(
              answer,
              "%s is a mapping for source '%s': %d rules, %d targets with a type"
                  .formatted(file, read.source(), read.rules().size(), read.targets().size()));
      return ExitCode.OK;
    } catch (InvalidMappingException e) {
      answer.put("valid", false);
      answer.put("errors", e.problems().stream().map(MappingCheckCommand::error).toList());
      session.printer().answer(answer, e.getMessage());
      return ExitCode.USAGE;
    }
  }

  private static Map<String, Object> error(InvalidMappingException.Problem problem) {
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("line", (long) problem.line());
    error.put("column", (long) problem.column());
    error.put("message", problem.message());
    return error;
  }
}
