package dev.historics.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.historics.archive.Archive;
import dev.historics.archive.DataFile;
import dev.historics.archive.IdHash;
import dev.historics.archive.Interaction;
import dev.historics.archive.Manifest;
import dev.historics.archive.SourceDay;
import dev.historics.archive.format.IdSet;
import dev.historics.archive.format.InteractionReader;
import dev.historics.archive.removal.Removals;
import dev.historics.archive.removal.Tombstone;
import dev.historics.archive.removal.TombstoneCheck;
import dev.historics.archive.removal.TombstoneList;
import dev.historics.archive.removal.Tombstones;
import dev.historics.archive.upkeep.Verifier;
import dev.historics.filter.Library;
import dev.historics.schedule.ChunkWork;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is taken down or superseded is in no result, and the books say how much it was. */
class TakenDownReplayTest {
  private static final int RECORDS = 400;

  /** True of every interaction; reads columns of all kinds. */
  private static final String ALL =
      "interaction.id exists and (interaction.content exists or not interaction.content exists)";

  @TempDir private Path home;

  private static Tombstone tombstone(Tombstone.Kind kind, String value) {
    return new Tombstone(kind, value, ReplayWorld.CLOCK.instant(), "r1");
  }

  /** Authors that hostile records have, two ids, and some that nobody has. */
  private static List<Tombstone> wishes(String prefix) {
    List<Tombstone> wishes = new ArrayList<>();
    for (String author : List.of("rain", "x", "42", "café", "I'm", "nobody")) {
      wishes.add(tombstone(Tombstone.Kind.AUTHOR, author));
    }
    for (String id : List.of("3", "77", "9999")) {
      wishes.add(tombstone(Tombstone.Kind.ID, prefix + id));
    }
    return wishes;
  }

  /** Marks every fifth row of the day's first file as superseded; their ids. */
  private static List<String> supersede(Archive archive, SourceDay day) throws IOException {
    Manifest.Content content = archive.newest(day).orElseThrow().content();
    List<DataFile> after = new ArrayList<>(content.files());
    List<String> ids = new ArrayList<>();
    try (InteractionReader rows = InteractionReader.open(archive.files(), day, after.get(0))) {
      for (int i = 0; rows.hasNext(); i++) {
        String id = rows.next().id();
        if (i % 5 == 0) {
          ids.add(id);
        }
      }
    }
    IdSet hashes = new IdSet();
    ids.forEach(id -> hashes.add(IdHash.of(id)));
    after.set(0, Removals.supersede(archive.files(), day, after.get(0), hashes));
    archive.publish(day, newest -> Optional.of(content.with(after, content.ledger())));
    return ids;
  }

  private static ChunkWork sampled(SourceDay day) {
    Instant start = day.day().atStartOfDay(ZoneOffset.UTC).toInstant();
    return new ChunkWork(
        ReplayWorld.chunk(2),
        ALL,
        new java.util.TreeSet<>(List.of(day.source())),
        start.plusSeconds(3600),
        start.plusSeconds(80_000),
        37.5);
  }

  @ParameterizedTest
  @CsvSource({"alpha,true", "alpha,false", "beta,true", "beta,false"})
  void what_is_gone_is_in_no_result(String source, boolean isSealed) throws IOException {
    SourceDay day = new SourceDay(source, ReplayWorld.DAY);
    try (ReplayWorld world =
        new ReplayWorld(home, List.of(HostileRecords.alpha(), HostileRecords.beta()))) {
      HostileRecords records = new HostileRecords(11);
      world.load(
          source,
          source.equals("alpha")
              ? records.alpha("k", RECORDS, ReplayWorld.DAY)
              : records.beta("k", RECORDS, ReplayWorld.DAY));
      if (isSealed) {
        world.seal(day, 6_000);
      }
      List<String> superseded = supersede(world.archive(), day);
      TombstoneList list = new Tombstones(world.archive()).add(source, wishes("k"));
      TombstoneCheck check = new TombstoneCheck(list);
      List<Interaction> stored =
          world.stored(day).stream().filter(row -> !superseded.contains(row.id())).toList();
      List<String> expected =
          stored.stream()
              .filter(row -> check.find(row).isEmpty())
              .map(row -> new String(row.raw(), StandardCharsets.UTF_8))
              .sorted()
              .toList();

      world.run(ReplayWorld.plan(1, ReplayWorld.work(1, ALL, source), sampled(day)));

      ChunkManifest.SourceCount count = world.manifest(ReplayWorld.chunk(1)).sources().get(0);
      assertThat(world.delivered(ReplayWorld.chunk(1))).isEqualTo(expected);
      assertThat(count.records()).isEqualTo(stored.size());
      assertThat(count.inRange()).isEqualTo(expected.size());
      assertThat(count.takenDown()).isEqualTo(stored.size() - expected.size()).isGreaterThan(3);
      assertThat(count.tombstones()).isEqualTo(1);
      assertThat(count.coverage()).isEqualTo("complete");
      assertThat(world.delivered(ReplayWorld.chunk(2))).isNotEmpty().isSubsetOf(expected);
      Manifest masked = world.archive().newest(day).orElseThrow();
      assertThat(DayScan.count(world.archive(), masked, List.of(ALL), world.dialect(source)).get(0))
          .isEqualTo(expected.size());
      assertThat(read(world, day)).isEqualTo(expected.size());

      world.seal(day, 6_000);
      world.run(ReplayWorld.plan(2, ReplayWorld.work(3, ALL, source)));

      ChunkManifest.SourceCount after = world.manifest(ReplayWorld.chunk(3)).sources().get(0);
      assertThat(world.delivered(ReplayWorld.chunk(3))).isEqualTo(expected);
      assertThat(after.records()).isEqualTo(expected.size());
      assertThat(after.takenDown()).isZero();
      assertThat(new Verifier(world.archive()).verify(day))
          .allMatch(problem -> problem.contains("the ledger does not add up"));
    }
  }

  /** How many records an estimate or an explanation looks at. */
  private static long read(ReplayWorld world, SourceDay day) throws IOException {
    Instant start = day.day().atStartOfDay(ZoneOffset.UTC).toInstant();
    Selectivity all =
        Selectivity.of(
            world.archive(),
            List.of(world.dialect(day.source())),
            start,
            start.plusSeconds(86_400),
            List.of(ALL),
            Library.empty());
    assertThat(all.shares()).containsExactly(1.0);
    // A look stops after a part of a file of several row groups.
    return world.archive().newest(day).orElseThrow().files().get(0).kind() == DataFile.Kind.SEALED
        ? DayScan.count(
                world.archive(),
                world.archive().newest(day).orElseThrow(),
                List.of(ALL),
                world.dialect(day.source()))
            .get(0)
        : all.read();
  }
}
