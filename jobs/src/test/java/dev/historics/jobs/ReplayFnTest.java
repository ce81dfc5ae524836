package dev.historics.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import dev.historics.archive.Manifest;
import dev.historics.archive.SourceDay;
import dev.historics.archive.files.ArchiveFiles;
import dev.historics.archive.files.ArchiveOutput;
import dev.historics.archive.mapping.SourceMapping;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.crunch.impl.mem.MemPipeline;
import org.apache.crunch.types.writable.Writables;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one task of a replay does, in memory and without a runner. */
class ReplayFnTest {
  private static final String JOB = "j1";
  private static final SourceDay BETA = new SourceDay("beta", ReplayWorld.DAY);
  private static final long DAY_START =
      ReplayWorld.DAY.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
  private static final long DAY_MILLIS = 86_400_000;

  @TempDir private Path home;
  private ReplayWorld world;

  @BeforeEach
  void a_day_of_two_files() throws IOException {
    MemPipeline.clearCounters();
    world = new ReplayWorld(home, List.of(SourceMapping.datasift("beta")));
    world.load("beta", IntStream.range(0, 10).mapToObj(ReplayFnTest::record).toList());
    world.load("beta", IntStream.range(10, 15).mapToObj(ReplayFnTest::record).toList());
  }

  @AfterEach
  void close() {
    world.close();
  }

  /** Every third one has rain. */
  private static String record(int number) {
    return """
        {"interaction":{"id":"%d","content":"%s","created_at":"Sat, 05 Aug 2017 10:30:00 +0000"}}"""
        .formatted(number, number % 3 == 0 ? "rain" : "sun");
  }

  private static ReplayPlan.Rider rider(String query, String rule) {
    return new ReplayPlan.Rider(
        query, rule, List.of("beta"), DAY_START, DAY_START + DAY_MILLIS, 100);
  }

  private void plan(OnDamage onDamage, ReplayPlan.Rider... riders) throws IOException {
    new ReplayPlan(
            JOB,
            world.archive().files().root().toString(),
            ReplayWorld.DAY.toString(),
            List.of(riders),
            List.of(
                new ReplayPlan.Input("beta", ReplayWorld.DAY.toString(), manifest().version(), 0)),
            List.of(world.dialect("beta")),
            new TreeMap<>(),
            onDamage)
        .write(world.results());
  }

  private Manifest manifest() throws IOException {
    return world.archive().newest(BETA).orElseThrow();
  }

  private DayPart part(int file) throws IOException {
    return world.part(BETA, file);
  }

  /** Runs the function as one task that is given these parts. */
  private TaskReport run(DayPart... parts) {
    Configuration conf = new Configuration();
    conf.set(ReplayConf.RESULTS_ROOT, world.results().root().toString());
    conf.set(ReplayConf.JOB, JOB);
    MemPipeline.getInstance().setConfiguration(conf);
    List<String> lines =
        ImmutableList.copyOf(
            MemPipeline.typedCollectionOf(new ArchiveSource(0).getType(), parts)
                .parallelDo(new ReplayFn(), Writables.strings())
                .materialize());
    assertThat(lines).as("one line a task").hasSize(1);
    return TaskReport.parse(lines.get(0));
  }

  private static long counter(String name) {
    return MemPipeline.getCounters().findCounter("Historics", name).getValue();
  }

  private String delivered(TaskReport report, String query) throws IOException {
    StringBuilder text = new StringBuilder();
    for (TaskReport.Count count : report.counts()) {
      for (PartFile part : count.query().equals(query) ? count.parts() : List.<PartFile>of()) {
        text.append(new String(world.read(part.path()), StandardCharsets.UTF_8));
      }
    }
    return text.toString();
  }

  @Test
  void a_task_tells_what_it_read_and_found_and_where_it_wrote_it() throws IOException {
    plan(
        OnDamage.FAIL,
        rider("rain", "interaction.content contains \"rain\""),
        rider("snow", "interaction.content contains \"snow\""));

    TaskReport report = run(part(0), part(1));

    assertThat(report.reads()).extracting(TaskReport.Read::rows).containsExactlyInAnyOrder(10L, 5L);
    assertThat(report.damages()).isEmpty();
    assertThat(report.counts())
        .extracting(TaskReport.Count::query, TaskReport.Count::inRange, TaskReport.Count::matched)
        .containsExactly(
            org.assertj.core.api.Assertions.tuple("rain", 15L, 5L),
            org.assertj.core.api.Assertions.tuple("snow", 15L, 0L));
    assertThat(delivered(report, "rain").lines())
        .containsExactly(record(0), record(3), record(6), record(9), record(12));
    assertThat(report.counts().get(1).parts()).isEmpty();
    assertThat(report.nanos()).containsKeys(Stage.SCAN, Stage.RAW, Stage.WRITE);
  }

