package dev.historics.cli.archive;

import dev.historics.archive.Archive;
import dev.historics.archive.SourceDay;
import dev.historics.archive.takedown.SourceAudit;
import dev.historics.cli.session.CliException;
import dev.historics.cli.session.ExitCode;
import dev.historics.cli.session.Printer;
import dev.historics.cli.session.Progress;
import dev.historics.cli.session.Session;
import dev.historics.cli.wiring.Installation;
import dev.historics.jobs.VerifyJob;
import dev.historics.jobs.VerifyReport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Checks the archive. */
@Command(
    name = "verify",
    description = "Read everything; check checksums, counts, order, ids, ledger and receipts.",
    footer = {
      "",
      "Ends with 1 and names each bad file if something is wrong. Changes nothing.",
      "Example: historics archive verify --source twitter"
    })
public final class VerifyCommand implements Callable<Integer> {
  @Mixin DaySelection selection;

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws CliException, IOException {
    Session session = Session.of(spec);
    Installation installation = new Installation(session);
    List<SourceDay> days = selection.in(installation.archive());
    VerifyReport report;
    try (Progress progress = session.progress()) {
      VerifyJob job = installation.verifyJob();
      report =
          job.run(
              days,
              fraction ->
                  progress.update(
                      "verify",
                      Math.round(fraction * 1000),
                      1000,
                      Math.round(fraction * days.size()),
                      "days"));
    }
    List<String> problems = new ArrayList<>(report.problems());
    problems.addAll(beside(installation.archive(), days));
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("days", report.days());
    answer.put("records", report.records());
    answer.put("bytes", report.bytes());
    answer.put("problems", problems);
    session
        .printer()
        .answer(
            answer,
            String.format(
                Locale.ROOT,
                "%,d source-days, %,d interactions, %,d bytes: %s",
                report.days(),
                report.records(),
                report.bytes(),
                problems.isEmpty()
                    ? "all is as the manifests say"
                    : "problems: " + problems.size()));
    problems.forEach(problem -> session.printer().warn(Printer.printable(problem)));
    return problems.isEmpty() ? ExitCode.OK.number() : ExitCode.FAILED.number();
  }

  /** What is wrong beside the days: tombstones, records put aside, receipts. */
  private static List<String> beside(Archive archive, List<SourceDay> days) {
    SourceAudit audit = new SourceAudit(archive);
    List<String> problems = new ArrayList<>();
    days.stream()
        .map(SourceDay::source)
        .distinct()
        .forEach(source -> problems.addAll(audit.verify(source)));
    problems.addAll(audit.receipts());
    return problems;
  }
}
