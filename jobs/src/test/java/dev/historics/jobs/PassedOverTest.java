package dev.historics.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.historics.archive.DataFile;
import dev.historics.archive.Manifest;
import dev.historics.archive.SourceDay;
import dev.historics.archive.files.ArchiveInput;
import dev.historics.archive.files.ArchiveOutput;
import dev.historics.schedule.ChunkOutcome;
import dev.historics.schedule.ChunkWork;
import dev.historics.schedule.JobId;
import dev.historics.schedule.JobPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A day that is damaged, where queries shall be answered from what is left. */
class PassedOverTest {
  private static final SourceDay BETA = new SourceDay("beta", ReplayWorld.DAY);
  private static final ChunkWork ALL = ReplayWorld.work(1, "interaction.id exists", "beta");

  @TempDir private Path home;
  private ReplayWorld world;

  @BeforeEach
  void open() {
    world = new ReplayWorld(home, List.of(HostileRecords.beta()), OnDamage.PARTIAL);
  }

  @AfterEach
  void close() {
    world.close();
  }

  private List<String> load(int seed, String prefix, int count) throws IOException {
    List<String> records = new HostileRecords(seed).beta(prefix, count, ReplayWorld.DAY);
    world.load("beta", records);
    return records.stream().sorted().toList();
  }

  private Manifest day() throws IOException {
    return world.archive().newest(BETA).orElseThrow();
  }

  private byte[] read(String path) throws IOException {
    try (ArchiveInput in = world.archive().files().open(path)) {
      return in.stream().readAllBytes();
    }
  }

  private void replace(String path, byte[] bytes) throws IOException {
    world.archive().files().delete(path);
    try (ArchiveOutput out = world.archive().files().create(path)) {
      out.write(bytes, 0, bytes.length);
    }
  }

  private ChunkManifest.SourceCount ran(int job, ChunkWork chunk) throws IOException {
    ChunkOutcome outcome = world.run(ReplayWorld.plan(job, chunk)).get(0);
    ChunkManifest.SourceCount count = world.manifest(chunk.id()).sources().get(0);
    assertThat(outcome)
        .isEqualTo(
            new ChunkOutcome.Done(
                chunk.id(),
                count.inRange(),
                count.matched(),
                count.quarantined(),
                count.files().stream().mapToLong(PartFile::bytes).sum()));
    return count;
  }

  @Test
  void an_undamaged_day_is_read_as_ever() throws IOException {
    List<String> records = load(7, "b", 30);

    assertThat(ran(1, ALL).unreadable()).isEmpty();
    assertThat(world.delivered(ALL.id())).isEqualTo(records);
  }

  @Test
  void the_manifest_names_a_missing_file_and_how_many_it_had() throws IOException {
    load(7, "b", 30);
    Manifest first = day();
    String lost = first.pathOf(first.files().get(0));
    List<String> later = load(8, "late", 12);
    world.archive().files().delete(lost);

    ChunkManifest.SourceCount count = ran(1, ALL);

    assertThat(count.records()).isEqualTo(42);
    assertThat(count.matched()).isEqualTo(12);
    assertThat(count.quarantined()).isEqualTo(30);
    assertThat(count.unreadable())
        .singleElement()
        .satisfies(
            file -> {
              assertThat(file.path()).isEqualTo(lost);
              assertThat(file.records()).isEqualTo(30);
              assertThat(file.reason()).contains(lost);
            });
    assertThat(world.delivered(ALL.id())).isEqualTo(later);
    assertThat(world.results().list("_jobs")).isEmpty();
  }

  @Test
  void a_day_of_which_nothing_can_be_read_is_never_an_empty_success() throws IOException {
    load(7, "b", 30);
    Manifest day = day();
    world.archive().files().delete(day.pathOf(day.files().get(0)));

    ChunkManifest.SourceCount count = ran(1, ALL);

    assertThat(List.of(count.matched(), count.inRange(), count.quarantined()))
        .containsExactly(0L, 30L, 30L);
  }

  @Test
  void what_was_found_on_a_damaged_day_is_not_given_again() throws IOException {
    load(7, "b", 30);
    Manifest first = day();
    String lost = first.pathOf(first.files().get(0));
    byte[] whole = read(lost);
    List<String> later = load(8, "late", 12);
    world.archive().files().delete(lost);
    ran(1, ALL);
    replace(lost, whole);
    ChunkWork again = ReplayWorld.work(2, "interaction.id exists", "beta");

    world.run(
        new JobPlan(JobId.of(2), ReplayWorld.DAY, List.of(again), Map.of(again.id(), ALL.id())));

    assertThat(world.delivered(again.id())).hasSize(30 + later.size());
    assertThat(world.manifest(again.id()).reusedFrom()).isEmpty();
  }

  @Test
  void a_file_of_other_hours_is_not_missed() throws IOException {
    load(7, "b", 30);
    DataFile file = day().files().get(0);
    world.archive().files().delete(day().pathOf(file));
    Instant midnight = ReplayWorld.DAY.atStartOfDay(java.time.ZoneOffset.UTC).toInstant();
    ChunkWork before =
        new ChunkWork(
            ReplayWorld.chunk(2),
            "interaction.id exists",
            new TreeSet<>(List.of("beta")),
            midnight.minusSeconds(60),
            file.first(),
            100);

    ChunkManifest.SourceCount count = ran(1, before);

    assertThat(count.unreadable()).isEmpty();
    assertThat(count.inRange()).isZero();
  }

  @Test
  void a_flipped_bit_costs_its_row_group_and_no_more_and_the_books_say_so() throws IOException {
    List<String> records = load(7, "b", 300);
    world.seal(BETA, 6_000);
    String path = day().pathOf(day().files().get(0));
    byte[] whole = read(path);
    assertThat(day().files().get(0).rowGroupOffsets()).hasSizeGreaterThan(3);
    SplittableRandom random = new SplittableRandom(29);
    int partial = 0;
    for (int i = 1; i <= 25; i++) {
      byte[] damaged = whole.clone();
      damaged[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(8));
      replace(path, damaged);
      ChunkWork chunk = ReplayWorld.work(i, "interaction.id exists", "beta");

      ChunkManifest.SourceCount count = ran(i, chunk);

      List<String> delivered = world.delivered(chunk.id());
      assertThat(records).containsAll(delivered);
      assertThat(delivered).doesNotHaveDuplicates();
      assertThat(delivered.size() + count.quarantined()).isEqualTo(300);
      partial += count.quarantined() > 0 && count.quarantined() < 300 ? 1 : 0;
    }
    assertThat(partial).isGreaterThan(3);
  }
}