  @Test
  void rows_bytes_and_matches_are_counted_for_the_history_server() throws IOException {
    plan(OnDamage.FAIL, rider("rain", "interaction.content contains \"rain\""));

    TaskReport report = run(part(0), part(1));

    assertThat(counter("rows")).isEqualTo(15);
    assertThat(counter("matched")).isEqualTo(5);
    assertThat(counter("unreadable")).isZero();
    assertThat(counter("bytes read"))
        .isPositive()
        .isEqualTo(report.reads().stream().mapToLong(TaskReport.Read::bytes).sum());
  }

  @Test
  void a_task_without_parts_tells_of_nothing() throws IOException {
    plan(OnDamage.FAIL, rider("rain", "interaction.content contains \"rain\""));

    TaskReport report = run();

    assertThat(report.reads()).isEmpty();
    assertThat(report.counts()).isEmpty();
  }

  @Test
  void a_part_that_cannot_be_read_fails_the_task_which_notes_why() throws IOException {
    plan(OnDamage.FAIL, rider("rain", "interaction.content contains \"rain\""));
    DayPart gone = new ClosedPart("beta", "beta/x.avro", new IOException("the disk is gone"));

    assertThatThrownBy(() -> run(part(0), gone)).hasStackTraceContaining("the disk is gone");

    assertThat(TaskFailures.first(world.results(), JOB)).contains("beta/x.avro: the disk is gone");
  }

  @Test
  void a_part_that_cannot_be_read_is_passed_over_where_that_is_asked_for() throws IOException {
    plan(OnDamage.PARTIAL, rider("rain", "interaction.content contains \"rain\""));
    DayPart gone = new ClosedPart("beta", "beta/x.avro", new IOException("the disk is gone"));

    TaskReport report = run(gone, part(1));

    assertThat(report.damages())
        .containsExactly(new TaskReport.Damage("beta/x.avro", "beta/x.avro: the disk is gone"));
    assertThat(report.reads()).extracting(TaskReport.Read::rows).containsExactly(5L);
    assertThat(delivered(report, "rain").lines()).containsExactly(record(12));
    assertThat(counter("parts passed over")).isEqualTo(1);
  }

  @Test
  void a_rule_that_has_no_filter_fails_its_rider_and_not_the_task() throws IOException {
    plan(
        OnDamage.FAIL,
        rider("tags", "tag \"t\" { interaction.content exists }"),
        rider("rain", "interaction.content contains \"rain\""));

    TaskReport report = run(part(1));

    assertThat(report.counts())
        .extracting(TaskReport.Count::failure)
        .containsExactly("the rule has no filter, only tags", "");
    assertThat(delivered(report, "rain").lines()).containsExactly(record(12));
  }

  @Test
  void nothing_is_written_once_the_job_was_given_up() throws IOException {
    plan(OnDamage.FAIL, rider("rain", "interaction.content contains \"rain\""));
    DayPart real = part(0);
    DayPart late = new GivenUp(real, world.results());

    assertThatThrownBy(() -> run(late)).hasStackTraceContaining("job j1 has been given up");

    assertThat(world.results().list("_jobs/j1/parts")).isEmpty();
  }

  /** A part that is scanned just as its job is cleared away. */
  private record GivenUp(DayPart real, ArchiveFiles results) implements DayPart {
    @Override
    public String source() {
      return real.source();
    }

    @Override
    public String path() {
      return real.path();
    }

    @Override
    public long firstRow() {
      return real.firstRow();
    }

    @Override
    public int rows() {
      return real.rows();
    }

    @Override
    public Batches batches(ScanNeeds needs) throws IOException {
      ReplayPlan.clearAway(results, JOB);
      return real.batches(needs);
    }

    @Override
    public long bytesRead() {
      return real.bytesRead();
    }

    @Override
    public void close() throws IOException {
      real.close();
    }
  }

  @Test
  void a_plan_that_is_not_one_fails_the_task() throws IOException {
    try (ArchiveOutput out = world.results().create("_jobs/j1/plan.json")) {
      out.write("{".getBytes(StandardCharsets.UTF_8));
    }

    assertThatThrownBy(() -> run(part(0)))
        .hasStackTraceContaining("_jobs/j1/plan.json is not a job's plan");
  }
}
