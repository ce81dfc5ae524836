package dev.historics.cli.query;

import dev.historics.archive.Archive;
import dev.historics.archive.SourceDay;
import dev.historics.cli.session.CliException;
import dev.historics.cli.session.ExitCode;
import dev.historics.cli.session.Session;
import dev.historics.cli.session.Times;
import dev.historics.cli.wiring.Installation;
import dev.historics.filter.Definition;
import dev.historics.filter.RuleParts;
import dev.historics.filter.TargetDictionary;
import dev.historics.jobs.Selectivity;
import java.io.IOException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows what a rule means to the program, and what it finds. */
@Command(
    name = "explain",
    description = "Show a rule's plan, its cost and, of archived data, its selectivity.",
    footer = {
      "",
      "With --source, each condition's share of the records is measured by itself on the first rows of",
      "at most 64 days, as an estimate does; the answer says on how many rows the figures rest.",
      "Units are what a condition adds to the rule's complexity; ns is about what one record takes.",
      "Examples: historics explain rule.csdl",
      "          historics explain rule.csdl --source twitter --from 2017-08-05 --to 2017-08-12"
    })
public final class ExplainCommand implements Callable<Integer> {
  /** More single conditions are not measured one by one. */
  private static final int MEASURED_MAX = 1000;

  @Mixin RuleArgument rule;

  @Option(
      names = "--source",
      paramLabel = "S",
      split = ",",
      description = "archived sources to measure the rule on (default: none)")
  List<String> sources;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description = "the start, inclusive, in UTC (default: all there is)")
  String from;

  @Option(names = "--to", paramLabel = "TIME", description = "the end, exclusive, in UTC")
  String to;

  @Option(
      names = "--last",
      paramLabel = "DURATION",
      description = "the time up to now, such as 7d, instead of --from and --to")
  String last;

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws CliException, IOException {
    Session session = Session.of(spec);
    Installation installation = new Installation(session);
    boolean ranged = from != null || to != null || last != null;
    if (sources == null && ranged) {
      throw CliException.usage(
          "a time range needs --source", "name the archived sources to measure the rule on");
    }
    RuleArgument.Rule given = rule.read(session);
    TargetDictionary dictionary =
        Compiler.dictionary(installation, given, Optional.ofNullable(sources));
    Definition definition = Compiler.compile(session, installation, given, dictionary);
    Optional<ExplainedRule.Measured> measured = Optional.empty();
    if (sources != null) {
      RequestOptions.requireSources(installation, sources);
      Times.Range range =
          ranged
              ? Times.range(from, to, last, session.clock().instant())
              : everything(installation.archive());
      measured = Optional.of(measure(installation, definition, range));
    }
    ExplainedRule explained = new ExplainedRule(definition, measured);
    session.printer().answer(explained.json(), explained.text());
    Undeclared.remark(session, definition, dictionary);
    return ExitCode.OK.number();
  }

  /** From the first day of the sources to their last. */
  private Times.Range everything(Archive archive) throws IOException {
    List<SourceDay> days = new ArrayList<>();
    for (String source : sources) {
      days.addAll(archive.days(source));
    }
    days.sort((a, b) -> a.day().compareTo(b.day()));
    return new Times.Range(
        days.get(0).day().atStartOfDay(ZoneOffset.UTC).toInstant(),
        days.get(days.size() - 1).day().plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant());
  }

  private ExplainedRule.Measured measure(
      Installation installation, Definition definition, Times.Range range)
      throws CliException, IOException {
    List<Definition> asked = new ArrayList<>();
    if (definition.hasFilter()) {
      asked.add(definition);
    }
    RuleParts.conditions(definition).stream().limit(MEASURED_MAX).forEach(asked::add);
    RuleParts.tags(definition).stream().limit(MEASURED_MAX).forEach(asked::add);
    Selectivity selectivity =
        Selectivity.of(
            installation.archive(),
            installation.sources().dialects(sources),
            range.start(),
            range.end(),
            asked.stream().map(Definition::text).toList(),
            hash -> Optional.ofNullable(definition.imports().get(hash)));
    Map<String, Double> shares = new HashMap<>();
    for (int i = 0; i < asked.size(); i++) {
      shares.put(asked.get(i).canonical(), selectivity.shares().get(i));
    }
    return new ExplainedRule.Measured(sources, range, selectivity, shares);
  }
}
