package dev.historics.cli.query;

import dev.historics.cli.session.CliException;
import dev.historics.cli.session.Session;
import dev.historics.cli.session.Table;
import dev.historics.cli.wiring.Installation;
import dev.historics.jobs.Forecast;
import dev.historics.jobs.Spread;
import dev.historics.schedule.FinishTimes;
import dev.historics.schedule.QueryRequest;
import dev.historics.schedule.Scheduling;
import java.io.IOException;
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

/** Tells what a query would read, find and take, without queueing it. */
@Command(
    name = "estimate",
    description = "Tell what a query would read and find, and when it would end.",
    footer = {
      "",
      "Example: historics estimate rule.csdl --source twitter --from 2017-08-05 --to 2017-08-12",
      "",
      "Each figure has three values: in one of ten cases it is at most P10, in nine of ten at most"
          + " P90.",
      "Matches come from some interactions of up to 64 days, in the order in which samples are"
          + " drawn;",
      "setting estimate.look says of how many in all. Cost is complexity times million"
          + " interactions."
    })
public final class EstimateCommand implements Callable<Integer> {
  private static final double COST_UNIT = 1e6;

  @Mixin RequestOptions options;

  @Option(
      names = "--user",
      paramLabel = "U",
      description = "who would ask (default: the login name)")
  String user;

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws CliException, IOException {
    Session session = Session.of(spec);
    Installation installation = new Installation(session);
    QueryRequest request = options.request(session, installation, AskerOptions.orLogin(user), "");
    Forecast forecast =
        Forecast.of(
            installation.archive(),
            request,
            installation.sources().dialects(request.sources()),
            installation.library(),
            session.settings().whole("estimate.look", 1));
    FinishTimes finish;
    try (Scheduling scheduling = installation.scheduling()) {
      finish = scheduling.estimate(request);
    }
    MissingDays missing = MissingDays.of(installation.archive(), request);
    print(session, request, forecast, finish, missing);
    missing.tell(session);
    return 0;
  }

  private static void print(
      Session session,
      QueryRequest request,
      Forecast forecast,
      FinishTimes finish,
      MissingDays missing) {
    double cost = request.complexity() * (forecast.records().p50() / COST_UNIT);
    if (!session.printer().forPeople()) {
      Map<String, Object> answer = new LinkedHashMap<>();
      answer.put("records", json(forecast.records()));
      answer.put("bytes", json(forecast.bytes()));
      Map<String, Object> matches = json(forecast.matches());
      matches.put("p5", forecast.matchesLow());
      matches.put("p95", forecast.matchesHigh());
      answer.put("matches", matches);
      answer.put("finish", QueryText.json(Optional.of(finish)));
      answer.put("cost", cost);
      answer.put("scanned", forecast.scanned());
      answer.put("days_missing", missing.count());
      session.printer().answer(answer, "");
      return;
    }
    Table table = new Table("figure", "p10", "p50", "p90");
    table.add(row("records", forecast.records()));
    table.add(row("bytes", forecast.bytes()));
    table.add(row("matches", forecast.matches()));
    Map<String, Object> times = new LinkedHashMap<>();
    times.put("figure", "finish");
    times.put("p10", QueryText.time(finish.p10()));
    times.put("p50", QueryText.time(finish.p50()));
    times.put("p90", QueryText.time(finish.p90()));
    table.add(times);
    session.printer().table(table);
    session
        .printer()
        .hint(
            String.format(
                Locale.ROOT,
                "cost %.2f; matches from %,d interactions looked at",
                cost,
                forecast.scanned()));
  }

  private static Map<String, Object> json(Spread spread) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("p10", spread.p10());
    json.put("p50", spread.p50());
    json.put("p90", spread.p90());
    return json;
  }

  private static Map<String, Object> row(String figure, Spread spread) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("figure", figure);
    row.put("p10", String.format(Locale.ROOT, "%,d", spread.p10()));
    row.put("p50", String.format(Locale.ROOT, "%,d", spread.p50()));
    row.put("p90", String.format(Locale.ROOT, "%,d", spread.p90()));
    return row;
  }
}
