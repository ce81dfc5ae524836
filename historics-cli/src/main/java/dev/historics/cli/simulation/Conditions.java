package dev.historics.cli.simulation;

import dev.historics.cli.session.Printer;
import dev.historics.cli.session.Setting;
import dev.historics.schedule.simulation.ClusterModel;
import dev.historics.schedule.simulation.Comparison;
import dev.historics.schedule.simulation.Run;
import dev.historics.schedule.simulation.Workload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Under which conditions runs were made, for people, and as a command that makes them again. */
final class Conditions {
  /** Those that say where, and those that are told whether they were given or not. */
  private static final Set<String> TOLD =
      Set.of("--html", "--policy", "--seeds", "--seed", "--estimates");

  private static final String SCHEDULER = "scheduler.";
  private static final String EXPECTATIONS = "estimate.";

  /** What a simulation takes from its workload and its options. */
  private static final Set<String> REPLACED = Set.of("scheduler.policy", "scheduler.jobs");

  private final CommandSpec spec;
  private final Comparison comparison;
  private final List<Setting> settings;

  /**
   * @param spec what was given on the command line
   * @param settings all that are in force; only those of the scheduler are told
   */
  Conditions(CommandSpec spec, Comparison comparison, Iterable<Setting> settings) {
    this.spec = spec;
    this.comparison = comparison;
    this.settings = new ArrayList<>();
    for (Setting setting : settings) {
      if (matters(setting.key())) {
        this.settings.add(setting);
      }
    }
  }

  private static boolean matters(String key) {
    return (key.startsWith(SCHEDULER) || key.startsWith(EXPECTATIONS)) && !REPLACED.contains(key);
  }

  /** Each fact and its value. */
  Map<String, String> facts(List<Run> runs) {
    Workload workload = comparison.workloads().apply(comparison.seeds().get(0));
    ClusterModel cluster = workload.cluster();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("queries", mean(runs.stream().mapToDouble(run -> run.figures().queries()).toArray()));
    facts.put("chunks", mean(runs.stream().mapToDouble(run -> run.figures().chunks()).toArray()));
    facts.put("users", mean(runs.stream().mapToDouble(run -> run.gaps().size()).toArray()));
    facts.put("runs", seeds());
    facts.put("one chunk alone", String.format(Locale.ROOT, "%.1f s", workload.chunkSeconds()));
    facts.put("jobs at a time", String.valueOf(cluster.slots()));
    facts.put("jobs that break off", percent(cluster.failures()));
    facts.put("stragglers", percent(cluster.stragglers()));
    facts.put(
        "spread of job times",
        cluster.ratios().isEmpty()
            ? String.valueOf(cluster.noise())
            : "as in %d recorded jobs".formatted(cluster.ratios().size()));
    for (Setting setting : settings) {
      if (setting.key().startsWith(SCHEDULER)) {
        facts.put(
            setting.key(), setting.value().isEmpty() ? "–" : Printer.printable(setting.shown()));
      }
    }
    return facts;
  }

  private String seeds() {
    List<Long> seeds = comparison.seeds();
    return seeds.size() == 1
        ? "one, with seed %d".formatted(seeds.get(0))
        : "%d, with the seeds from %d on".formatted(seeds.size(), seeds.get(0));
  }

  private static String mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return String.format(Locale.ROOT, "%,d", Math.round(sum / values.length));
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", share * 100);
  }

  /** A line for a shell. */
  String command() {
    List<String> words = new ArrayList<>(List.of("historics", spec.name()));
    for (OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
      if (!option.inherited() && !TOLD.contains(option.longestName())) {
        words.add(option.longestName());
        words.addAll(option.originalStringValues());
      }
    }
    words.add("--policy");
    words.add(String.join(",", comparison.policies().stream().map(Object::toString).toList()));
    words.add("--seeds");
    words.add(String.valueOf(comparison.seeds().size()));
    words.add("--seed");
    words.add(String.valueOf(comparison.seeds().get(0)));
    words.add("--estimates");
    words.add(String.valueOf(comparison.estimates()));
    for (Setting setting : settings) {
      if (!setting.origin().equals("default")) {
        words.add("-D");
        words.add(setting.key() + "=" + setting.shown());
      }
    }
    return String.join(" ", words.stream().map(Conditions::quoted).toList());
  }

  private static String quoted(String word) {
    String safe = Printer.printable(word);
    return safe.matches("[\\w@%+=:,./-]+") ? safe : "'" + safe.replace("'", "'\\''") + "'";
  }
}
