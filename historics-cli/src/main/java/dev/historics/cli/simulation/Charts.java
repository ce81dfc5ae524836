package dev.historics.cli.simulation;

import dev.historics.cli.session.Printer;
import dev.historics.cli.simulation.Chart.Form;
import dev.historics.schedule.Policy;
import dev.historics.schedule.simulation.Run;
import dev.historics.schedule.simulation.Simulation;
import dev.historics.schedule.simulation.Window;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** The pictures of a comparison. What no picture can be made of is left out. */
final class Charts {
  /** More points than a screen has room for are put together. */
  private static final int POINTS_MAX = 300;

  private static final int USERS_MAX = 12;

  /** Below a tenth of a per cent nobody cares how much. */
  private static final double MISS_MIN = 0.1;

  private static final double DIGITS = 1e4;

  private final Map<Policy, List<Run>> runs;

  private Charts(Map<Policy, List<Run>> runs) {
    this.runs = runs;
  }

  static List<Chart> of(Map<Policy, List<Run>> runs) {
    Charts charts = new Charts(runs);
    return Stream.of(charts.overTime(), charts.estimates(), charts.slowdowns(), charts.gaps())
        .flatMap(List::stream)
        .filter(chart -> !chart.isEmpty())
        .toList();
  }

  private List<Chart> overTime() {
    return List.of(
        overTime(
            "waiting",
            "Chunks that wait",
            "How long the queue is, up to the last full window of 100 chunks' time.",
            "chunks",
            window -> (double) window.waiting()),
        overTime(
            "sharing",
            "Chunks per scan",
            "How many chunks share one reading of their day; more is cheaper.",
            "chunks per job",
            window -> window.scans() == 0 ? Double.NaN : (double) window.chunks() / window.scans()),
        overTime(
            "fairness",
            "Fairness over time",
            "Jain's index over the work of those who waited all the time: 1 is the same for"
                + " everybody.",
            "Jain's index",
            Window::fairness),
        quantiles(
            "windows",
            "Fairness, all windows",
            "The left end is the least fair window of all runs.",
            "windows, least fair first, %",
            "Jain's index",
            Form.LINES,
            run -> run.windows().stream().map(Window::fairness).toList()));
  }

  private List<Chart> slowdowns() {
    return List.of(
        slowdown("small", "up to 7 days", run -> run.slowdowns().small()),
        slowdown("medium", "8 to 31 days", run -> run.slowdowns().medium()),
        slowdown("large", "more than 31 days", run -> run.slowdowns().large()));
  }

  private Chart slowdown(String id, String days, Function<Run, List<Double>> values) {
    return quantiles(
        "slowdown-" + id,
        "Slowdown, queries of " + days,
        "How many times as long a query took as with the cluster to itself.",
        "queries, quickest first, %",
        "times as long",
        Form.LOG_LINES,
        values);
  }

  private List<Chart> estimates() {
    return List.of(
        misses("submission", "at submission", run -> run.misses().submission()),
        misses("half-life", "at half life", run -> run.misses().halfLife()));
  }

  private Chart misses(String id, String when, Function<Run, List<Double>> values) {
    return quantiles(
        "eta-" + id,
        "Error of the end told " + when,
        "How far the estimated end was from the real one, as a share of the query's life.",
        "estimates, best first, %",
        "off by, %",
        Form.LOG_LINES,
        run -> values.apply(run).stream().map(miss -> Math.max(MISS_MIN, miss * 100)).toList());
  }

  // ---- lines

  private Chart overTime(
      String id, String title, String text, String up, ToDoubleFunction<Window> figure) {
    return lines(id, title, text, Form.LINES, "time, in chunks", up, each -> means(each, figure));
  }

  private Chart lines(
      String id,
      String title,
      String text,
      Form form,
      String across,
      String up,
      Function<List<Run>, List<List<Double>>> points) {
    Map<String, List<?>> series = new LinkedHashMap<>();
    runs.forEach((policy, each) -> series.put(policy.toString(), points.apply(each)));
    return new Chart(id, title, text, form, across, up, List.of(), series);
  }

  /** The mean over the runs that have the figure, at each window or few windows. */
  private static List<List<Double>> means(List<Run> runs, ToDoubleFunction<Window> figure) {
    int windows = runs.stream().mapToInt(run -> run.windows().size()).max().orElse(0);
    int together = Math.max(1, (windows + POINTS_MAX - 1) / POINTS_MAX);
    List<List<Double>> points = new ArrayList<>();
    for (int from = 0; from < windows; from += together) {
      int first = from;
      double mean =
          runs.stream()
              .flatMap(run -> run.windows().stream().skip(first).limit(together))
              .mapToDouble(figure)
              .filter(value -> !Double.isNaN(value))
              .average()
              .orElse(Double.NaN);
      if (!Double.isNaN(mean)) {
        points.add(List.of((double) (first + together) * Simulation.WINDOW, rounded(mean)));
      }
    }
    return points;
  }

  /** The values of all runs by rank: at each per cent the value that so many are at most. */
  private Chart quantiles(
      String id,
      String title,
      String text,
      String across,
      String up,
      Form form,
      Function<Run, List<Double>> values) {
    return lines(
        id,
        title,
        text,
        form,
        across,
        up,
        each ->
            ranked(
                each.stream()
                    .flatMap(run -> values.apply(run).stream())
                    .filter(value -> !Double.isNaN(value))
                    .sorted()
                    .toList()));
  }

  private static List<List<Double>> ranked(List<Double> sorted) {
    List<List<Double>> points = new ArrayList<>();
    int steps = Math.min(POINTS_MAX, sorted.size() - 1);
    for (int step = 0; step <= steps; step++) {
      double share = steps == 0 ? 1 : (double) step / steps;
      int rank = (int) Math.round(share * (sorted.size() - 1));
      points.add(List.of(rounded(share * 100), rounded(sorted.get(rank))));
    }
    return points;
  }

  // ---- bars

  private List<Chart> gaps() {
    Map<String, Map<String, Double>> gaps = new LinkedHashMap<>();
    runs.forEach((policy, each) -> gaps.put(policy.toString(), worst(each)));
    Map<String, Double> worst = new LinkedHashMap<>();
    gaps.values().forEach(each -> each.forEach((user, gap) -> worst.merge(user, gap, Math::max)));
    List<String> users =
        worst.entrySet().stream()
            .sorted(
                Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .limit(USERS_MAX)
            .map(Map.Entry::getKey)
            .toList();
    Map<String, List<?>> series = new LinkedHashMap<>();
    gaps.forEach(
        (policy, each) ->
            series.put(
                policy,
                users.stream().map(user -> rounded(each.getOrDefault(user, 0.0))).toList()));
    return List.of(
        new Chart(
            "gaps",
            "Largest gaps, by user",
            "How long somebody with chunks waiting saw none of them start, in any run, for the "
                + USERS_MAX
                + " who waited longest. Taking turns gives one round.",
            Form.BARS,
            "rounds",
            "",
            users.stream().map(Printer::printable).toList(),
            series));
  }

  private static Map<String, Double> worst(List<Run> runs) {
    Map<String, Double> worst = new LinkedHashMap<>();
    runs.forEach(run -> run.gaps().forEach((user, gap) -> worst.merge(user, gap, Math::max)));
    return worst;
  }

  private static double rounded(double value) {
    return Math.round(value * DIGITS) / DIGITS;
  }
}
