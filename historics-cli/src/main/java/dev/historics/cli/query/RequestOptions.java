package dev.historics.cli.query;

import dev.historics.cli.session.CliException;
import dev.historics.cli.session.ExitCode;
import dev.historics.cli.session.Session;
import dev.historics.cli.session.Times;
import dev.historics.cli.wiring.Installation;
import dev.historics.filter.Definition;
import dev.historics.schedule.Query;
import dev.historics.schedule.QueryRequest;
import java.io.IOException;
import java.util.List;
import java.util.TreeSet;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a query asks for, as options: a rule, sources, a time range and a sample. */
final class RequestOptions {
  @Mixin RuleArgument rule;

  @Option(
      names = "--source",
      paramLabel = "S",
      split = ",",
      required = true,
      description = "the sources to read, separated by commas")
  List<String> sources;

  @Option(names = "--from", paramLabel = "TIME", description = "the start, inclusive, in UTC")
  String from;

  @Option(names = "--to", paramLabel = "TIME", description = "the end, exclusive, in UTC")
  String to;

  @Option(
      names = "--last",
      paramLabel = "DURATION",
      description = "the time up to now, such as 7d, instead of --from and --to")
  String last;

  @Option(
      names = "--sample",
      paramLabel = "PERCENT",
      defaultValue = "100",
      description = "the share of interactions to read (default: ${DEFAULT-VALUE})")
  double sample;

  QueryRequest request(Session session, Installation installation, String user, String name)
      throws CliException, IOException {
    Times.Range range = Times.range(from, to, last, session.clock().instant());
    return request(session, installation, new Asked(user, name, rule, sources, sample), range);
  }

  /**
   * What is asked, whatever the range.
   *
   * @param sample in per cent
   */
  record Asked(String user, String name, RuleArgument rule, List<String> sources, double sample) {}

  /** A request over a range, whose rule compiles and whose sources are there. */
  static QueryRequest request(
      Session session, Installation installation, Asked asked, Times.Range range)
      throws CliException, IOException {
    List<String> sources = asked.sources();
    requireSources(installation, sources);
    Definition definition =
        Compiler.compile(
            session,
            installation,
            asked.rule().read(session),
            installation.sources().dictionary(sources));
    if (!definition.hasFilter()) {
      throw CliException.usage(
          "the rule has no filter, only tags",
          "add 'return { … }' with the condition for delivery, or 'historics compile' it and name its hash in a rule that has one");
    }
    long days = Query.days(range.start(), range.end());
    if (days > Query.DAYS_MAX) {
      throw CliException.usage(
          "a query covers at most %d days, got %d: [%s, %s)"
              .formatted(Query.DAYS_MAX, days, range.start(), range.end()),
          "ask for a shorter range");
    }
    try {
      return new QueryRequest(
          asked.user(),
          asked.name(),
          definition.text(),
          definition.hash(),
          definition.complexity(),
          new TreeSet<>(sources),
          range.start(),
          range.end(),
          asked.sample());
    } catch (IllegalArgumentException e) {
      throw CliException.usage(e.getMessage(), "");
    }
  }

  /** Refuses sources of which nothing is archived. */
  static void requireSources(Installation installation, List<String> sources)
      throws CliException, IOException {
    List<String> known = installation.archive().sources();
    for (String source : sources) {
      if (!known.contains(source)) {
        throw new CliException(
            ExitCode.NOT_FOUND,
            "the archive has no source '%s'; it has: %s"
                .formatted(source, known.isEmpty() ? "none" : String.join(", ", known)),
            "'historics archive days' shows what is there");
      }
    }
  }
}
