package dev.historics.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.historics.archive.Manifest;
import dev.historics.filter.Definition;
import dev.historics.jobs.Dialect;
import dev.historics.schedule.ChunkOutcome;
import dev.historics.schedule.EstimatesReport;
import dev.historics.schedule.JobFactors;
import dev.historics.schedule.JobId;
import dev.historics.schedule.Observation;
import dev.historics.schedule.Rates;
import dev.historics.schedule.TimeModel;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/**
 * How well the time of a job is known before it runs: real jobs over days of several sizes, with
 * rules, riders and samples drawn by lot. Matches are expected as the same rule had them before.
 */
final class EstimatesBench {
  private static final List<String> RULES =
      List.of(
          "interaction.content contains \"hillary\"",
          "interaction.content contains \"trump\"",
          "interaction.content contains_any \"news, police, breaking, local, man\"",
          "trolltweets.followers > 10000",
          "language.tag == \"en\"",
          "interaction.content contains \"music\" AND NOT interaction.content contains \"video\"",
          "interaction.content regex_partial \"[0-9]+ (people|killed|dead)\"",
          "interaction.content substr \"make\"",
          "interaction.content contains_near \"hillary, trump: 5\"",
          "interaction.content contains \"zzzyx\"",
          "language.tag == \"ru\" AND trolltweets.followers > 100",
          "interaction.author.username exists");

  private static final double[] SAMPLES = {100, 100, 100, 50, 10, 1};
  private static final int WARMING = 40;
  private static final int FEW_RIDERS = 3;
  private static final int MANY_RIDERS = 20;
  private static final double USUAL_SHARE = 0.02;
  private static final double ALL_PERCENT = 100;
  private static final double GOOD = 0.25;

  /** Jobs that have something in common, to see where the model is off. */
  private record Group(String name, Predicate<Observation> has) {}

  private static final double SHORT_SECONDS = 0.3;
  private static final double LONG_SECONDS = 1;

  private static final List<Group> GROUPS =
      List.of(
          new Group("under 0.3 s", seen -> seen.realSeconds() < SHORT_SECONDS),
          new Group(
              "0.3 to 1 s",
              seen -> seen.realSeconds() >= SHORT_SECONDS && seen.realSeconds() < LONG_SECONDS),
          new Group("1 s and more", seen -> seen.realSeconds() >= LONG_SECONDS),
          new Group("one query", seen -> seen.factors().riders() == 1),
          new Group(
              "2 or 3 queries",
              seen -> seen.factors().riders() > 1 && seen.factors().riders() <= FEW_RIDERS),
          new Group("4 and more", seen -> seen.factors().riders() > FEW_RIDERS),
          new Group("whole days", seen -> seen.factors().samplePercent() == ALL_PERCENT),
          new Group("samples", seen -> seen.factors().samplePercent() < ALL_PERCENT));

  private final OperatingSystemMXBean system =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private final SplittableRandom random = new SplittableRandom(1);
  private final Dialect dialect;
  private final List<Manifest> days;
  private final LocalJobs jobs;
  private final Map<String, long[]> found = new HashMap<>();
  private final List<Observation> wall = new ArrayList<>();
  private final List<Observation> cpu = new ArrayList<>();

  private EstimatesBench(Dialect dialect, List<Manifest> days, LocalJobs jobs) {
    this.dialect = dialect;
    this.days = days;
    this.jobs = jobs;
  }

  static void run(Data data, int count, PrintStream out) throws Exception {
    Path work = Data.work();
    try {
      List<Manifest> days = data.sealedDays(work);
      try (LocalJobs jobs = new LocalJobs(Data.archive(work), data.dialect(), work, 1)) {
        EstimatesBench bench = new EstimatesBench(data.dialect(), days, jobs);
        for (int i = 0; i < WARMING; i++) {
          bench.job(i + 1);
        }
        bench.wall.clear();
        bench.cpu.clear();
        for (int i = 0; i < count; i++) {
          bench.job(WARMING + i + 1);
        }
        out.printf(Locale.ROOT, "%d jobs over days of %s%n", count, data.describe());
        report("processor time", bench.cpu, out);
        report("time", bench.wall, out);
      }
    } finally {
      Data.delete(work);
    }
  }

