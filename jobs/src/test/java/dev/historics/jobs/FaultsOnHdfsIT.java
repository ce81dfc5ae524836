package dev.historics.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.historics.archive.Archive;
import dev.historics.archive.Manifest;
import dev.historics.archive.SourceDay;
import dev.historics.archive.hdfs.HadoopFiles;
import dev.historics.archive.testing.Archives;
import dev.historics.archive.testing.FaultSweep;
import dev.historics.archive.testing.Faults;
import dev.historics.archive.testing.Model;
import dev.historics.archive.testing.Scenario;
import dev.historics.archive.testing.Seeds;
import dev.historics.schedule.ChunkWork;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.BlockLocation;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.HdfsBlockLocation;
import org.apache.hadoop.fs.SafeMode;
import org.apache.hadoop.fs.SafeModeAction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** HDFS fails or lies at one operation, and loses blocks: the same promises as on a local disk. */
class FaultsOnHdfsIT {
  private static final Path FOLDER = Path.of("target", "mini-hdfs").toAbsolutePath();
  private static final int PATIENCE_SECONDS = 60;
  private static final int LOOKS_PER_SECOND = 10;
  private static final int KINDS_EACH = 1;

  private static Process cluster;
  private static Configuration conf;
  private static URI hdfs;

  @BeforeAll
  static void start_a_cluster() throws IOException {
    deleteFolder();
    Files.createDirectories(FOLDER);
    String clusterJars = System.getProperty("cluster.classpath");
    cluster =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-Dcluster.classpath=" + clusterJars,
                "-cp",
                Path.of("target", "test-classes").toAbsolutePath()
                    + File.pathSeparator
                    + clusterJars,
                MiniCluster.class.getName(),
                FOLDER.toString(),
                "without-yarn")
            .directory(FOLDER.toFile())
            .redirectErrorStream(true)
            .redirectOutput(FOLDER.resolve("cluster.log").toFile())
            .start();
    Path settings = FOLDER.resolve(MiniCluster.SETTINGS);
    for (int i = 0; i < PATIENCE_SECONDS * LOOKS_PER_SECOND && cluster.isAlive(); i++) {
      if (isThereSoon(settings)) {
        break;
      }
    }
    assertThat(settings).as("see %s", FOLDER.resolve("cluster.log")).exists();
    conf = new Configuration();
    conf.addResource(new org.apache.hadoop.fs.Path(settings.toUri()));
    // A client that finds no replica would wait for some seconds, three times.
    conf.setInt("dfs.client.retry.window.base", 10);
    hdfs = URI.create(conf.get("fs.defaultFS") + "/");
  }

  /** Looks a moment later; there is nobody who would call. */
  private static boolean isThereSoon(Path file) {
    Executor later =
        CompletableFuture.delayedExecutor(1000 / LOOKS_PER_SECOND, TimeUnit.MILLISECONDS);
    return CompletableFuture.supplyAsync(() -> Files.exists(file), later).join();
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

  @AfterAll
  static void stop_the_cluster() throws IOException {
    // It ends with its standard input.
    cluster.getOutputStream().close();
    cluster.onExit().join();
  }

  /** The fixed ones are tried on a local disk, where an operation takes a hundredth of the time. */
  static LongStream seeds() {
    return Seeds.some(0);
  }

  @ParameterizedTest(name = "replay with -Dseed={0}")
  @MethodSource("seeds")
  void whatever_one_operation_does_wrong_nothing_is_half_there_and_again_completes_it(long seed)
      throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    FaultSweep sweep = new FaultSweep(hdfs, "/faults-" + seed, conf);
    Faults.Kind[] kinds = Faults.Kind.values();
    for (Scenario scenario : Scenario.values()) {
      List<String> log = sweep.operations(scenario);
      for (int i = 0; i < KINDS_EACH; i++) {
        Faults.Kind kind = kinds[random.nextInt(kinds.length)];
        List<Integer> candidates = kind.candidates(log);
        if (!candidates.isEmpty()) {
          int at = random.nextInt(candidates.size());
          sweep.run(scenario, kind, candidates.subList(at, at + 1));
        }
      }
    }
  }

  @Test
  void one_lost_replica_is_no_loss_and_the_last_one_is_named() throws IOException {
    URI root = hdfs.resolve("/blocks");
    try (Archive archive = Archives.over(HadoopFiles.at(root, conf))) {
      Scenario.SWEEP.prepare(archive);
      loseBlocks("data1", "data2");
      assertThat(Model.of(archive)).isEqualTo(Scenario.SWEEP.before());

      loseBlocks("data3", "data4");
      assertThatThrownBy(() -> Model.of(archive))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("source=twitter/day=2017-08-05");
    }
  }

  @Test
  void a_replay_may_pass_over_a_file_of_which_every_replica_is_lost() throws IOException {
    try (ReplayWorld world =
        new ReplayWorld(
            HadoopFiles.at(hdfs.resolve("/passed-over/archive"), conf),
            HadoopFiles.at(hdfs.resolve("/passed-over/results"), conf),
            List.of(HostileRecords.beta()),
            new JobSetting.Local(2, FOLDER.resolve("tmp")),
            OnDamage.PARTIAL,
            conf)) {
      SourceDay beta = new SourceDay("beta", ReplayWorld.DAY);
      world.load("beta", new HostileRecords(7).beta("b", 30, ReplayWorld.DAY));
      Manifest first = world.archive().newest(beta).orElseThrow();
      String lost = first.pathOf(first.files().get(0));
      List<String> later = new HostileRecords(8).beta("late", 12, ReplayWorld.DAY);
      world.load("beta", later);
      loseFile(hdfs.resolve("/passed-over/archive/" + lost));
      ChunkWork all = ReplayWorld.work(1, "interaction.id exists", "beta");

      assertThat(world.run(ReplayWorld.plan(1, all)))
          .containsExactly(world.done(all.id(), 42, 12, 30));

      assertThat(world.delivered(all.id())).isEqualTo(later.stream().sorted().toList());
      assertThat(world.manifest(all.id()).sources().get(0).unreadable())
          .singleElement()
          .satisfies(
              file -> {
                assertThat(file.path()).isEqualTo(lost);
                assertThat(file.records()).isEqualTo(30);
              });
    }
  }

  @Test
  void a_name_node_in_safe_mode_is_told_and_jobs_wait_for_its_end() throws IOException {
    URI root = hdfs.resolve("/readiness");
    try (FileSystem files = FileSystem.newInstance(hdfs, conf);
        StorageReadiness readiness = new StorageReadiness(root, conf)) {
      assertThat(readiness.trouble()).isEmpty();

      ((SafeMode) files).setSafeMode(SafeModeAction.ENTER);
      try {
        assertThat(readiness.trouble().orElseThrow())
            .startsWith("the name node of %s is in safe mode".formatted(root.getAuthority()));
      } finally {
        ((SafeMode) files).setSafeMode(SafeModeAction.LEAVE);
      }

      assertThat(readiness.trouble()).isEmpty();
    }
  }

  /** Deletes every replica of a file's blocks behind the back of HDFS. */
  private static void loseFile(URI file) throws IOException {
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(file);
    FileSystem files = path.getFileSystem(conf);
    List<String> blocks = new ArrayList<>();
    for (BlockLocation block : files.getFileBlockLocations(path, 0, Long.MAX_VALUE)) {
      blocks.add(((HdfsBlockLocation) block).getLocatedBlock().getBlock().getBlockName());
    }
    assertThat(blocks).isNotEmpty();
    try (Stream<Path> below = Files.walk(FOLDER.resolve("dfs").resolve("data"))) {
      List<Path> replicas =
          below.filter(replica -> blocks.contains(replica.getFileName().toString())).toList();
      assertThat(replicas).hasSizeGreaterThan(1);
      for (Path replica : replicas) {
        Files.delete(replica);
      }
    }
  }

  /**
   * Deletes the blocks in two folders, which are those of one data node; those that nobody needs
   * any more it may be deleting itself.
   */
  private static void loseBlocks(String... folders) throws IOException {
    for (String folder : folders) {
      Path data = FOLDER.resolve("dfs").resolve("data").resolve(folder);
      try (Stream<Path> below = Files.walk(data)) {
        for (Path block : below.filter(path -> isBlock(path)).toList()) {
          Files.deleteIfExists(block);
        }
      }
    }
  }

  private static boolean isBlock(Path path) {
    return Files.isRegularFile(path) && path.getFileName().toString().matches("blk_[0-9]+");
  }
}
