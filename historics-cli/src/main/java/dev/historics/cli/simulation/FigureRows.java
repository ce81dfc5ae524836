package dev.historics.cli.simulation;

import dev.historics.cli.session.Table;
import dev.historics.schedule.Policy;
import dev.historics.schedule.simulation.Eta;
import dev.historics.schedule.simulation.Figures;
import dev.historics.schedule.simulation.Run;
import dev.historics.schedule.simulation.Spread;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** The figures of a comparison for programs, one policy a row, and for people, side by side. */
final class FigureRows {
  private static final double DIGITS = 1e6;

  private FigureRows() {}

  /** One row a policy. */
  static Table forPrograms(Map<Policy, List<Run>> runs) {
    Table table =
        new Table(
            "policy",
            "seeds",
            "queries",
            "chunks",
            "jain_mean",
            "jain_min",
            "largest_gap_rounds",
            "largest_gap",
            "scans",
            "failures",
            "sharing_factor",
            "makespan",
            "makespan_ratio",
            "idle_while_waiting",
            "slowdown",
            "eta");
    runs.forEach((policy, each) -> table.add(row(policy, each.size(), mean(each))));
    return table;
  }

  static Figures mean(List<Run> runs) {
    return Figures.mean(runs.stream().map(Run::figures).toList());
  }

  private static Map<String, Object> row(Policy policy, int seeds, Figures figures) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("policy", policy.toString());
    row.put("seeds", seeds);
    row.put("queries", number(figures.queries()));
    row.put("chunks", number(figures.chunks()));
    row.put("jain_mean", number(figures.jainMean()));
    row.put("jain_min", number(figures.jainMin()));
    row.put("largest_gap_rounds", number(figures.largestGapRounds()));
    row.put("largest_gap", number(figures.largestGap()));
    row.put("scans", number(figures.scans()));
    row.put("failures", number(figures.failures()));
    row.put("sharing_factor", number(figures.sharingFactor()));
    row.put("makespan", number(figures.makespan()));
    row.put("makespan_ratio", number(figures.makespanRatio()));
    row.put("idle_while_waiting", number(figures.idleWhileWaiting()));
    Map<String, Object> slowdown = new LinkedHashMap<>();
    slowdown.put("small", spread(figures.slowdowns().small()));
    slowdown.put("medium", spread(figures.slowdowns().medium()));
    slowdown.put("large", spread(figures.slowdowns().large()));
    slowdown.put("all", spread(figures.slowdowns().all()));
    row.put("slowdown", slowdown);
    Map<String, Object> eta = accuracy(figures.eta().submission());
    eta.put("half_life", accuracy(figures.eta().halfLife()));
    eta.put("naive", accuracy(figures.eta().naive()));
    eta.put("fifo", accuracy(figures.eta().fifo()));
    row.put("eta", eta);
    return row;
  }

  private static Map<String, Object> spread(Spread spread) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("p50", number(spread.p50()));
    map.put("p95", number(spread.p95()));
    map.put("max", number(spread.max()));
    return map;
  }

  private static Map<String, Object> accuracy(Eta.Accuracy accuracy) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("median_error", number(accuracy.medianError()));
    map.put("p90_error", number(accuracy.p90Error()));
    map.put("coverage", number(accuracy.coverage()));
    return map;
  }

  /** With six digits after the point; null where there is nothing to tell. */
  private static Double number(double value) {
    return Double.isNaN(value) ? null : Math.round(value * DIGITS) / DIGITS;
  }

  /** One column a policy. */
  static Table forPeople(Map<Policy, List<Run>> runs) {
    Map<String, Figures> figures = new LinkedHashMap<>();
    runs.forEach((policy, each) -> figures.put(policy.toString(), mean(each)));
    String[] columns = new String[figures.size() + 1];
    columns[0] = "figure";
    int next = 1;
    for (String policy : figures.keySet()) {
      columns[next++] = policy;
    }
    SideBySide rows = new SideBySide(figures, new Table(columns));
    rows.share("fairness (Jain), mean", Figures::jainMean);
    rows.share("fairness, worst window", Figures::jainMin);
    rows.share("longest wait, rounds", Figures::largestGapRounds);
    rows.count("scans", Figures::scans);
    Figures greedy = figures.get("greedy");
    if (greedy != null) {
      rows.share("scans over greedy's", each -> each.scans() / greedy.scans());
    }
    rows.share("chunks per scan", Figures::sharingFactor);
    rows.count("makespan", Figures::makespan);
    rows.share("makespan over the least", Figures::makespanRatio);
    rows.share("idle while some wait", Figures::idleWhileWaiting);
    if (figures.values().stream().anyMatch(each -> each.failures() > 0)) {
      rows.count("jobs that broke off", Figures::failures);
    }
    rows.spread("slowdown, up to 7 days", each -> each.slowdowns().small());
    rows.spread("slowdown, all", each -> each.slowdowns().all());
    rows.share(
        "end told at submission, median error", each -> each.eta().submission().medianError());
    rows.share("  nine in ten within", each -> each.eta().submission().p90Error());
    rows.share("  inside P10 to P90", each -> each.eta().submission().coverage());
    rows.share("  naive guess, median error", each -> each.eta().naive().medianError());
    rows.share("  first come first served guess", each -> each.eta().fifo().medianError());
    rows.share("end told at half life, median error", each -> each.eta().halfLife().medianError());
    return rows.table;
  }

  /** One figure a line. */
  private record SideBySide(Map<String, Figures> figures, Table table) {
    void count(String name, ToDoubleFunction<Figures> figure) {
      add(name, each -> Math.round(figure.applyAsDouble(each)));
    }

    void share(String name, ToDoubleFunction<Figures> figure) {
      add(
          name,
          each -> Double.isNaN(figure.applyAsDouble(each)) ? null : figure.applyAsDouble(each));
    }

    void spread(String name, Function<Figures, Spread> figure) {
      share(name + ", median", each -> figure.apply(each).p50());
      share(name + ", 95 in 100", each -> figure.apply(each).p95());
      share(name + ", worst", each -> figure.apply(each).max());
    }

    private void add(String name, Function<Figures, Object> figure) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("figure", name);
      figures.forEach((policy, each) -> row.put(policy, figure.apply(each)));
      table.add(row);
    }
  }
}
