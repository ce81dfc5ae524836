package dev.historics.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.historics.archive.SourceDay;
import dev.historics.schedule.ChunkWork;
import dev.historics.schedule.JobId;
import dev.historics.schedule.JobPlan;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class JobLabelsTest {
  private static JobPlan plan(int chunks, String... users) {
    List<ChunkWork> work =
        IntStream.rangeClosed(1, chunks)
            .mapToObj(i -> ReplayWorld.work(i, "interaction.id exists", "alpha"))
            .toList();
    return new JobPlan(
        new JobId("j7"), ReplayWorld.DAY, work, Map.of(), new TreeSet<>(List.of(users)));
  }

  @Test
  void a_name_says_day_job_chunks_and_users() {
    assertThat(JobLabels.name(plan(2, "bob", "alice"), 2))
        .isEqualTo("historics:2017-08-05 j7: 2 chunks of alice, bob");
    assertThat(JobLabels.name(plan(1), 1)).isEqualTo("historics:2017-08-05 j7: 1 chunk");
    assertThat(JobLabels.name(plan(5, "a", "b", "c", "d"), 5))
        .isEqualTo("historics:2017-08-05 j7: 5 chunks of a, b, c and others");
  }

  @Test
  void users_keep_only_what_is_safe_in_a_label() {
    assertThat(JobLabels.tags(plan(1, "Ann <b>,\"é\u0000"), "own"))
        .isEqualTo("own,user-ann__b_____,query-" + ReplayWorld.query(1));
    assertThat(JobLabels.tags(plan(1, "x".repeat(500)), "own"))
        .startsWith("own,user-" + "x".repeat(40) + ",query-");
  }

  @Test
  void there_are_never_more_tags_than_a_cluster_takes() {
    assertThat(JobLabels.tags(plan(200, "a", "b", "c", "d", "e"), "own").split(",", -1))
        .hasSize(10)
        .startsWith("own", "user-a", "user-b", "user-c")
        .endsWith("query-" + ReplayWorld.query(6));
  }

  @Test
  void a_job_over_days_is_found_by_its_sources() {
    List<SourceDay> days =
        Stream.of("twitter", "alpha", "twitter")
            .map(source -> new SourceDay(source, ReplayWorld.DAY))
            .toList();
    assertThat(JobLabels.tags(days, "own")).isEqualTo("own,source-alpha,source-twitter");

    List<SourceDay> many =
        IntStream.range(10, 40).mapToObj(i -> new SourceDay("s" + i, ReplayWorld.DAY)).toList();
    assertThat(JobLabels.tags(many, "own").split(",", -1))
        .hasSize(10)
        .startsWith("own", "source-s10")
        .endsWith("source-s18");
  }

  @Test
  void what_is_read_has_a_name_among_the_steps_of_a_job() {
    assertThat(new ArchiveSource(7)).hasToString("archive");
  }
}
