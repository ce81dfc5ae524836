package dev.historics.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.historics.archive.Archive;
import dev.historics.archive.SourceDay;
import dev.historics.archive.upkeep.SweepSettings;
import dev.historics.archive.upkeep.Sweeper;
import dev.historics.archive.upkeep.Verifier;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A day is rewritten and swept over and over while queries read it; {@code -Dcompactions=200} for
 * more.
 */
class ReplayDuringCompactionTest {
  private static final SourceDay BETA = new SourceDay("beta", ReplayWorld.DAY);
  private static final int COMPACTIONS = Integer.getInteger("compactions", 50);
  private static final int JOBS = 8;

  @TempDir private Path home;

  /** Writes to the day until told to stop; what each version holds. */
  private static Map<Long, List<String>> rewrite(
      ReplayWorld world, List<String> records, CompletableFuture<?> enough) throws IOException {
    // By this clock everything is old: only what is in force or pinned is safe.
    Archive later =
        new Archive(
            world.archive().files(), InstantSource.fixed(Instant.parse("2030-01-01T00:00:00Z")));
    Sweeper sweeper =
        new Sweeper(
            later,
            new SweepSettings(Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofDays(10_000)));
    Map<Long, List<String>> model = new HashMap<>();
    List<String> now = new ArrayList<>(records);
    for (int i = 0; i < COMPACTIONS || !enough.isDone(); i++) {
      List<String> more = new HostileRecords(100 + i).beta("m" + i + "-", 1, ReplayWorld.DAY);
      world.load("beta", more);
      now.addAll(more);
      List<String> held = now.stream().sorted().toList();
      long version = 2 + 2L * i;
      model.put(version, held);
      world.seal(BETA, 6_000);
      model.put(version + 1, held);
      sweeper.sweep(BETA);
    }
    return model;
  }

  @Test
  void every_result_is_what_its_version_holds() throws Exception {
    try (ReplayWorld world = new ReplayWorld(home, List.of(HostileRecords.beta()))) {
      List<String> records = new HostileRecords(5).beta("b", 60, ReplayWorld.DAY);
      world.load("beta", records);
      CompletableFuture<Void> enough = new CompletableFuture<>();
      CompletableFuture<Map<Long, List<String>>> writer =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return rewrite(world, records, enough);
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
              });

      for (int job = 1; job <= JOBS; job++) {
        world.run(ReplayWorld.plan(job, ReplayWorld.work(job, "interaction.id exists", "beta")));
      }
      enough.complete(null);

      Map<Long, List<String>> model = writer.get();
      model.put(1L, records.stream().sorted().toList());
      List<Long> versions = new ArrayList<>();
      for (int job = 1; job <= JOBS; job++) {
        ChunkManifest.SourceCount count = world.manifest(ReplayWorld.chunk(job)).sources().get(0);
        versions.add(count.archiveVersion());
        assertThat(world.delivered(ReplayWorld.chunk(job)))
            .as("version %d", count.archiveVersion())
            .isEqualTo(model.get(count.archiveVersion()));
      }
      assertThat(versions.stream().distinct().count()).isGreaterThan(1);
      assertThat(new Verifier(world.archive()).verify(BETA)).isEmpty();
      assertThat(world.archive().files().list(BETA.directory() + "/_pins")).isEmpty();
    }
  }
}
