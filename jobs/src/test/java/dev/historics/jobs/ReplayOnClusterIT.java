package dev.historics.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.historics.archive.Archive;
import dev.historics.archive.DataFile;
import dev.historics.archive.Manifest;
import dev.historics.archive.SourceDay;
import dev.historics.archive.TargetColumn;
import dev.historics.archive.files.ArchiveInput;
import dev.historics.archive.files.ArchiveOutput;
import dev.historics.archive.format.InteractionReader;
import dev.historics.archive.hdfs.HadoopFiles;
import dev.historics.archive.upkeep.CompactionSettings;
import dev.historics.archive.upkeep.Verifier;
import dev.historics.schedule.ChunkOutcome;
import dev.historics.schedule.ChunkWork;
import dev.historics.schedule.JobPlan;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.api.records.ApplicationReport;
import org.apache.hadoop.yarn.api.records.YarnApplicationState;
import org.apache.hadoop.yarn.client.api.YarnClient;
import org.apache.hadoop.yarn.exceptions.YarnException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/**
 * The jobs on HDFS and YARN. The client runs as everywhere, with Hadoop's shaded jars; daemons and
 * containers are processes that were given the cluster's jars and none of this program's.
 */
class ReplayOnClusterIT {
  private static final Path FOLDER = Path.of("target", "mini-cluster").toAbsolutePath();
  private static final int PATIENCE_SECONDS = 120;
  private static final String CLASS_PATH = "java.class.path";
  private static final String OURS =
      "(jobs|archive-writer|filter-engine|historics|crunch|parquet|avro-mapred)-.*|.*classes";
  private static final int LOOKS_PER_SECOND = 10;
  private static final int HASH_DIGITS = 16;
  private static final int IMPORTERS = 3;
  private static final int BATCHES_EACH = 5;
  private static final String ALL = "interaction.id exists";
  private static final SourceDay ALPHA = new SourceDay("alpha", ReplayWorld.DAY);
  private static final SourceDay BETA = new SourceDay("beta", ReplayWorld.DAY);

  private static Process cluster;
  private static Configuration conf;
  private static String testClassPath;

  private URI home;
  private ReplayWorld world;

  @BeforeAll
  static void start_a_cluster_and_run_from_jars() throws IOException {
    testClassPath = System.getProperty(CLASS_PATH);
    String jars =
        Arrays.stream(testClassPath.split(File.pathSeparator, -1))
            .filter(entry -> entry.endsWith(".jar"))
            .collect(Collectors.joining(File.pathSeparator));
    System.setProperty(CLASS_PATH, jars);
    cluster = startCluster();
    conf = new Configuration();
    conf.addResource(new org.apache.hadoop.fs.Path(FOLDER.resolve(MiniCluster.SETTINGS).toUri()));
    conf.setLong(ReplayConf.SPLIT_BYTES, 20_000);
  }

  private static Process startCluster() throws IOException {
    deleteFolder();
    Files.createDirectories(FOLDER);
    String clusterJars = System.getProperty("cluster.classpath");
    Path java = Path.of(System.getProperty("java.home"));
    ProcessBuilder builder =
        new ProcessBuilder(
            java.resolve("bin").resolve("java").toString(),
            "-Xmx1g",
            "-XX:+UseSerialGC",
            "-Dcluster.classpath=" + clusterJars,
            "-cp",
            Path.of("target", "test-classes").toAbsolutePath() + File.pathSeparator + clusterJars,
            MiniCluster.class.getName(),
            FOLDER.toString());
    // Containers are started with it.
    builder.environment().put("JAVA_HOME", java.toString());
    Process process =
        builder
            .directory(FOLDER.toFile())
            .redirectErrorStream(true)
            .redirectOutput(FOLDER.resolve("cluster.log").toFile())
            .start();
    await(() -> Files.exists(FOLDER.resolve(MiniCluster.SETTINGS)) || !process.isAlive());
    assertThat(process.isAlive()).as("see %s", FOLDER.resolve("cluster.log")).isTrue();
    return process;
  }

