package dev.historics.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.historics.jobs.ContainerSize;
import dev.historics.jobs.YarnHealth;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YarnChecksTest {
  private static ContainerSize size(String kind, long containerMb, long heapMb) {
    return new ContainerSize(kind, kind + ".memory", kind + ".opts", containerMb, heapMb);
  }

  private static YarnHealth cluster(int nodes, YarnHealth.Queue queue) {
    return new YarnHealth(nodes, 4096, 4096L * nodes, 3072, "historics", queue);
  }

  private static List<Finding> all(YarnHealth yarn, ContainerSize map, int jobs) {
    return new YarnChecks(
            yarn, List.of(map, size("reduce", 1024, 820), size("application master", 1024, 820)))
        .all(jobs);
  }

  private static Finding find(List<Finding> findings, String check) {
    return findings.stream().filter(each -> each.check().equals(check)).findFirst().orElseThrow();
  }

  @Test
  void a_cluster_that_fits_the_settings_is_well() {
    List<Finding> findings =
        all(cluster(2, YarnHealth.Queue.RUNNING), size("replay map", 1024, 820), 4);

    assertThat(findings)
        .extracting(Finding::check)
        .containsExactly(
            "yarn",
            "queue",
            "replay map container",
            "reduce container",
            "application master container",
            "many rules",
            "jobs at once");
    assertThat(findings).allMatch(finding -> finding.verdict() == Verdict.OK);
    assertThat(findings.get(0).found()).isEqualTo("node managers: 2, with 8,192 MB for containers");
  }

  @Test
  void a_cluster_without_nodes_is_told_and_nothing_more() {
    assertThat(all(cluster(0, YarnHealth.Queue.RUNNING), size("replay map", 1024, 820), 1))
        .singleElement()
        .satisfies(finding -> assertThat(finding.verdict()).isEqualTo(Verdict.FAILED));
  }

  @ParameterizedTest
  @CsvSource({
    "RUNNING, OK, 'historics' runs",
    "STOPPED, FAILED, 'historics' is stopped",
    "MISSING, FAILED, there is no 'historics'"
  })
  void a_queue_is_there_and_runs(YarnHealth.Queue state, Verdict verdict, String found) {
    Finding finding = find(all(cluster(2, state), size("replay map", 1024, 820), 1), "queue");

    assertThat(finding.verdict()).isEqualTo(verdict);
    assertThat(finding.found()).isEqualTo(found);
  }

  @ParameterizedTest
  @CsvSource({
    "3072, 2764, OK",
    "3072, 2765, WARNING",
    "3072, 3071, WARNING",
    "3072, 3072, FAILED",
    "3073, 1000, FAILED"
  })
  void a_container_fits_the_cluster_and_its_heap_fits_it(long mb, long heap, Verdict verdict) {
    Finding finding =
        find(
            all(cluster(2, YarnHealth.Queue.RUNNING), size("replay map", mb, heap), 1),
            "replay map container");

    assertThat(finding.verdict()).isEqualTo(verdict);
    if (verdict != Verdict.OK) {
      assertThat(finding.advice()).contains("map.memory");
    }
  }

  @ParameterizedTest
  @CsvSource({"511, WARNING", "512, OK"})
  void ten_thousand_rules_have_a_heap(long heap, Verdict verdict) {
    assertThat(
            find(
                    all(cluster(2, YarnHealth.Queue.RUNNING), size("replay map", 1024, heap), 1),
                    "many rules")
                .verdict())
        .isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource({"4, OK", "5, WARNING"})
  void jobs_that_run_at_once_have_room(int jobs, Verdict verdict) {
    Finding finding =
        find(
            all(cluster(2, YarnHealth.Queue.RUNNING), size("replay map", 1024, 820), jobs),
            "jobs at once");

    assertThat(finding.verdict()).isEqualTo(verdict);
  }
}
