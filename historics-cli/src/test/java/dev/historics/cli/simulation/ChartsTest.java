package dev.historics.cli.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.historics.cli.simulation.Chart.Form;
import dev.historics.schedule.Policy;
import dev.historics.schedule.simulation.Eta;
import dev.historics.schedule.simulation.Figures;
import dev.historics.schedule.simulation.Run;
import dev.historics.schedule.simulation.Spread;
import dev.historics.schedule.simulation.Window;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChartsTest {
  private static final Spread SPREAD = new Spread(1, 2, 3);
  private static final Eta.Accuracy ACCURACY = new Eta.Accuracy(0, 0, 0);
  private static final Figures FIGURES =
      new Figures(
          1,
          1,
          1,
          1,
          1,
          1,
          1,
          0,
          1,
          1,
          1,
          0,
          new Figures.Slowdowns(SPREAD, SPREAD, SPREAD, SPREAD),
          new Eta(ACCURACY, ACCURACY, ACCURACY, ACCURACY));

  private static Run run(List<Window> windows, Map<String, Double> gaps, List<Double> misses) {
    return new Run(
        FIGURES,
        windows,
        new Run.Slowdowns(List.of(1.0, 2.0, 4.0), List.of(), List.of(3.0)),
        gaps,
        new Run.Misses(misses, List.of()));
  }

  private static Chart chart(Map<Policy, List<Run>> runs, String id) {
    return Charts.of(runs).stream()
        .filter(chart -> chart.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private static List<?> fair(String id, Run... runs) {
    return chart(Map.of(Policy.FAIR, List.of(runs)), id).series().get("fair");
  }

  @Test
  void time_series_are_means_of_those_runs_that_have_the_figure() {
    Run first =
        run(List.of(new Window(0.5, 10, 4, 8), new Window(1, 20, 0, 0)), Map.of(), List.of());
    Run second = run(List.of(new Window(Double.NaN, 30, 2, 2)), Map.of(), List.of());

    assertThat(fair("waiting", first, second))
        .isEqualTo(List.of(List.of(100.0, 20.0), List.of(200.0, 20.0)));
    assertThat(fair("fairness", first, second))
        .isEqualTo(List.of(List.of(100.0, 0.5), List.of(200.0, 1.0)));
    assertThat(fair("sharing", first, second)).isEqualTo(List.of(List.of(100.0, 1.5)));
  }

  @Test
  void a_long_run_has_no_more_points_than_a_screen() {
    List<Window> windows = IntStream.range(0, 1000).mapToObj(i -> new Window(1, i, 1, 1)).toList();

    List<?> points = fair("waiting", run(windows, Map.of(), List.of()));

    assertThat(points).hasSize(250);
    assertThat(points.get(0)).isEqualTo(List.of(400.0, 1.5));
    assertThat(points.get(249)).isEqualTo(List.of(100_000.0, 997.5));
  }

  @Test
  void distributions_go_from_the_least_to_the_most_of_all_runs() {
    Run run = run(List.of(), Map.of(), List.of());

    assertThat(fair("slowdown-small", run))
        .isEqualTo(List.of(List.of(0.0, 1.0), List.of(50.0, 2.0), List.of(100.0, 4.0)));
    assertThat(fair("slowdown-large", run)).isEqualTo(List.of(List.of(100.0, 3.0)));
    assertThat(fair("slowdown-large", run, run))
        .isEqualTo(List.of(List.of(0.0, 3.0), List.of(100.0, 3.0)));
  }

  @Test
  void what_nothing_is_known_of_has_no_chart() {
    List<Chart> charts =
        Charts.of(Map.of(Policy.FAIR, List.of(run(List.of(), Map.of(), List.of()))));

    assertThat(charts).extracting(Chart::id).containsExactly("slowdown-small", "slowdown-large");
  }

  @Test
  void misses_are_per_cent_of_a_life_and_none_is_too_small_for_a_growing_axis() {
    assertThat(fair("eta-submission", run(List.of(), Map.of(), List.of(0.0, 0.25))))
        .isEqualTo(List.of(List.of(0.0, 0.1), List.of(100.0, 25.0)));
  }

  @Test
  void those_who_waited_longest_under_any_policy_are_shown_for_all() {
    Map<String, Double> few = new LinkedHashMap<>();
    IntStream.range(0, 20).forEach(i -> few.put("u%02d".formatted(i), 1 + i / 100.0));
    Map<Policy, List<Run>> runs = new LinkedHashMap<>();
    runs.put(
        Policy.FAIR,
        List.of(run(List.of(), few, List.of()), run(List.of(), Map.of("u19", 1.5), List.of())));
    runs.put(Policy.FIFO, List.of(run(List.of(), Map.of("u00", 9.0), List.of())));

    Chart gaps = chart(runs, "gaps");

    assertThat(gaps.form()).isEqualTo(Form.BARS);
    assertThat(gaps.labels()).hasSize(12).startsWith("u00", "u19", "u18", "u17");
    assertThat(gaps.series().get("fair").subList(0, 3)).isEqualTo(List.of(1.0, 1.5, 1.18));
    assertThat(gaps.series().get("fifo").subList(0, 2)).isEqualTo(List.of(9.0, 0.0));
    assertThat(Collections.frequency(gaps.labels(), "u01")).isZero();
  }
}