  private static void deleteFolder() throws IOException {
    if (Files.exists(FOLDER)) {
      try (Stream<Path> below = Files.walk(FOLDER)) {
        for (Path path : below.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }

  /** Looks again and again; there is nobody who would call. */
  private static void await(BooleanSupplier condition) {
    for (int i = 0; i < PATIENCE_SECONDS * LOOKS_PER_SECOND; i++) {
      Executor later =
          CompletableFuture.delayedExecutor(1000 / LOOKS_PER_SECOND, TimeUnit.MILLISECONDS);
      if (CompletableFuture.supplyAsync(condition::getAsBoolean, later).join()) {
        return;
      }
    }
    throw new AssertionError("what was waited for did not happen");
  }

  @AfterAll
  static void stop_the_cluster() throws IOException {
    System.setProperty(CLASS_PATH, testClassPath);
    // It ends with its standard input.
    cluster.getOutputStream().close();
    cluster.onExit().join();
  }

  @BeforeEach
  void open(TestInfo test) throws IOException {
    home =
        URI.create(conf.get("fs.defaultFS") + "/" + test.getTestMethod().orElseThrow().getName());
    world = world(new JobSetting.Yarn());
  }

  private ReplayWorld world(JobSetting.Runner runner) throws IOException {
    return new ReplayWorld(
        HadoopFiles.at(URI.create(home + "/archive"), conf),
        HadoopFiles.at(URI.create(home + "/results"), conf),
        List.of(HostileRecords.alpha(), HostileRecords.beta()),
        runner,
        OnDamage.FAIL,
        conf);
  }

  @AfterEach
  void close() {
    world.close();
  }

  /** Some sealed row groups of one source, and landing files of another. */
  private void load() throws IOException {
    HostileRecords records = new HostileRecords(1);
    world.load("alpha", records.alpha("a", 400, ReplayWorld.DAY));
    world.seal(ALPHA, 6_000);
    world.load("beta", records.beta("b", 100, ReplayWorld.DAY));
    world.load("beta", records.beta("c", 100, ReplayWorld.DAY));
  }

  private List<String> stored(SourceDay... days) {
    return Arrays.stream(days)
        .flatMap(day -> world.stored(day).stream())
        .map(row -> new String(row.raw(), StandardCharsets.UTF_8))
        .sorted()
        .toList();
  }

  private static void assertContainersHaveOnlyTheClustersJars() {
    assertThat(conf.get("yarn.application.classpath"))
        .isEqualTo(conf.get("mapreduce.application.classpath"));
    assertThat(conf.getTrimmedStrings("yarn.application.classpath"))
        .extracting(entry -> Path.of(entry).getFileName().toString())
        .anyMatch(name -> name.startsWith("hadoop-mapreduce-client-app-"))
        .noneMatch(name -> name.matches(OURS));
    assertThat(conf.getBoolean("yarn.is.minicluster", true)).isFalse();
  }

  @Test
  void a_replay_with_shipped_jars_delivers_what_the_local_runner_does() throws IOException {
    assertContainersHaveOnlyTheClustersJars();
    load();
    ChunkWork all = ReplayWorld.work(1, ALL, "alpha", "beta");
    ChunkWork some = ReplayWorld.work(2, "interaction.content contains \"rain\"", "alpha", "beta");
    ChunkWork wrong = ReplayWorld.work(3, "interaction.contnet exists", "alpha");
    ChunkWork tagged = ReplayWorld.work(4, tagged(world), "alpha", "beta");

    List<ChunkOutcome> outcomes = world.run(ReplayWorld.plan(1, all, some, wrong, tagged));

    assertThat(outcomes.get(0)).isEqualTo(world.done(all.id(), 600, 600, 0));
    assertThat(world.delivered(all.id())).isEqualTo(stored(ALPHA, BETA));
    assertThat(outcomes.get(2)).isInstanceOf(ChunkOutcome.Failed.class);
    ChunkWork again = ReplayWorld.work(5, some.rule(), "alpha", "beta");
    ChunkWork taggedAgain = ReplayWorld.work(6, tagged.rule(), "alpha", "beta");
    try (ReplayWorld local = world(new JobSetting.Local(2, FOLDER.resolve("local")))) {
      assertThat(tagged(local)).isEqualTo(tagged.rule());
      assertThat(local.run(ReplayWorld.plan(2, again, taggedAgain)))
          .containsExactly(withId(outcomes.get(1), again), withId(outcomes.get(3), taggedAgain));
    }
    assertThat(world.delivered(again.id())).isEqualTo(world.delivered(some.id())).isNotEmpty();
    assertThat(world.delivered(taggedAgain.id()))
        .isEqualTo(world.delivered(tagged.id()))
        .hasSameSizeAs(world.delivered(some.id()))
        .allMatch(line -> line.contains("\"tags\":[\"rain\"],\"tag_tree\":{\"score\":0.5}}"));
    assertThat(world.results().list("_jobs")).isEmpty();
    assertJarsAreShippedOnce();
  }

  @Test
  void days_are_sealed_where_the_data_is() throws IOException {
    load();
    List<String> before = stored(BETA);

    CompactJob.Report report =
        new CompactJob(world.setting(), CompactionSettings.STANDARD)
            .run(
                List.of(BETA),
                source -> List.of(new TargetColumn("interaction.content", TargetColumn.Kind.TEXT)),
                done -> {});

    assertThat(report.problems()).isEmpty();
    Manifest sealed = world.archive().newest(BETA).orElseThrow();
    assertThat(report.days()).extracting(CompactJob.Sealed::after).containsExactly(sealed);
    assertThat(sealed.hasLanding()).isFalse();
    assertThat(sealed.rows()).isEqualTo(200);
    assertThat(stored(BETA)).isEqualTo(before);
    assertThat(new Verifier(world.archive()).verify(BETA)).isEmpty();
  }

  /** A rule that brings its tags and its filter from others. */
  private static String tagged(ReplayWorld world) {
    String filter = world.define("interaction.content contains \"rain\"", "alpha", "beta");
    String tags =
        world.define(
            "tag \"rain\" { stream \"%s\" } tag.score 0.5 { interaction.id exists }"
                .formatted(filter),
            "alpha",
            "beta");
    return "tags \"%s\" return { stream \"%s\" }".formatted(tags, filter);
  }

  private static ChunkOutcome withId(ChunkOutcome outcome, ChunkWork chunk) {
    ChunkOutcome.Done done = (ChunkOutcome.Done) outcome;
    return new ChunkOutcome.Done(
        chunk.id(), done.read(), done.matched(), done.quarantined(), done.bytes());
  }

  private void assertJarsAreShippedOnce() throws IOException {
    List<String> shipped =
        world.results().list("_jars").stream()
            .map(name -> name.substring(HASH_DIGITS + 1))
            .toList();
    assertThat(shipped)
        .doesNotHaveDuplicates()
        .noneMatch(name -> name.startsWith("hadoop-") || name.startsWith("slf4j-"))
        .anyMatch(name -> name.startsWith("jobs-"))
        .anyMatch(name -> name.startsWith("archive-writer-"))
        .anyMatch(name -> name.startsWith("filter-engine-"))
        .anyMatch(name -> name.startsWith("crunch-bridge-"));
  }

  /** So it is the shipped jars that the other tests run on. */
  @Test
  void without_the_shipped_jars_a_job_cannot_run() throws IOException {
    load();
    ChunkWork chunk = ReplayWorld.work(1, ALL, "beta");
    conf.setInt("mapreduce.am.max-attempts", 1);
    String jars = System.setProperty(CLASS_PATH, "");
    try {
      assertThat(world.run(ReplayWorld.plan(1, chunk)))
          .singleElement()
          .isInstanceOf(ChunkOutcome.Failed.class);
    } finally {
      System.setProperty(CLASS_PATH, jars);
      conf.unset("mapreduce.am.max-attempts");
    }
    assertThat(world.results().list(chunk.id().query().value())).isEmpty();
    assertThat(world.results().list("_jobs")).isEmpty();
  }

  @Test
  void recovery_ends_a_job_that_an_earlier_process_left_running()
      throws IOException, YarnException {
    load();
    JobPlan plan = ReplayWorld.plan(1, ReplayWorld.work(1, ALL, "alpha", "beta"));
    String tag = world.setting().tag(plan.id());
    CompletableFuture<List<ChunkOutcome>> job = world.start(plan);
    try (YarnClient yarn = YarnClient.createYarnClient();
        ReplayWorld later = world(new JobSetting.Yarn())) {
      yarn.init(conf);
      yarn.start();
      await(() -> !applications(yarn, tag).isEmpty());

      assertThat(later.cluster().recover(plan)).isEmpty();

      assertThat(applications(yarn, tag))
          .singleElement()
          .returns(YarnApplicationState.KILLED, ApplicationReport::getYarnApplicationState);
    }
    assertThat(ReplayWorld.end(job)).singleElement().isInstanceOf(ChunkOutcome.Failed.class);
    assertThat(world.results().list(ReplayWorld.query(1).value())).isEmpty();
    assertThat(world.results().list("_jobs")).isEmpty();
  }

  @Test
  void a_job_that_is_killed_runs_no_longer_when_its_end_is_heard()
      throws IOException, YarnException {
    load();
    JobPlan plan = ReplayWorld.plan(1, ReplayWorld.work(1, ALL, "alpha", "beta"));
    String tag = world.setting().tag(plan.id());
    CompletableFuture<List<ChunkOutcome>> job = world.start(plan);
    try (YarnClient yarn = YarnClient.createYarnClient()) {
      yarn.init(conf);
      yarn.start();
      await(() -> !applications(yarn, tag).isEmpty());

      world.cluster().kill(plan.id());

      assertThat(ReplayWorld.end(job))
          .containsExactly(
              new ChunkOutcome.Failed(
                  ReplayWorld.chunk(1), ChunkOutcome.Retry.AGAIN, "job j1 was killed"));
      assertThat(applications(yarn, tag))
          .singleElement()
          .returns(YarnApplicationState.KILLED, ApplicationReport::getYarnApplicationState);
    }
    assertThat(world.results().list("_jobs")).isEmpty();
  }

  private static List<ApplicationReport> applications(YarnClient yarn, String tag) {
    try {
      return yarn.getApplications(null, null, Set.of(tag));
    } catch (IOException | YarnException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void a_verification_on_the_cluster_names_the_damaged_file() throws IOException {
    load();
    Manifest day = world.archive().newest(ALPHA).orElseThrow();
    String path = day.pathOf(day.files().get(0));
    byte[] bytes;
    try (ArchiveInput in = world.archive().files().open(path)) {
      bytes = in.stream().readAllBytes();
    }
    bytes[bytes.length / 2] ^= 1;
    world.archive().files().delete(path);
    try (ArchiveOutput out = world.archive().files().create(path)) {
      out.write(bytes, 0, bytes.length);
    }

    VerifyReport report = new VerifyJob(world.setting()).run(List.of(ALPHA, BETA), done -> {});

    assertThat(report.days()).isEqualTo(2);
    assertThat(report.records()).isEqualTo(600);
    assertThat(report.problems())
        .singleElement()
        .asString()
        .startsWith(path + ": the file is damaged");
  }

  @Test
  void importers_that_publish_into_one_day_at_once_lose_nothing() throws IOException {
    HostileRecords records = new HostileRecords(2);
    List<CompletableFuture<Void>> importers = new ArrayList<>();
    List<List<String>> batches = new ArrayList<>();
    for (int i = 0; i < IMPORTERS * BATCHES_EACH; i++) {
      batches.add(records.beta("i" + i + "-", 20, ReplayWorld.DAY));
    }
    for (int i = 0; i < IMPORTERS; i++) {
      List<List<String>> mine = batches.subList(i * BATCHES_EACH, (i + 1) * BATCHES_EACH);
      ReplayWorld importer = world(new JobSetting.Yarn());
      importers.add(CompletableFuture.runAsync(() -> load(importer, mine)));
    }

    importers.forEach(CompletableFuture::join);

    assertThat(rows()).isEqualTo(batches.stream().flatMap(List::stream).sorted().toList());
    assertThat(new Verifier(world.archive()).verify(BETA)).isEmpty();
  }

  private static void load(ReplayWorld importer, List<List<String>> batches) {
    try (importer) {
      for (List<String> batch : batches) {
        importer.load("beta", batch);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> rows() throws IOException {
    Archive archive = world.archive();
    Manifest day = archive.newest(BETA).orElseThrow();
    List<String> rows = new ArrayList<>();
    for (DataFile file : day.files()) {
      try (InteractionReader reader = InteractionReader.open(archive.files(), BETA, file)) {
        while (reader.hasNext()) {
          rows.add(new String(reader.next().raw(), StandardCharsets.UTF_8));
        }
      }
    }
    rows.sort(null);
    return rows;
  }
}
