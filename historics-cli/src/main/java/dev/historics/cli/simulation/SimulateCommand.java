package dev.historics.cli.simulation;

import dev.historics.cli.session.CliException;
import dev.historics.cli.session.ExitCode;
import dev.historics.cli.session.Progress;
import dev.historics.cli.session.Session;
import dev.historics.cli.wiring.Installation;
import dev.historics.schedule.Policy;
import dev.historics.schedule.Quotas;
import dev.historics.schedule.SchedulerSettings;
import dev.historics.schedule.simulation.Comparison;
import dev.historics.schedule.simulation.Figures;
import dev.historics.schedule.simulation.Run;
import dev.historics.schedule.simulation.Workload;
import java.io.IOException;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the scheduler over a workload with a pretend clock. */
@Command(
    name = "simulate",
    description = {
      "Run the real scheduler over a workload with a pretend clock, and tell how fair and how quick"
          + " it is.",
      "Settings such as scheduler.pool are the installation's; the slots are the workload's. Times"
          + " are counted in chunks: one is the mean time of a chunk alone."
    },
    footer = {
      "",
      "Example: historics simulate --synthetic overload --policy tickets,seed",
      "Example: historics simulate --trace trace.jsonl --slots 4",
      "Example: historics simulate --synthetic overload --policy fair,fifo --html fair.html",
      "Example: historics simulate --synthetic normal --failures 0.05 --stragglers 0.02 --seeds 3"
    })
public final class SimulateCommand implements Callable<Integer> {
  @Option(
      names = "--synthetic",
      paramLabel = "KIND",
      converter = SyntheticOptions.Kind.Reader.class,
      description = "a made-up workload: ${COMPLETION-CANDIDATES}")
  SyntheticOptions.Kind synthetic;

  @Option(
      names = "--trace",
      paramLabel = "FILE",
      description = "what 'historics queue export' wrote")
  Path trace;

  @Option(
      names = "--policy",
      paramLabel = "P[,P]",
      split = ",",
      description = "the policies to compare (default: scheduler.policy)")
  List<String> policies = List.of();

  @Option(
      names = "--seeds",
      paramLabel = "N",
      defaultValue = "10",
      description = "how many runs each figure is the mean of (default: ${DEFAULT-VALUE})")
  int seeds;

  @Option(
      names = "--seed",
      paramLabel = "X",
      defaultValue = "1",
      description = "the first run's seed; the same seeds give the same figures (default: 1)")
  long seed;

  @Option(
      names = "--estimates",
      paramLabel = "N",
      defaultValue = "20",
      description =
          "of how many queries of each run the end is estimated (default: ${DEFAULT-VALUE})")
  int estimates;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "also write a page with charts, which needs no network, to this file")
  Path html;

  @Mixin ClusterOptions cluster;

  @Mixin SyntheticOptions making;

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws CliException, IOException {
    Session session = Session.of(spec);
    if (seeds < 1) {
      throw CliException.usage("--seeds: expected at least 1, got " + seeds, "");
    }
    if (estimates < 0) {
      throw CliException.usage("--estimates: expected at least 0, got " + estimates, "");
    }
    if (html != null) {
      ReportFile.check(html);
    }
    // A made-up workload is to show the policies; quotas are for the users of this installation.
    SchedulerSettings settings =
        new Installation(session).schedulerSettings().withQuotas(Quotas.NONE);
    Comparison comparison =
        new Comparison(
            workloads(settings),
            settings,
            chosen(settings),
            LongStream.range(seed, seed + seeds).boxed().toList(),
            estimates);
    Map<Policy, List<Run>> runs = run(session, comparison);
    if (session.printer().forPeople()) {
      session.printer().table(FigureRows.forPeople(runs));
      session.printer().hint(summary(runs.values().iterator().next()));
    } else {
      session.printer().table(FigureRows.forPrograms(runs));
    }
    if (html != null) {
      ReportFile.save(report(session, comparison, runs), html);
      session.printer().hint("charts are in %s; open it in a browser".formatted(html));
    }
    return 0;
  }

  private LongFunction<Workload> workloads(SchedulerSettings settings)
      throws CliException, IOException {
    if ((synthetic == null) == (trace == null)) {
      throw CliException.usage(
          synthetic == null ? "a workload is missing" : "there are two workloads",
          "give --synthetic KIND, one of %s, or --trace FILE"
              .formatted(SyntheticOptions.Kind.names()));
    }
    if (synthetic != null) {
      return making.workload(synthetic, cluster)::workload;
    }
    if (!making.none()) {
      throw CliException.usage(
          "a trace cannot be made up differently",
          "with --trace only --slots, --noise, --failures and --stragglers can be given");
    }
    Workload recorded = TraceReader.read(trace, ClusterOptions.of(settings));
    try {
      Workload workload = new Workload(cluster.over(recorded.cluster()), recorded.submissions());
      return each -> workload;
    } catch (IllegalArgumentException e) {
      throw CliException.usage(e.getMessage(), "see 'historics simulate --help'");
    }
  }

  private List<Policy> chosen(SchedulerSettings settings) throws CliException {
    if (policies.isEmpty()) {
      return List.of(settings.policy());
    }
    LinkedHashSet<Policy> chosen = new LinkedHashSet<>();
    for (String name : policies) {
      try {
        chosen.add(Policy.named(name));
      } catch (IllegalArgumentException e) {
        throw CliException.usage("--policy: " + e.getMessage(), "");
      }
    }
    return new ArrayList<>(chosen);
  }

  private static Map<Policy, List<Run>> run(Session session, Comparison comparison)
      throws CliException {
    int threads = Math.min(comparison.size(), Runtime.getRuntime().availableProcessors());
    try (Progress progress = session.progress()) {
      return comparison.run(
          threads, over -> progress.share("simulating", (double) over / comparison.size()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CliException(ExitCode.INTERRUPTED, "interrupted", "", e);
    }
  }

  private Report report(Session session, Comparison comparison, Map<Policy, List<Run>> runs)
      throws CliException {
    Conditions conditions = new Conditions(spec, comparison, session.settings().all());
    return new Report(
        synthetic == null ? "Trace " + trace.getFileName() : "Workload “" + synthetic + "”",
        conditions.facts(runs.values().iterator().next()),
        FigureRows.forPeople(runs),
        Charts.of(runs),
        conditions.command(),
        Optional.ofNullable(SimulateCommand.class.getPackage().getImplementationVersion())
            .orElse("development"),
        session.clock().instant().truncatedTo(ChronoUnit.SECONDS));
  }

  private static String summary(List<Run> runs) {
    Figures figures = FigureRows.mean(runs);
    return String.format(
        Locale.ROOT,
        "%,d queries of %,d chunks; mean of %s",
        Math.round(figures.queries()),
        Math.round(figures.chunks()),
        runs.size() == 1 ? "one run" : runs.size() + " runs");
  }
}
