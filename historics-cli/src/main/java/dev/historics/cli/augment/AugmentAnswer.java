package dev.historics.cli.augment;

import dev.historics.archive.Archive;
import dev.historics.archive.Manifest;
import dev.historics.archive.TargetColumn;
import dev.historics.archive.augment.Augmentation;
import dev.historics.cli.session.ExitCode;
import dev.historics.cli.session.Printer;
import dev.historics.cli.session.Session;
import dev.historics.cli.session.Table;
import dev.historics.jobs.AugmentJob;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** What is said of a job that augmented days. */
final class AugmentAnswer {
  private final Augmentation augmentation;
  private final AugmentJob.Request request;
  private final List<TargetColumn> targets;
  private final AugmentJob.Report report;

  /**
   * @param targets that get values
   */
  AugmentAnswer(AugmentJob.Request request, List<TargetColumn> targets, AugmentJob.Report report) {
    this.targets = List.copyOf(targets);
    this.augmentation = request.augmentation();
    this.request = request;
    this.report = report;
  }

  void print(Session session) {
    Table days =
        new Table(
            "day", "state", "records", "matched", "without_partner", "without_key", "version");
    report.days().forEach(day -> days.add(row(day)));
    if (session.printer().forPeople()) {
      session.printer().table(days);
    } else {
      session.printer().answer(json(days), "");
    }
  }

  private static Map<String, Object> row(AugmentJob.Day day) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("day", day.day().day());
    row.put("state", day.state().name().toLowerCase(Locale.ROOT));
    if (isCounted(day)) {
      row.put("records", day.rows());
      row.put("matched", day.matched());
      row.put("without_partner", day.withoutPartner());
      row.put("without_key", day.withoutKey());
    }
    row.put("version", day.version());
    if (!day.problem().isEmpty()) {
      row.put("problem", day.problem());
    }
    return row;
  }

  private static boolean isCounted(AugmentJob.Day day) {
    return switch (day.state()) {
      case AUGMENTED, UNCHANGED, TRIED -> true;
      case DONE, OVERTAKEN, FAILED -> false;
    };
  }

  private Map<String, Object> json(Table days) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("source", request.source());
    json.put("namespace", augmentation.namespace());
    json.put("on", augmentation.on());
    json.put("table", augmentation.table());
    json.put("sha256", augmentation.sha256());
    json.put("join", augmentation.join().name().toLowerCase(Locale.ROOT));
    json.put("dry_run", request.isTrial());
    List<Map<String, Object>> columns = new ArrayList<>();
    targets.forEach(
        column -> {
          Map<String, Object> each = new LinkedHashMap<>();
          each.put("target", column.target());
          each.put("type", column.kind().name().toLowerCase(Locale.ROOT));
          columns.add(each);
        });
    json.put("targets", columns);
    json.put("days", days.rows());
    json.put("records", sum(AugmentJob.Day::rows));
    json.put("matched", sum(AugmentJob.Day::matched));
    json.put("without_partner", sum(AugmentJob.Day::withoutPartner));
    json.put("without_key", sum(AugmentJob.Day::withoutKey));
    List<Map<String, Object>> lonely = new ArrayList<>();
    for (Map.Entry<String, Long> key : lonely()) {
      Map<String, Object> each = new LinkedHashMap<>();
      each.put("key", key.getKey());
      each.put("at_least", key.getValue());
      lonely.add(each);
    }
    json.put("frequent_without_partner", lonely);
    return json;
  }

  private long sum(ToLongFunction<AugmentJob.Day> figure) {
    return report.days().stream().filter(AugmentAnswer::isCounted).mapToLong(figure).sum();
  }

  /** The keys without a partner, the most frequent first. */
  private List<Map.Entry<String, Long>> lonely() {
    return report.lonely().entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .toList();
  }

  /** What is worth knowing besides. */
  void remark(Session session, Archive archive) throws IOException {
    Printer printer = session.printer();
    if (report.days().stream().allMatch(day -> day.state() == AugmentJob.State.DONE)) {
      printer.hint("nothing to do: every day has it");
      return;
    }
    printer.hint(
        "%s: %,d of %,d records %s a row in %s"
            .formatted(
                augmentation.namespace(),
                sum(AugmentJob.Day::matched),
                sum(AugmentJob.Day::rows),
                request.isTrial() ? "would get" : "got",
                Printer.printable(augmentation.table())));
    if (!report.lonely().isEmpty()) {
      List<String> keys =
          lonely().stream()
              .map(key -> "'%s' (%,d)".formatted(Printer.printable(key.getKey()), key.getValue()))
              .toList();
      printer.hint(
          "frequent without a row, with their records at least: " + String.join(", ", keys));
    }
    List<String> late = late(archive);
    if (!late.isEmpty()) {
      printer.hint(
          "came in meanwhile, and stays without: some of %s; run it again"
              .formatted(String.join(", ", late)));
    }
    for (AugmentJob.Day day : report.days()) {
      switch (day.state()) {
        case FAILED ->
            printer.warn(
                "%s is as it was: %s".formatted(day.day(), Printer.printable(day.problem())));
        case OVERTAKEN ->
            printer.warn(
                "%s was changed again and again meanwhile, and is without; run it again"
                    .formatted(day.day()));
        case AUGMENTED, UNCHANGED, DONE, TRIED -> {}
      }
    }
  }

  private List<String> late(Archive archive) throws IOException {
    List<String> late = new ArrayList<>();
    for (AugmentJob.Day day : report.days()) {
      if (day.state() == AugmentJob.State.AUGMENTED) {
        Optional<Manifest> newest = archive.newest(day.day());
        if (newest.isPresent() && !augmentation.covers(newest.get())) {
          late.add(day.day().day().toString());
        }
      }
    }
    return late;
  }

  ExitCode exitCode() {
    List<AugmentJob.State> states = report.days().stream().map(AugmentJob.Day::state).toList();
    if (states.contains(AugmentJob.State.FAILED)) {
      return ExitCode.FAILED;
    }
    return states.contains(AugmentJob.State.OVERTAKEN) ? ExitCode.WARNINGS : ExitCode.OK;
  }
}
