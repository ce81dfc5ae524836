package dev.historics.cli.query;

import dev.historics.archive.Stripping;
import dev.historics.archive.mapping.SourceMapping;
import dev.historics.cli.filter.CountedLines;
import dev.historics.cli.filter.ExplainedLines;
import dev.historics.cli.filter.Filtering;
import dev.historics.cli.filter.Interactions;
import dev.historics.cli.filter.Outlet;
import dev.historics.cli.filter.PrintedLines;
import dev.historics.cli.session.CliException;
import dev.historics.cli.session.ExitCode;
import dev.historics.cli.session.OutputFormat;
import dev.historics.cli.session.Session;
import dev.historics.cli.session.Table;
import dev.historics.cli.wiring.Installation;
import dev.historics.cli.wiring.Sources;
import dev.historics.filter.Definition;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs rules over lines of JSON, without an archive. */
@Command(
    name = "filter",
    description = "Print the interactions that a rule matches: grep for CSDL.",
    footer = {
      "",
      "Files hold one JSON object a line, plain, gzip or zstd. What matches is printed byte for"
          + " byte, with",
      "interaction.tags and tag_tree where the rule tags (of several rules: those of the first that"
          + " does).",
      "With --csdl or --rule, which may be repeated, everything else is a FILE. The exit code is 0"
          + " whether",
      "or not anything matched: --count tells. Lines that are no interaction are told and make it"
          + " 6; lines",
      "without any word that a match would need are not read, and so not checked, unless --strict"
          + " says so.",
      "Examples: historics filter rule.csdl tweets.ndjson.gz > matches.ndjson",
      "          tail -f tweets.ndjson | historics filter --csdl 'interaction.content contains"
          + " \"solar\"'",
      "          historics filter --rule a.csdl --rule b.csdl --label --source twitter"
          + " raw-tweets.ndjson"
    })
public final class FilterCommand implements Callable<Integer> {
  private static final int OUTPUT_BYTES = 1 << 16;
  private static final int THREADS_MAX = 8;

  @Mixin FilterArguments arguments;

  @Option(names = "--count", description = "only how many match; of several rules: each")
  boolean count;

  @Option(names = "--invert", description = "those that no rule matches")
  boolean invert;

  @Option(
      names = "--explain",
      description = "for every record why it matches or not: what each condition saw")
  boolean explain;

  @Option(
      names = "--label",
      description = "before each line the names of the rules that match, and a tab")
  boolean label;

  @Option(
      names = "--max-count",
      paramLabel = "N",
      defaultValue = "9223372036854775807",
      showDefaultValue = picocli.CommandLine.Help.Visibility.NEVER,
      description = "stop after so many records")
  long maxCount;

  @Option(
      names = "--source",
      paramLabel = "S",
      description = "lines are records of this source, to be mapped as an import does")
  String source;

  @Option(
      names = "--mapping",
      paramLabel = "FILE",
      description = "how its records become interactions (default: the source's own mapping)")
  Path mapping;

  @Option(names = "--strict", description = "read every line, also those that cannot match")
  boolean strict;

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws CliException, IOException {
    Session session = Session.of(spec);
    requireSense(session);
    Installation installation = new Installation(session);
    List<FilterArguments.Named> rules = arguments.rules(session);
    List<Filtering.Source> inputs = arguments.inputs(session);
    Filtering filtering = filtering(session, installation, rules);
    List<String> names = rules.stream().map(FilterArguments.Named::name).toList();
    CountedLines counted = new CountedLines(names.size());
    Filtering.Outcome outcome =
        filtering.run(
            inputs.stream(),
            Math.min(THREADS_MAX, Runtime.getRuntime().availableProcessors()),
            maxCount,
            count ? counted : outlet(session, names),
            session.printer()::warn);
    if (count) {
      print(session, names, counted);
    }
    if (source == null && outcome.complete() && !outcome.someInteraction()) {
      session
          .printer()
          .warn(
              "no line has an 'interaction' object; name the --source of the records to map them");
    }
    return (outcome.complete() ? ExitCode.OK : ExitCode.WARNINGS).number();
  }

