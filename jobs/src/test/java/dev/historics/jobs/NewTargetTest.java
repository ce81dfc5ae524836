package dev.historics.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.historics.archive.SourceDay;
import dev.historics.archive.mapping.InvalidMappingException;
import dev.historics.archive.mapping.SourceMapping;
import dev.historics.filter.Target;
import dev.historics.filter.ValueType;
import dev.historics.schedule.ChunkOutcome;
import dev.historics.schedule.ChunkWork;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A target that a mapping declares after days were sealed: same answers, whoever has a column. */
class NewTargetTest {
  private static final SourceDay DAY = new SourceDay("notes", ReplayWorld.DAY);
  private static final String MAPPING =
      """
      source: notes
      id: {path: key}
      created_at: {path: at}
      interaction: {content: {path: text}}
      """;
  private static final String WITH_TARGET = "targets: {notes.level: int, notes.place: text}\n";
  private static final List<String> RECORDS =
      List.of(
          """
          {"key":"1","at":"2017-08-05T10:00:00Z","text":"a","level":5,"place":"Oslo"}""",
          """
          {"key":"2","at":"2017-08-05T11:00:00Z","text":"b","level":"7"}""",
          """
          {"key":"3","at":"2017-08-05T12:00:00Z","text":"c","level":2}""",
          """
          {"key":"4","at":"2017-08-05T13:00:00Z","text":"d"}""");
  private static final String LEVEL = "notes.level > 3";
  private static final String NO_LEVEL = "not notes.level exists";
  private static final String PLACE = "notes.place == \"Oslo\" or notes.level == 2";

  @TempDir private Path home;

  private static SourceMapping mapping(String more) {
    try {
      return SourceMapping.parse("test", MAPPING + more);
    } catch (InvalidMappingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static List<Long> found(ReplayWorld world, int job) throws IOException {
    List<ChunkWork> riders =
        List.of(
            ReplayWorld.work(10 * job, LEVEL, "notes"),
            ReplayWorld.work(10 * job + 1, NO_LEVEL, "notes"),
            ReplayWorld.work(10 * job + 2, PLACE, "notes"));
    return world.run(ReplayWorld.plan(job, riders.toArray(ChunkWork[]::new))).stream()
        .map(outcome -> ((ChunkOutcome.Done) outcome).matched())
        .toList();
  }

  /** Which targets of the rules a scan of the sealed day makes of the interactions' JSON. */
  private static List<String> fromRaw(ReplayWorld world) throws IOException {
    return world.fromRaw(
        DAY,
        List.of(
            new Target("notes.level", ValueType.INT, false, ""),
            new Target("notes.place", ValueType.TEXT, false, "")));
  }

  @Test
  void a_new_target_is_found_in_old_days_with_and_without_a_column() throws IOException {
    List<Long> expected = List.of(2L, 1L, 2L);
    long sealed;
    try (ReplayWorld world = new ReplayWorld(home, List.of(mapping("")))) {
      world.load("notes", RECORDS);
      world.seal(DAY, 1 << 20);
      sealed = world.archive().newest(DAY).orElseThrow().version();
    }
    try (ReplayWorld world = new ReplayWorld(home, List.of(mapping(WITH_TARGET)))) {
      assertThat(fromRaw(world)).containsExactly("notes.level", "notes.place");
      assertThat(found(world, 1)).isEqualTo(expected);
      assertThat(world.archive().newest(DAY).orElseThrow().version()).isEqualTo(sealed);

      world.seal(DAY, 1 << 20);
      assertThat(fromRaw(world)).isEmpty();
      assertThat(found(world, 2)).isEqualTo(expected);
    }
  }
}
