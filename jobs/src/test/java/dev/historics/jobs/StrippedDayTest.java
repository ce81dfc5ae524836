package dev.historics.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.historics.archive.Manifest;
import dev.historics.archive.SourceDay;
import dev.historics.archive.mapping.InvalidMappingException;
import dev.historics.archive.mapping.SourceMapping;
import dev.historics.filter.Library;
import dev.historics.filter.Target;
import dev.historics.filter.ValueType;
import dev.historics.schedule.ChunkOutcome;
import dev.historics.schedule.ChunkWork;
import dev.historics.schedule.QueryRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Content without links and mentions, in every state of a day and by every reader. */
class StrippedDayTest {
  private static final SourceDay DAY = new SourceDay("notes", ReplayWorld.DAY);
  private static final String MAPPING =
      """
      source: notes
      id: {path: key}
      created_at: {path: at}
      interaction: {content: {path: text}}
      """;
  private static final List<String> RECORDS =
      List.of(
          """
          {"key":"1","at":"2017-08-05T10:00:00Z","text":"@datasift launched http://bitly.com/r6pmP0"}""",
          """
          {"key":"2","at":"2017-08-05T11:00:00Z","text":"datasift launched"}""",
          """
          {"key":"3","at":"2017-08-05T12:00:00Z","text":"nothing"}""");
  private static final String CONTENT = "interaction.content contains \"datasift\"";
  private static final String RAW_CONTENT = "interaction.raw_content contains \"datasift\"";
  private static final String LINK = "interaction.raw_content substr \"bitly\"";

  @TempDir private Path home;

  private static SourceMapping mapping(String more) {
    try {
      return SourceMapping.parse("test", MAPPING + more);
    } catch (InvalidMappingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** How many interactions a rule finds, as a job, a scan and a forecast tell alike. */
  private static long found(ReplayWorld world, int job, String rule) throws IOException {
    ChunkWork work = ReplayWorld.work(job, rule, "notes");
    Dialect dialect = world.dialect("notes");
    long matched = ((ChunkOutcome.Done) world.run(ReplayWorld.plan(job, work)).get(0)).matched();
    QueryRequest request =
        new QueryRequest(
            "user",
            "",
            rule,
            "hash",
            1,
            new TreeSet<>(List.of("notes")),
            work.from(),
            work.to(),
            100);

    assertThat(DayScan.count(world.archive(), day(world), List.of(rule), dialect))
        .containsExactly(matched);
    assertThat(
            Forecast.of(world.archive(), request, List.of(dialect), Library.empty(), 1000)
                .matches()
                .p50())
        .isEqualTo(matched);
    assertThat(world.delivered(work.id())).hasSize((int) matched);
    return matched;
  }

  private static Manifest day(ReplayWorld world) throws IOException {
    return world.archive().newest(DAY).orElseThrow();
  }

  private static List<String> fromRaw(ReplayWorld world) throws IOException {
    return world.fromRaw(
        DAY, List.of(new Target("interaction.content", ValueType.TEXT, false, "")));
  }

  @Test
  void a_day_that_was_sealed_in_another_way_is_read_from_the_interactions() throws IOException {
    try (ReplayWorld world = new ReplayWorld(home, List.of(mapping("")))) {
      world.load("notes", RECORDS);
      assertThat(found(world, 1, CONTENT)).isEqualTo(2);
      world.seal(DAY, 1 << 20);
      assertThat(found(world, 2, CONTENT)).isEqualTo(2);
      assertThat(fromRaw(world)).isEmpty();
    }
    try (ReplayWorld world = new ReplayWorld(home, List.of(mapping("strip: true\n")))) {
      assertThat(fromRaw(world)).containsExactly("interaction.content");
      assertThat(found(world, 3, CONTENT)).isEqualTo(1);

      world.seal(DAY, 1 << 20);
      assertThat(fromRaw(world)).isEmpty();
      assertThat(found(world, 4, CONTENT)).isEqualTo(1);
    }
    try (ReplayWorld world = new ReplayWorld(home, List.of(mapping("")))) {
      assertThat(fromRaw(world)).containsExactly("interaction.content");
      assertThat(found(world, 5, CONTENT)).isEqualTo(2);
    }
  }

  @Test
  void raw_content_and_what_is_delivered_keep_everything() throws IOException {
    try (ReplayWorld world = new ReplayWorld(home, List.of(mapping("strip: true\n")))) {
      world.load("notes", RECORDS);
      for (int i = 0; i < 2; i++) {
        assertThat(found(world, 10 * i + 1, RAW_CONTENT)).isEqualTo(2);
        assertThat(found(world, 10 * i + 2, LINK)).isEqualTo(1);
        assertThat(found(world, 10 * i + 3, "interaction.content contains \"launched\""))
            .isEqualTo(2);
        assertThat(world.delivered(ReplayWorld.chunk(10 * i + 3)).get(0))
            .contains("\"content\":\"@datasift launched http://bitly.com/r6pmP0\"");
        if (i == 0) {
          world.seal(DAY, 1 << 20);
        }
      }
    }
  }
}