  private void requireSense(Session session) throws CliException {
    if (explain && (count || invert || label)) {
      throw CliException.usage(
          "--explain tells of every record; it cannot be combined with --count, --invert or"
              + " --label",
          "");
    }
    if (label && (count || invert)) {
      throw CliException.usage(
          "--label names the rules that match a record that is printed; with %s there are none"
              .formatted(count ? "--count" : "--invert"),
          "");
    }
    if (explain && session.format() == OutputFormat.CSV) {
      throw CliException.usage(
          "an explanation is a tree, which CSV cannot hold", "use --output json");
    }
    if (maxCount < 1) {
      throw CliException.usage(
          "--max-count: expected a number of at least 1, got '%d'".formatted(maxCount), "");
    }
    if (mapping != null && source == null) {
      throw CliException.usage(
          "--mapping needs --source", "name the source that the mapping is for");
    }
  }

  private Filtering filtering(
      Session session, Installation installation, List<FilterArguments.Named> rules)
      throws CliException {
    if (source == null) {
      List<Definition> definitions = new ArrayList<>();
      for (FilterArguments.Named each : rules) {
        definitions.add(
            arguments.compile(
                session,
                installation,
                each.rule(),
                Compiler.dictionary(installation, each.rule())));
      }
      return new Filtering(
          definitions, manner(), Stripping.STANDARD, Interactions::asTheyAre, target -> true);
    }
    SourceMapping mapped =
        mapping == null ? installation.sources().mapping(source) : Sources.mapping(source, mapping);
    List<Definition> definitions = new ArrayList<>();
    for (FilterArguments.Named each : rules) {
      definitions.add(
          arguments.compile(
              session,
              installation,
              each.rule(),
              Compiler.dictionary(installation, each.rule(), mapped)));
    }
    return new Filtering(
        definitions,
        manner(),
        mapped.stripping(),
        () -> Interactions.mapped(mapped.mapper()),
        // What a mapping fills need not be what the record says; below its source it stays whole.
        target -> target.name().startsWith(source + "."));
  }

  private Filtering.Manner manner() {
    if (explain) {
      return Filtering.Manner.EXPLAINED;
    }
    if (invert) {
      return Filtering.Manner.INVERTED;
    }
    return strict ? Filtering.Manner.STRICT : Filtering.Manner.QUICK;
  }

  private Outlet outlet(Session session, List<String> names) {
    OutputStream out = new BufferedOutputStream(session.printer().bytes(), OUTPUT_BYTES);
    if (explain) {
      return new ExplainedLines(out, names, form(session));
    }
    return label ? PrintedLines.labelled(out, names) : PrintedLines.plain(out);
  }

  private static ExplainedLines.Form form(Session session) {
    return switch (session.format()) {
      case JSON -> ExplainedLines.Form.JSON;
      case JSONL -> ExplainedLines.Form.JSON_LINES;
      default -> isUnicode(session) ? ExplainedLines.Form.UNICODE : ExplainedLines.Form.ASCII;
    };
  }

  /** Whether the terminal shows more than ASCII, as the locale says. */
  private static boolean isUnicode(Session session) {
    for (String variable : List.of("LC_ALL", "LC_CTYPE", "LANG")) {
      String locale = session.environment().getOrDefault(variable, "");
      if (!locale.isEmpty()) {
        return locale.toLowerCase(Locale.ROOT).replace("-", "").contains("utf8");
      }
    }
    return false;
  }

  private void print(Session session, List<String> names, CountedLines counted) {
    if (names.size() == 1 || invert) {
      session.printer().answer(Map.of("count", counted.all()), Long.toString(counted.all()));
      return;
    }
    Table table = new Table("rule", "count");
    for (int rule = 0; rule < names.size(); rule++) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("rule", names.get(rule));
      row.put("count", counted.of(rule));
      table.add(row);
    }
    session.printer().table(table);
  }
}
