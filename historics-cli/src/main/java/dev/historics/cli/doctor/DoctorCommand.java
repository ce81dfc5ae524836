package dev.historics.cli.doctor;

import dev.historics.cli.session.CliException;
import dev.historics.cli.session.ExitCode;
import dev.historics.cli.session.Printer;
import dev.historics.cli.session.Session;
import dev.historics.cli.session.Settings;
import dev.historics.cli.session.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Looks at an installation and what it stands on. */
@Command(
    name = "doctor",
    description = "Check Java, disks, clocks, the state database, and the cluster; say what to do.",
    footer = {
      "",
      "Changes nothing but for files of a few bytes, which it removes again. Ends with 0 if all is",
      "well, 6 if there are warnings, and 1 if something does not work.",
      "Example: historics doctor",
      "Example: historics doctor --output json --patience 5s"
    })
public final class DoctorCommand implements Callable<Integer> {
  @Option(
      names = "--patience",
      paramLabel = "DURATION",
      defaultValue = "20s",
      description = "how long to wait for answers, in all (default ${DEFAULT-VALUE})")
  String patience;

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws CliException {
    Session session = Session.of(spec);
    Duration wait =
        Settings.parseDuration(patience)
            .filter(duration -> !duration.isZero())
            .orElseThrow(
                () ->
                    CliException.usage(
                        "--patience: expected a duration such as '20s', got '%s'"
                            .formatted(patience),
                        "'historics doctor --help' shows how it is used"));
    List<Finding> findings = new ArrayList<>();
    try {
      findings.addAll(new Examination(wait).run(new Installed(session).checks()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.INTERRUPTED.number();
    }
    print(findings, session.printer());
    return exitCode(findings).number();
  }

  private static ExitCode exitCode(List<Finding> findings) {
    Verdict worst =
        findings.stream().map(Finding::verdict).max(Verdict::compareTo).orElse(Verdict.OK);
    return switch (worst) {
      case OK -> ExitCode.OK;
      case WARNING -> ExitCode.WARNINGS;
      case FAILED -> ExitCode.FAILED;
    };
  }

  private static void print(List<Finding> findings, Printer printer) {
    Table table =
        printer.forPeople()
            ? new Table("check", "status", "found")
            : new Table("check", "status", "expected", "found", "advice");
    for (Finding finding : findings) {
      table.add(row(finding));
    }
    printer.table(table);
    if (printer.forPeople()) {
      findings.stream()
          .filter(finding -> finding.verdict() != Verdict.OK)
          .forEach(finding -> explain(finding, printer));
    }
  }

  private static Map<String, Object> row(Finding finding) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("check", finding.check());
    row.put("status", finding.verdict().word());
    row.put("expected", finding.expected());
    row.put("found", finding.found());
    row.put("advice", finding.advice());
    return row;
  }

  private static void explain(Finding finding, Printer printer) {
    printer.out().println();
    printer
        .out()
        .println(
            Printer.printable(
                "%s (%s): expected %s"
                    .formatted(finding.check(), finding.verdict().word(), finding.expected())));
    printer.out().println(Printer.printable("  to do: " + finding.advice()));
  }
}
