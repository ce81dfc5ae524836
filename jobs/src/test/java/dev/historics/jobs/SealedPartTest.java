package dev.historics.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.historics.archive.DataFile;
import dev.historics.archive.Manifest;
import dev.historics.archive.SourceDay;
import dev.historics.archive.Stripping;
import dev.historics.archive.removal.TombstoneList;
import dev.historics.filter.Target;
import dev.historics.filter.ValueType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealedPartTest {
  private static final SourceDay ALPHA = new SourceDay("alpha", ReplayWorld.DAY);
  private static final ScanNeeds EVERYTHING =
      new ScanNeeds(List.of(), false, false, false, 0, Long.MAX_VALUE, 100);
  private static final int ROWS = 9_000;
  private static final int CHOICES = 200;
  private static final int FLIPS = 500;
  private static final int PAGE_FLIPS = 300;
  private static final int TAIL_BYTES = 10_000;

  @TempDir private Path home;

  private static Map<Integer, String> raws(DayPart part, BitSet rows) throws IOException {
    Map<Integer, String> raws = new TreeMap<>();
    DayPart.Batches batches = part.batches(EVERYTHING);
    for (PartBatch batch = batches.next(); batch != null; batch = batches.next()) {
      int first = batch.firstRow();
      batch.raws(
          rows.get(first, first + batch.rows()),
          (row, bytes, offset, length) ->
              raws.put(first + row, new String(bytes, offset, length, StandardCharsets.UTF_8)));
    }
    return raws;
  }

  /** The column has some ten pages, of which only those with a chosen row are read. */
  @Test
  void whatever_rows_are_chosen_their_own_text_is_delivered() throws IOException {
    try (ReplayWorld world = new ReplayWorld(home, List.of(HostileRecords.alpha()))) {
      world.load("alpha", new HostileRecords(1).alpha("a", ROWS, ReplayWorld.DAY));
      world.seal(ALPHA, 64 << 20);
      Manifest day = world.archive().newest(ALPHA).orElseThrow();
      try (DayPart part =
          DayParts.open(
              world.archive().files(),
              day,
              day.files().get(0),
              0,
              Stripping.STANDARD,
              TombstoneList.none("alpha"))) {
        BitSet all = new BitSet();
        all.set(0, ROWS);
        Map<Integer, String> expected = raws(part, all);
        assertThat(expected).hasSize(ROWS);
        SplittableRandom random = new SplittableRandom(17);
        for (int i = 0; i < CHOICES; i++) {
          BitSet rows = new BitSet();
          random.ints(1 + random.nextInt(4), 0, ROWS).forEach(rows::set);
          rows.set(ROWS - 1, i % 10 == 0);
          Map<Integer, String> wanted = new TreeMap<>(expected);
          wanted.keySet().removeIf(row -> !rows.get(row));

          assertThat(raws(part, rows)).isEqualTo(wanted);
        }
      }
    }
  }

  /** Values are read by a scan and by the delivery; a page header may say some things twice. */
  @Test
  void a_flipped_bit_in_a_page_is_found_or_changes_nothing() throws IOException {
    try (ReplayWorld world = new ReplayWorld(home, List.of(HostileRecords.alpha()))) {
      world.load("alpha", new HostileRecords(1).alpha("a", 500, ReplayWorld.DAY));
      world.seal(ALPHA, 64 << 20);
      Manifest day = world.archive().newest(ALPHA).orElseThrow();
      DataFile file = day.files().get(0);
      Path path = Path.of(world.archive().files().root()).resolve(day.pathOf(file));
      byte[] whole = Files.readAllBytes(path);
      Map<Integer, String> expected = everything(world, day);
      SplittableRandom random = new SplittableRandom(18);
      int found = 0;
      for (int i = 0; i < PAGE_FLIPS; i++) {
        byte[] damaged = whole.clone();
        int place = random.nextInt(4, (int) (whole.length - file.tail().bytes()));
        damaged[place] ^= (byte) (1 << random.nextInt(8));
        Files.write(path, damaged);

        try {
          assertThat(everything(world, day)).as("a flip at %d", place).isEqualTo(expected);
        } catch (IOException | UncheckedIOException e) {
          assertThat(e).hasMessageContaining(day.pathOf(file));
          found++;
        }
      }
      assertThat(found).isGreaterThan(PAGE_FLIPS * 8 / 10);
    }
  }

  /** Decodes the columns of a scan, then delivers all rows from the same pages. */
  private static Map<Integer, String> everything(ReplayWorld world, Manifest day)
      throws IOException {
    List<Target> targets =
        day.files().get(0).columns().stream()
            .map(stored -> stored.column())
            .map(c -> new Target(c.target(), ValueType.valueOf(c.kind().name()), false, ""))
            .toList();
    Map<Integer, String> raws = new TreeMap<>();
    try (DayPart part =
        DayParts.open(
            world.archive().files(),
            day,
            day.files().get(0),
            0,
            world.dialect("alpha").stripping(),
            TombstoneList.none("alpha"))) {
      DayPart.Batches batches =
          part.batches(new ScanNeeds(targets, false, false, false, 0, Long.MAX_VALUE, 100));
      for (PartBatch batch = batches.next(); batch != null; batch = batches.next()) {
        for (int column = 0; column < targets.size(); column += 2) {
          batch.column(column).rowStarts();
        }
        int first = batch.firstRow();
        BitSet all = new BitSet();
        all.set(0, batch.rows());
        batch.raws(
            all,
            (row, bytes, offset, length) ->
                raws.put(first + row, new String(bytes, offset, length, StandardCharsets.UTF_8)));
      }
    }
    return raws;
  }

  /** Pages have checksums of their own; what lies behind them says where they are. */
  @Test
  void a_flipped_bit_behind_the_pages_is_found_before_anything_is_read() throws IOException {
    try (ReplayWorld world = new ReplayWorld(home, List.of(HostileRecords.alpha()))) {
      world.load("alpha", new HostileRecords(1).alpha("a", 500, ReplayWorld.DAY));
      world.seal(ALPHA, 6_000);
      Manifest day = world.archive().newest(ALPHA).orElseThrow();
      DataFile file = day.files().get(0);
      Path path = Path.of(world.archive().files().root()).resolve(day.pathOf(file));
      byte[] whole = Files.readAllBytes(path);
      SplittableRandom random = new SplittableRandom(17);
      for (int i = 0; i < FLIPS; i++) {
        byte[] damaged = whole.clone();
        int place = whole.length - 1 - random.nextInt(TAIL_BYTES);
        damaged[place] ^= (byte) (1 << random.nextInt(8));
        Files.write(path, damaged);

        assertThatThrownBy(
                () ->
                    DayParts.open(
                            world.archive().files(),
                            day,
                            file,
                            0,
                            Stripping.STANDARD,
                            TombstoneList.none("alpha"))
                        .close())
            .as("a flip at %d of %d", place, whole.length)
            .isInstanceOf(IOException.class)
            .hasMessageContaining(day.pathOf(file));
      }
    }
  }
}
