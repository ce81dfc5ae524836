package dev.historics.schedule.simulation;

import java.util.List;

/**
 * What came of one run.
 *
 * @param fairness Jain's index of each window, in order; NaN where fewer than two users waited
 * @param waiting how many chunks waited at the end of each window
 * @param slowdowns of the queries: the value at each per cent from 0 to 100
 */
public record Run(
    Figures figures, List<Double> fairness, List<Long> waiting, List<Double> slowdowns) {
  public Run {
    fairness = List.copyOf(fairness);
    waiting = List.copyOf(waiting);
    slowdowns = List.copyOf(slowdowns);
  }

  Run with(Eta eta) {
    return new Run(figures.with(eta), fairness, waiting, slowdowns);
  }
}
