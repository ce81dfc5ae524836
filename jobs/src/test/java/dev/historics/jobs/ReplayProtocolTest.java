package dev.historics.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.historics.archive.DataFile;
import dev.historics.archive.Manifest;
import dev.historics.archive.SourceDay;
import dev.historics.archive.files.ArchiveFiles;
import dev.historics.archive.files.ArchiveInput;
import dev.historics.archive.files.ArchiveOutput;
import dev.historics.archive.files.LocalFiles;
import dev.historics.archive.upkeep.Pins;
import dev.historics.filter.Library;
import dev.historics.schedule.ChunkOutcome;
import dev.historics.schedule.ChunkWork;
import dev.historics.schedule.JobId;
import dev.historics.schedule.JobListener;
import dev.historics.schedule.JobPlan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is published, when, and what is left behind, whatever happens to a job. */
class ReplayProtocolTest {
  private static final SourceDay BETA = new SourceDay("beta", ReplayWorld.DAY);
  private static final ChunkWork CHUNK = ReplayWorld.work(1, "interaction.id exists", "beta");
  private static final ChunkWork OTHER =
      ReplayWorld.work(2, "interaction.content contains \"rain\"", "beta");

  /** True of every interaction, and has to look at all these columns to know it. */
  private static final String READS_EVERYTHING =
      Stream.of(
              "interaction.content contains \"rain\"",
              "interaction.hashtags contains \"rain\"",
              "interaction.author.id contains \"1\"",
              "interaction.rank contains \"1\"",
              "interaction.id contains \"1\"",
              "beta.n > 1",
              "beta.words contains \"rain\"")
          .map(condition -> "(%s or not %s)".formatted(condition, condition))
          .collect(Collectors.joining(" and "));

  @TempDir private Path home;
  private ReplayWorld world;

  @BeforeEach
  void open() {
    world = new ReplayWorld(home, List.of(HostileRecords.alpha(), HostileRecords.beta()));
  }

  @AfterEach
  void close() {
    world.close();
  }

  private List<String> load(int count) throws IOException {
    List<String> records = new HostileRecords(7).beta("b", count, ReplayWorld.DAY);
    world.load("beta", records);
    return records.stream().sorted().toList();
  }

  private String dataFile() throws IOException {
    Manifest day = world.archive().newest(BETA).orElseThrow();
    return day.pathOf(day.files().get(0));
  }

  private byte[] read(String path) throws IOException {
    try (ArchiveInput in = world.archive().files().open(path)) {
      return in.stream().readAllBytes();
    }
  }

  private static void replace(ArchiveFiles files, String path, byte[] bytes) throws IOException {
    files.delete(path);
    try (ArchiveOutput out = files.create(path)) {
      out.write(bytes, 0, bytes.length);
    }
  }

  private void assertNothingPublished() throws IOException {
    assertThat(world.resultPaths()).isEmpty();
    assertThat(world.results().list("_jobs")).isEmpty();
  }

  @Test
  void a_job_leaves_its_results_and_nothing_else() throws IOException {
    List<String> records = load(30);

    world.run(ReplayWorld.plan(1, CHUNK));

    assertThat(world.delivered(CHUNK.id())).isEqualTo(records);
    assertThat(world.resultPaths())
        .containsExactly(
            "00000000000000000001/chunks/2017-08-05.json",
            "00000000000000000001/parts/2017-08-05-j1-0.ndjson");
    assertThat(world.results().list("_jobs")).isEmpty();
    assertThat(world.manifest(CHUNK.id()).sources().get(0).archiveVersion()).isEqualTo(1);
  }

  @Test
  void a_chunk_that_is_done_stays_as_it_is_when_it_is_run_again() throws IOException {
    List<String> records = load(30);
    List<ChunkOutcome> first = world.run(ReplayWorld.plan(1, CHUNK));
    ChunkManifest manifest = world.manifest(CHUNK.id());
    world.load("beta", new HostileRecords(8).beta("late", 5, ReplayWorld.DAY));

    assertThat(world.run(ReplayWorld.plan(2, CHUNK))).isEqualTo(first);
    assertThat(world.run(ReplayWorld.plan(1, CHUNK))).isEqualTo(first);

    assertThat(world.manifest(CHUNK.id())).isEqualTo(manifest);
    assertThat(world.delivered(CHUNK.id())).isEqualTo(records);
  }

  @Test
  void jobs_that_race_for_a_chunk_deliver_it_once() throws IOException {
    List<String> records = load(200);
    List<CompletableFuture<List<ChunkOutcome>>> jobs = new ArrayList<>();
    for (int job = 1; job <= 4; job++) {
      jobs.add(world.start(ReplayWorld.plan(job, CHUNK, OTHER)));
    }

    List<List<ChunkOutcome>> outcomes = jobs.stream().map(ReplayWorld::end).toList();

    assertThat(outcomes).allMatch(outcome -> outcome.equals(outcomes.get(0)));
    assertThat(outcomes.get(0)).hasOnlyElementsOfType(ChunkOutcome.Done.class);
    assertThat(world.delivered(CHUNK.id())).isEqualTo(records);
  }

