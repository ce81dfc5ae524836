package dev.historics.cli.query;

import dev.historics.cli.session.CliException;
import dev.historics.cli.session.Session;
import dev.historics.cli.session.Table;
import dev.historics.cli.wiring.Installation;
import dev.historics.schedule.Accuracy;
import dev.historics.schedule.EstimatesReport;
import dev.historics.schedule.JobFactors.Term;
import dev.historics.schedule.Scheduling;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Tells how well estimates held. */
@Command(
    name = "report",
    description = "Tell how well estimates held, over the queries that ended well.",
    footer = {
      "",
      "Errors of finish times are shares of a query's life, from its submission to its end,"
          + " counted",
      "in time during which a scheduler ran; bias is over 0 where estimates were too late. Of ten",
      "queries eight should end between P10 and P90 (inside). Beside ours stand two simple"
          + " estimators:",
      "naive shares the jobs evenly among users, fifo serves one query after the other.",
      "The model of job times is judged by what it said before each job, after its first 20 jobs.",
      "Example: historics estimates report --output json"
    })
public final class EstimatesReportCommand implements Callable<Integer> {
  private static final Map<Term, String> TERMS =
      Map.of(
          Term.JOB, "each job",
          Term.RIDERS, "each further chunk in it",
          Term.BYTES, "bytes read",
          Term.RECORDS, "interactions read",
          Term.PASSED_OVER, "interactions beside the sample",
          Term.RULES, "rules' complexity",
          Term.MATCHES, "matches");

  /** What a table shows where there is nothing to tell. */
  private static final String NOTHING = "-";

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws CliException, IOException {
    Session session = Session.of(spec);
    EstimatesReport report;
    try (Scheduling scheduling = new Installation(session).scheduling()) {
      report = scheduling.estimatesReport();
    }
    if (session.printer().forPeople() && report.queries() == 0 && report.model().jobs() == 0) {
      session.printer().hint("nothing to look back at yet; 'historics run' runs queries");
      return 0;
    }
    session.printer().answer(json(report), text(report));
    return 0;
  }

  private static Map<String, Object> json(EstimatesReport report) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("queries", report.queries());
    List<Map<String, Object>> stages = new ArrayList<>();
    for (EstimatesReport.Stage stage : report.stages()) {
      Map<String, Object> each = new LinkedHashMap<>();
      each.put("life", stage.share());
      each.put("queries", stage.ours().count());
      each.put("median_error", stage.ours().medianError());
      each.put("p90_error", stage.ours().p90Error());
      each.put("bias", stage.ours().bias());
      each.put("coverage", stage.ours().coverage());
      each.put("width", stage.ours().width());
      each.put("naive", json(stage.naive()));
      each.put("fifo", json(stage.fifo()));
      stages.add(each);
    }
    json.put("finish", stages);
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("jobs", report.model().jobs());
    model.put("median_error", report.model().medianError());
    model.put("p90_error", report.model().p90Error());
    model.put("within_25_percent", report.model().good());
    Map<String, Object> terms = new LinkedHashMap<>();
    report
        .model()
        .terms()
        .forEach(
            (term, good) -> {
              Map<String, Object> each = new LinkedHashMap<>();
              each.put("share", good.share());
              each.put("median_error_without", good.errorWithout());
              terms.put(term.name().toLowerCase(Locale.ROOT), each);
            });
    model.put("terms", terms);
    json.put("jobs", model);
    return json;
  }

  private static Map<String, Object> json(Accuracy accuracy) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("median_error", accuracy.medianError());
    json.put("p90_error", accuracy.p90Error());
    json.put("bias", accuracy.bias());
    return json;
  }

  private static String text(EstimatesReport report) {
    Table finish =
        new Table("life", "queries", "median", "p90", "bias", "inside", "width", "naive", "fifo");
    for (EstimatesReport.Stage stage : report.stages()) {
      Accuracy ours = stage.ours();
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("life", percent(stage.share()));
      row.put("queries", ours.count());
      boolean seen = ours.count() > 0;
      row.put("median", seen ? percent(ours.medianError()) : NOTHING);
      row.put("p90", seen ? percent(ours.p90Error()) : NOTHING);
      row.put("bias", seen ? percent(ours.bias()) : NOTHING);
      row.put("inside", seen ? percent(ours.coverage()) : NOTHING);
      row.put("width", seen ? percent(ours.width()) : NOTHING);
      row.put("naive", seen ? percent(stage.naive().medianError()) : NOTHING);
      row.put("fifo", seen ? percent(stage.fifo().medianError()) : NOTHING);
      finish.add(row);
    }
    Table terms = new Table("job_time", "share", "median_without");
    report
        .model()
        .terms()
        .forEach(
            (term, good) -> {
              Map<String, Object> row = new LinkedHashMap<>();
              row.put("job_time", TERMS.get(term));
              row.put("share", percent(good.share()));
              row.put("median_without", percent(good.errorWithout()));
              terms.add(row);
            });
    return "finish times of %d queries\n\n%s\n%s\n\n%s"
        .formatted(
            report.queries(),
            finish.aligned(),
            jobs(report.model()),
            terms.aligned().stripTrailing());
  }

  private static String jobs(EstimatesReport.Model model) {
    if (model.jobs() == 0) {
      return "job times are judged after %d jobs".formatted(EstimatesReport.LEARNED_FROM);
    }
    return "times of %d jobs: median error %s, nine in ten within %s, %s of them within 25 %%"
        .formatted(
            model.jobs(),
            percent(model.medianError()),
            percent(model.p90Error()),
            percent(model.good()));
  }

  private static String percent(double share) {
    return "%d %%".formatted(Math.round(share * 100));
  }
}
