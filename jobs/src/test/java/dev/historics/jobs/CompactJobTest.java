package dev.historics.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.historics.archive.Manifest;
import dev.historics.archive.SourceDay;
import dev.historics.archive.TargetColumn;
import dev.historics.archive.files.ArchiveFiles;
import dev.historics.archive.files.ArchiveInput;
import dev.historics.archive.files.ArchiveOutput;
import dev.historics.archive.upkeep.CompactionSettings;
import dev.historics.archive.upkeep.Verifier;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompactJobTest {
  private static final SourceDay ALPHA = new SourceDay("alpha", ReplayWorld.DAY);
  private static final SourceDay BETA = new SourceDay("beta", ReplayWorld.DAY);
  private static final SourceDay EMPTY = new SourceDay("beta", ReplayWorld.DAY.plusDays(2));

  @TempDir private Path home;
  private ReplayWorld world;

  @BeforeEach
  void two_landing_days() throws IOException {
    world = new ReplayWorld(home, List.of(HostileRecords.alpha(), HostileRecords.beta()));
    HostileRecords records = new HostileRecords(1);
    world.load("alpha", records.alpha("a", 40, ALPHA.day()));
    world.load("beta", records.beta("b", 30, BETA.day()));
    world.load("beta", records.beta("c", 20, BETA.day()));
  }

  @AfterEach
  void close() {
    world.close();
  }

  private static List<TargetColumn> columns(String source) {
    return source.equals("alpha")
        ? List.of(new TargetColumn("interaction.content", TargetColumn.Kind.TEXT))
        : List.of();
  }

  private CompactJob.Report run(SourceDay... days) throws IOException {
    return new CompactJob(world.setting(), CompactionSettings.STANDARD)
        .run(List.of(days), CompactJobTest::columns, done -> {});
  }

  private Manifest newest(SourceDay day) throws IOException {
    return world.archive().newest(day).orElseThrow();
  }

  @Test
  void each_day_is_sealed_and_told_of() throws IOException {
    CompactJob.Report report = run(ALPHA, BETA, EMPTY);

    assertThat(report.problems()).isEmpty();
    assertThat(report.days()).hasSize(2);
    assertThat(report.days().get(1).before().files()).hasSize(2);
    assertThat(report.days().get(1).after()).isEqualTo(newest(BETA));
    assertThat(newest(ALPHA).hasLanding()).isFalse();
    assertThat(newest(ALPHA).considered()).isEqualTo(columns("alpha"));
    assertThat(newest(BETA).rows()).isEqualTo(50);
    assertThat(new Verifier(world.archive()).verify(BETA)).isEmpty();
    assertThat(run(ALPHA, BETA).days()).isEmpty();
    assertThat(world.resultPaths()).isEmpty();
  }

  @Test
  void a_damaged_day_is_named_and_the_others_are_sealed() throws IOException {
    String path = newest(ALPHA).pathOf(newest(ALPHA).files().get(0));
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

    CompactJob.Report report = run(ALPHA, BETA);

    assertThat(report.problems())
        .singleElement()
        .asString()
        .startsWith(ALPHA.directory() + ": " + path + ": cut or damaged at byte");
    assertThat(newest(ALPHA).version()).isEqualTo(1);
    assertThat(newest(BETA).hasLanding()).isFalse();
  }

  @Test
  void jobs_that_seal_the_same_days_at_once_seal_them_once() throws Exception {
    List<CompletableFuture<CompactJob.Report>> jobs = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      jobs.add(
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return run(ALPHA, BETA);
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
              }));
    }
    for (CompletableFuture<CompactJob.Report> job : jobs) {
      assertThat(job.get().problems()).isEmpty();
    }

    assertThat(newest(ALPHA).version()).isEqualTo(2);
    assertThat(newest(BETA).version()).isEqualTo(3);
    assertThat(newest(BETA).rows()).isEqualTo(50);
    assertThat(world.archive().files().list(BETA.directory() + "/data"))
        .as("landing files with their ids, and the one sealed file")
        .hasSize(5);
  }
}