  @Test
  void recovery_finds_what_was_published_and_clears_the_rest_away() throws IOException {
    load(30);
    List<ChunkOutcome> done = world.run(ReplayWorld.plan(1, CHUNK));
    replace(world.results(), "_jobs/j1/parts/attempt.ndjson", new byte[10]);

    assertThat(world.cluster().recover(ReplayWorld.plan(1, CHUNK, OTHER))).isEqualTo(done);
    assertThat(world.results().list("_jobs")).isEmpty();
    assertThat(world.cluster().recover(ReplayWorld.plan(2, OTHER))).isEmpty();
  }

  @Test
  void what_dead_jobs_left_is_cleared_away_and_what_others_have_is_not() throws IOException {
    load(30);
    for (String job : List.of("j3", "j4")) {
      new Pins(world.archive()).pin(BETA, world.setting().tag(new JobId(job)));
      new ReplayPlan(
              job,
              world.archive().files().root().toString(),
              ReplayWorld.DAY.toString(),
              List.of(),
              List.of(new ReplayPlan.Input("beta", ReplayWorld.DAY.toString(), 1, 0)),
              List.of(),
              new TreeMap<>(),
              OnDamage.FAIL)
          .write(world.results());
    }
    replace(world.results(), "_jobs/j5/parts/attempt.ndjson", new byte[10]);
    replace(world.results(), "_jobs/compact-1/days", new byte[10]);

    world.cluster().clearAway(Set.of(new JobId("j4")));

    assertThat(world.results().list("_jobs")).containsExactly("compact-1", "j4");
    assertThat(world.archive().files().list(BETA.directory() + "/_pins"))
        .singleElement()
        .asString()
        .contains("-j4-");
  }

  @Test
  void a_part_that_a_dead_run_of_the_same_job_left_is_never_taken_for_a_new_one()
      throws IOException {
    List<String> records = load(30);
    String left = "00000000000000000001/parts/2017-08-05-j1-0.ndjson";
    replace(world.results(), left, "{}\n".getBytes(StandardCharsets.UTF_8));

    assertThat(world.run(ReplayWorld.plan(1, CHUNK)))
        .containsExactly(
            new ChunkOutcome.Failed(
                CHUNK.id(),
                ChunkOutcome.Retry.AGAIN,
                left + " is there already: job j1 ran before, and must not run again"));
    world.run(ReplayWorld.plan(2, CHUNK));
    assertThat(world.delivered(CHUNK.id())).isEqualTo(records);
  }

  @Test
  void a_day_without_data_is_covered_at_version_0() throws IOException {
    assertThat(world.run(ReplayWorld.plan(1, ReplayWorld.work(1, "alpha.n > 1", "alpha", "beta"))))
        .containsExactly(world.done(CHUNK.id(), 0, 0, 0));
    assertThat(world.manifest(CHUNK.id()).sources())
        .containsExactly(
            new ChunkManifest.SourceCount(
                "alpha", "missing", 0, 0, 0, 0, 0, 0, 0, 0, List.of(), List.of()),
            new ChunkManifest.SourceCount(
                "beta", "missing", 0, 0, 0, 0, 0, 0, 0, 0, List.of(), List.of()));
  }

  @Test
  void a_missing_file_fails_the_chunk_by_name() throws IOException {
    load(30);
    String path = dataFile();
    world.archive().files().delete(path);

    assertFails(path);
  }

  @Test
  void a_missing_sealed_file_fails_the_chunk_by_name() throws IOException {
    load(30);
    world.seal(BETA, 6_000);
    String path = dataFile();
    world.archive().files().delete(path);

    assertFails(path);
  }

  @Test
  void a_landing_file_that_was_cut_fails_the_chunk_by_name() throws IOException {
    load(30);
    String path = dataFile();
    byte[] whole = read(path);
    replace(world.archive().files(), path, Arrays.copyOf(whole, whole.length - 20));

    assertFails(path);
  }

  @Test
  void fewer_rows_than_the_manifest_promises_fail_the_chunk() throws IOException {
    load(30);
    Manifest.Content content = world.archive().newest(BETA).orElseThrow().content();
    DataFile file = content.files().get(0);
    DataFile promised = withOneRowMore(file);
    world
        .archive()
        .publish(
            BETA,
            newest -> java.util.Optional.of(content.with(List.of(promised), content.ledger())));

    assertFails("expected 31 rows, found 30");
  }

  private static DataFile withOneRowMore(DataFile file) {
    List<Long> hours = new ArrayList<>(file.hours());
    hours.set(0, hours.get(0) + 1);
    return new DataFile(
        file.path(),
        file.kind(),
        file.rows() + 1,
        file.bytes(),
        file.rawBytes(),
        file.sha256(),
        file.tail(),
        file.first(),
        file.last(),
        hours,
        file.rowGroupOffsets(),
        file.columns(),
        file.sidecars(),
        file.gone(),
        file.augmented());
  }

