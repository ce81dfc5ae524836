package dev.historics.cli.query;

import dev.historics.cli.session.CliException;
import dev.historics.cli.session.ExitCode;
import dev.historics.cli.session.Session;
import dev.historics.cli.session.Settings;
import dev.historics.cli.wiring.Installation;
import dev.historics.schedule.OverQuotaException;
import dev.historics.schedule.QueryRequest;
import dev.historics.schedule.QueryView;
import dev.historics.schedule.Scheduling;
import java.io.IOException;
import java.time.Duration;
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

/** Queues a query. */
@Command(
    name = "submit",
    description = "Queue a query over a past range; print its id.",
    footer = {
      "",
      "Example: historics submit rule.csdl --user alice --source twitter --from 2017-08-05 --to 2017-08-12"
    })
public final class SubmitCommand implements Callable<Integer> {
  @Mixin RequestOptions options;

  @Mixin AskerOptions asker;

  @Option(
      names = "--wait",
      paramLabel = "DURATION",
      arity = "0..1",
      fallbackValue = "3650d",
      description = "wait until the query has ended, at most so long")
  String wait;

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws CliException, IOException {
    Session session = Session.of(spec);
    Installation installation = new Installation(session);
    Optional<Duration> patience = patience();
    QueryRequest request = options.request(session, installation, asker.user(), asker.name());
    // Whoever sees the query's hash can name it.
    Compiler.store(session, installation, request.hash(), request.rule());
    try (Scheduling scheduling = installation.scheduling()) {
      QueryView query = submit(scheduling, request);
      print(session, query);
      MissingDays.of(installation.archive(), request).tell(session);
      return patience.isPresent()
          ? Following.untilEnded(session, scheduling, query.id(), patience.get())
          : ExitCode.OK.number();
    }
  }

  private Optional<Duration> patience() throws CliException {
    if (wait == null) {
      return Optional.empty();
    }
    Optional<Duration> parsed = Settings.parseDuration(wait);
    if (parsed.isEmpty()) {
      throw CliException.usage(
          "--wait: expected a duration such as '30s' or '5m', got '%s'".formatted(wait), "");
    }
    return parsed;
  }

  static QueryView submit(Scheduling scheduling, QueryRequest request)
      throws CliException, IOException {
    try {
      return scheduling.submit(request);
    } catch (OverQuotaException e) {
      throw new CliException(
          ExitCode.REFUSED, e.getMessage(), "ask for less at a time, or raise the quota", e);
    }
  }

  private static void print(Session session, QueryView query) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("id", query.id().value());
    answer.put("status", query.status().name().toLowerCase(Locale.ROOT));
    answer.put("hash", query.request().hash());
    answer.put("chunks", query.chunks().size());
    session.printer().answer(answer, query.id().value());
    session
        .printer()
        .hint(
            "%d chunk%s queued%s; 'historics run --until-idle' runs the queue, 'historics status %s' follows it"
                .formatted(
                    query.chunks().size(),
                    query.chunks().size() == 1 ? "" : "s",
                    query
                        .firstEstimate()
                        .map(
                            times ->
                                ", expected to end "
                                    + QueryText.promise(times)
                                    + " if a scheduler runs now")
                        .orElse(""),
                    query.id()));
  }
}