  /** Runs one job and remembers what was expected of it. */
  private void job(int number) throws Exception {
    Manifest day = days.get(random.nextInt(days.size()));
    int riders = 1 + random.nextInt(random.nextInt(3) > 0 ? FEW_RIDERS : MANY_RIDERS);
    double sample = SAMPLES[random.nextInt(SAMPLES.length)];
    long records = Math.round(day.rows() * sample / 100);
    List<String> rules = new ArrayList<>();
    Map<String, Integer> complexities = new HashMap<>();
    double expected = 0;
    for (int i = 0; i < riders; i++) {
      String rule = RULES.get(random.nextInt(RULES.size()));
      rules.add(rule);
      complexities.put(
          rule,
          Definition.compile("rule", rule, Dialect.dictionary(List.of(dialect))).complexity());
      long[] before = found.getOrDefault(rule, new long[] {0, 0});
      expected += records * (before[0] == 0 ? USUAL_SHARE : (double) before[1] / before[0]);
    }
    long cpuBefore = system.getProcessCpuTime();
    long wallBefore = System.nanoTime();
    List<ChunkOutcome> outcomes = jobs.replay(day, rules, sample);
    double wallSeconds = (System.nanoTime() - wallBefore) / 1e9;
    double cpuSeconds = (system.getProcessCpuTime() - cpuBefore) / 1e9;
    double matches = 0;
    for (int i = 0; i < riders; i++) {
      ChunkOutcome.Done done = (ChunkOutcome.Done) outcomes.get(i);
      matches += done.matched();
      long[] sums = found.computeIfAbsent(rules.get(i), rule -> new long[2]);
      sums[0] += done.read();
      sums[1] += done.matched();
    }
    int complexity = complexities.values().stream().mapToInt(Integer::intValue).sum();
    long bytes = Math.round(day.bytes() * sample / 100);
    JobFactors before =
        new JobFactors(day.day().source(), riders, records, bytes, complexity, sample, expected);
    JobFactors after =
        new JobFactors(day.day().source(), riders, records, bytes, complexity, sample, matches);
    remember(wall, number, before, after, wallSeconds);
    remember(cpu, number, before, after, cpuSeconds);
  }

  private static void remember(
      List<Observation> seen, int number, JobFactors before, JobFactors after, double seconds) {
    double predicted = TimeModel.of(Rates.DEFAULTS, seen).seconds(before);
    seen.add(0, new Observation(JobId.of(number), after, predicted, seconds));
  }

  private static void report(String what, List<Observation> seen, PrintStream out) {
    EstimatesReport.Model model = EstimatesReport.of(Rates.DEFAULTS, List.of(), seen).model();
    out.printf(
        Locale.ROOT,
        "%-15s %d jobs after the first 20: median error %.1f %%, nine in ten within %.1f %%, %.1f"
            + " %% within 25 %%%n",
        what,
        model.jobs(),
        model.medianError() * 100,
        model.p90Error() * 100,
        model.good() * 100);
    List<Observation> judged =
        seen.subList(0, Math.max(0, seen.size() - EstimatesReport.LEARNED_FROM));
    for (Group group : GROUPS) {
      tell(group.name(), judged.stream().filter(group.has()).toList(), out);
    }
    model
        .terms()
        .forEach(
            (term, good) ->
                out.printf(
                    Locale.ROOT,
                    "  %-12s %5.1f %% of the time; median error without it %.1f %%%n",
                    term.name().toLowerCase(Locale.ROOT),
                    good.share() * 100,
                    good.errorWithout() * 100));
  }

  /** How good some of the predictions were. */
  private static void tell(String group, List<Observation> of, PrintStream out) {
    double[] errors = of.stream().mapToDouble(each -> Math.abs(each.error())).sorted().toArray();
    if (errors.length > 0) {
      double good = Arrays.stream(errors).filter(error -> error <= GOOD).count();
      out.printf(
          Locale.ROOT,
          "  %-14s %3d jobs: median error %5.1f %%, %5.1f %% within 25 %%%n",
          group,
          errors.length,
          errors[errors.length / 2] * 100,
          good / errors.length * 100);
    }
  }
}
