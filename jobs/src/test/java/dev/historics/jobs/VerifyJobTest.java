package dev.historics.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.historics.archive.Manifest;
import dev.historics.archive.SourceDay;
import dev.historics.archive.files.ArchiveFiles;
import dev.historics.archive.files.ArchiveInput;
import dev.historics.archive.files.ArchiveOutput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mrunit.mapreduce.MapDriver;
import org.apache.hadoop.mrunit.mapreduce.ReduceDriver;
import org.apache.hadoop.mrunit.types.Pair;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyJobTest {
  private static final SourceDay ALPHA = new SourceDay("alpha", ReplayWorld.DAY);
  private static final SourceDay BETA = new SourceDay("beta", ReplayWorld.DAY);
  private static final SourceDay BETA_NEXT = new SourceDay("beta", ReplayWorld.DAY.plusDays(1));
  private static final SourceDay EMPTY = new SourceDay("beta", ReplayWorld.DAY.plusDays(2));

  @TempDir private Path home;
  private ReplayWorld world;

  @BeforeEach
  void two_landing_days_and_a_sealed_one() throws IOException {
    world = new ReplayWorld(home, List.of(HostileRecords.alpha(), HostileRecords.beta()));
    HostileRecords records = new HostileRecords(1);
    world.load("alpha", records.alpha("a", 40, ALPHA.day()));
    world.load("beta", records.beta("b", 30, BETA.day()));
    world.load("beta", records.beta("c", 20, BETA_NEXT.day()));
    world.seal(BETA, 64 << 20);
  }

  @AfterEach
  void close() {
    world.close();
  }

  private Manifest day(SourceDay day) throws IOException {
    return world.archive().newest(day).orElseThrow();
  }

  /** Flips a bit in the middle of a day's data file, and gives the file's path. */
  private String damage(SourceDay day) throws IOException {
    String path = day(day).pathOf(day(day).files().get(0));
    ArchiveFiles files = world.archive().files();
    byte[] bytes;
    try (ArchiveInput in = files.open(path)) {
      bytes = in.stream().readAllBytes();
    }
    bytes[bytes.length / 2] ^= 1;
    files.delete(path);
    try (ArchiveOutput out = files.create(path)) {
      out.write(bytes, 0, bytes.length);
    }
    return path;
  }

  private MapDriver<LongWritable, Text, Text, Text> mapper(SourceDay day) {
    MapDriver<LongWritable, Text, Text, Text> driver = MapDriver.newMapDriver(new VerifyMapper());
    driver
        .getConfiguration()
        .set(VerifyMapper.ARCHIVE_ROOT, world.archive().files().root().toString());
    return driver.withInput(new LongWritable(0), new Text(day.directory()));
  }

  private static Text json(VerifyReport report) {
    return new Text(VerifyJob.toJson(report));
  }

  @Test
  void the_mapper_reports_a_sound_day_under_its_source() throws IOException {
    MapDriver<LongWritable, Text, Text, Text> driver = mapper(BETA);
    driver.withOutput(
        new Text("beta"), json(new VerifyReport(1, 30, day(BETA).bytes(), List.of())));

    driver.runTest();

    assertThat(driver.getCounters().findCounter("Historics", "verified rows").getValue())
        .isEqualTo(30);
    assertThat(driver.getCounters().findCounter("Historics", "problems").getValue()).isZero();
  }

  @Test
  void the_mapper_names_a_damaged_file() throws IOException {
    String path = damage(ALPHA);
    MapDriver<LongWritable, Text, Text, Text> driver = mapper(ALPHA);

    List<Pair<Text, Text>> output = driver.run();

    assertThat(output).hasSize(1);
    VerifyReport report = VerifyJob.parse(output.get(0).getSecond().toString());
    assertThat(report.problems())
        .first()
        .asString()
        .startsWith(path + ": the file is damaged: expected SHA-256 ");
    assertThat(driver.getCounters().findCounter("Historics", "problems").getValue()).isEqualTo(2);
  }

  @Test
  void the_mapper_reports_a_day_whose_manifest_cannot_be_read() throws IOException {
    String path = dev.historics.archive.Archive.manifestPath(ALPHA, 1);
    world.archive().files().delete(path);
    try (ArchiveOutput out = world.archive().files().create(path)) {
      out.write("{".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    List<Pair<Text, Text>> output = mapper(ALPHA).run();

    VerifyReport report = VerifyJob.parse(output.get(0).getSecond().toString());
    assertThat(report.records()).isZero();
    assertThat(report.problems()).singleElement().asString().contains(path);
  }

  @Test
  void the_reducer_adds_up_the_days_of_a_source() throws IOException {
    ReduceDriver.newReduceDriver(new VerifyReducer())
        .withInput(
            new Text("beta"),
            List.of(
                json(new VerifyReport(1, 30, 300, List.of("x: cut"))),
                json(new VerifyReport(1, 20, 200, List.of())),
                json(new VerifyReport(2, 1, 10, List.of("y: missing", "z: cut")))))
        .withOutput(
            new Text("beta"),
            json(new VerifyReport(4, 51, 510, List.of("x: cut", "y: missing", "z: cut"))))
        .runTest();
  }

  @Test
  void a_sound_archive_has_no_problems() throws IOException {
    List<Double> progress = new ArrayList<>();

    VerifyReport report =
        new VerifyJob(world.setting()).run(List.of(ALPHA, BETA, BETA_NEXT, EMPTY), progress::add);

    long bytes = day(ALPHA).bytes() + day(BETA).bytes() + day(BETA_NEXT).bytes();
    assertThat(report).isEqualTo(new VerifyReport(4, 90, bytes, List.of()));
    assertThat(progress).isNotEmpty().allMatch(fraction -> fraction >= 0 && fraction <= 1);
    assertThat(world.resultPaths()).isEmpty();
  }

  @Test
  void damaged_and_missing_files_are_named_whatever_else_is_sound() throws IOException {
    String damaged = damage(BETA);
    String missing = day(BETA_NEXT).pathOf(day(BETA_NEXT).files().get(0));
    world.archive().files().delete(missing);

    VerifyReport report =
        new VerifyJob(world.setting()).run(List.of(ALPHA, BETA, BETA_NEXT), fraction -> {});

    assertThat(report.days()).isEqualTo(3);
    assertThat(report.problems())
        .hasSize(2)
        .anyMatch(problem -> problem.startsWith(damaged + ": the file is damaged"))
        .anyMatch(problem -> problem.contains(missing + ": the file is missing"));
  }

  @Test
  void nothing_to_verify_starts_no_job() throws IOException {
    assertThat(new VerifyJob(world.setting()).run(List.of(), fraction -> {}))
        .isEqualTo(VerifyReport.NOTHING);
  }
}