  private void assertFails(String reason) throws IOException {
    List<ChunkOutcome> outcomes = world.run(ReplayWorld.plan(1, CHUNK, OTHER));

    assertThat(outcomes)
        .hasSize(2)
        .allSatisfy(
            outcome -> {
              assertThat(outcome).isInstanceOf(ChunkOutcome.Failed.class);
              assertThat(((ChunkOutcome.Failed) outcome).retry())
                  .isEqualTo(ChunkOutcome.Retry.AGAIN);
              assertThat(((ChunkOutcome.Failed) outcome).reason()).contains(reason);
            });
    assertNothingPublished();
  }

  @Test
  void a_flipped_bit_of_a_sealed_file_gives_the_right_answer_or_a_failure_that_names_the_file()
      throws IOException {
    load(300);
    assertFlipsAreFound(true);
  }

  @Test
  void a_flipped_bit_of_a_landing_file_gives_a_failure_that_names_the_file() throws IOException {
    load(300);
    assertFlipsAreFound(false);
  }

  private void assertFlipsAreFound(boolean sealed) throws IOException {
    if (sealed) {
      world.seal(BETA, 6_000);
    }
    String path = dataFile();
    byte[] whole = read(path);
    List<String> expected =
        world.stored(BETA).stream()
            .map(row -> new String(row.raw(), StandardCharsets.UTF_8))
            .sorted()
            .toList();
    SplittableRandom random = new SplittableRandom(17);
    int failures = 0;
    for (int i = 0; i < 40; i++) {
      byte[] damaged = whole.clone();
      damaged[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(8));
      replace(world.archive().files(), path, damaged);
      ChunkWork chunk = ReplayWorld.work(i, READS_EVERYTHING, "beta");

      ChunkOutcome outcome = world.run(ReplayWorld.plan(i + 1, chunk)).get(0);

      if (outcome instanceof ChunkOutcome.Failed failed) {
        failures++;
        assertThat(failed.retry()).isEqualTo(ChunkOutcome.Retry.AGAIN);
        assertThat(failed.reason()).contains(path);
      } else {
        assertThat(world.delivered(chunk.id())).isEqualTo(expected);
      }
    }
    assertThat(failures).isGreaterThan(10);
  }

  /** The times are not exact, and need not be: the promise holds whenever the job is killed. */
  @Test
  void a_job_that_is_killed_leaves_all_of_a_chunk_or_nothing() throws IOException {
    List<String> records = load(4_000);
    int killed = 0;
    for (int i = 1; i <= 12; i++) {
      JobPlan plan = ReplayWorld.plan(i, ReplayWorld.work(i, "interaction.id exists", "beta"));
      CompletableFuture<List<ChunkOutcome>> job = world.start(plan);
      CompletableFuture<Void> kill =
          CompletableFuture.runAsync(
              () -> world.cluster().kill(plan.id()),
              CompletableFuture.delayedExecutor(i * 40L, TimeUnit.MILLISECONDS));

      ChunkOutcome outcome = ReplayWorld.end(job).get(0);

      kill.join();
      assertThat(world.resultPaths()).noneMatch(path -> path.startsWith("_jobs"));
      if (outcome instanceof ChunkOutcome.Failed) {
        killed++;
        assertThat(outcome)
            .isEqualTo(
                new ChunkOutcome.Failed(
                    ReplayWorld.chunk(i),
                    ChunkOutcome.Retry.AGAIN,
                    "job j%d was killed".formatted(i)));
        assertThat(world.results().list(ReplayWorld.query(i).value())).isEmpty();
      } else {
        assertThat(world.delivered(ReplayWorld.chunk(i))).isEqualTo(records);
      }
    }
    assertThat(killed).isPositive();
  }

  @Test
  void the_listener_hears_the_end_even_of_a_job_that_a_broken_program_cannot_start()
      throws IOException {
    load(3);
    JobSetting broken =
        new JobSetting(
            world.archive(),
            new LocalFiles(home.resolve("results")),
            source -> {
              throw new NoClassDefFoundError("org/example/Missing");
            },
            Library.empty(),
            world.setting().runner(),
            OnDamage.FAIL,
            ReplayWorld.smallSplits());
    CompletableFuture<List<ChunkOutcome>> end = new CompletableFuture<>();
    JobListener listener =
        new JobListener() {
          @Override
          public void progressed(JobId job, double fraction) {
            // Nobody looks.
          }

          @Override
          public void finished(JobId job, List<ChunkOutcome> outcomes) {
            end.complete(outcomes);
          }
        };
    try (ReplayCluster cluster = new ReplayCluster(broken)) {
      cluster.start(ReplayWorld.plan(1, CHUNK), listener);

      assertThat(ReplayWorld.end(end))
          .containsExactly(
              new ChunkOutcome.Failed(
                  CHUNK.id(),
                  ChunkOutcome.Retry.AGAIN,
                  "NoClassDefFoundError: org/example/Missing"));
    }
  }
}
