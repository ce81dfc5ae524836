package dev.historics.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.historics.archive.DataFile;
import dev.historics.archive.Manifest;
import dev.historics.archive.SourceDay;
import dev.historics.archive.StoredColumn;
import dev.historics.archive.TargetColumn;
import dev.historics.archive.removal.TombstoneList;
import dev.historics.filter.Target;
import dev.historics.filter.ValueType;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** How much of a sealed file scans read: what they need, and what lies on the same pages. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BytesReadTest {
  private static final SourceDay ALPHA = new SourceDay("alpha", ReplayWorld.DAY);
  private static final int ROWS = 30_000;
  private static final long MIDNIGHT =
      ReplayWorld.DAY.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
  private static final long DAY = Duration.ofDays(1).toMillis();
  private static final long HOUR = Duration.ofHours(1).toMillis();

  @TempDir static Path home;

  private ReplayWorld world;
  private Manifest day;
  private DataFile file;

  @BeforeAll
  void seal() throws IOException {
    world = new ReplayWorld(home, List.of(HostileRecords.alpha()));
    world.load("alpha", new HostileRecords(1).alpha("a", ROWS, ReplayWorld.DAY));
    world.seal(ALPHA, 64 << 20);
    day = world.archive().newest(ALPHA).orElseThrow();
    file = day.files().get(0);
  }

  private DayPart open() throws IOException {
    return DayParts.open(
        world.archive().files(),
        day,
        file,
        0,
        world.dialect("alpha").stripping(),
        TombstoneList.none("alpha"));
  }

  private static ScanNeeds needs(List<Target> targets, long from, long to, int bucketEnd) {
    return new ScanNeeds(
        targets,
        from > MIDNIGHT || to < MIDNIGHT + DAY,
        bucketEnd < 100,
        false,
        from,
        to,
        bucketEnd);
  }

  /** Scans, and returns the part of the file that was read, its tail left out. */
  private double share(ScanNeeds needs) throws IOException {
    try (DayPart part = open()) {
      DayPart.Batches batches = part.batches(needs);
      PartBatch batch = batches.next();
      while (batch != null) {
        for (int column = 0; column < needs.targets().size(); column++) {
          batch.column(column).rowStart(0);
        }
        if (needs.times()) {
          batch.createdAtMillis(0);
        }
        batch = batches.next();
      }
      return share(part);
    }
  }

  private double share(DayPart part) {
    long tail = file.tail().bytes();
    return (double) (part.bytesRead() - tail) / (file.bytes() - tail);
  }

  @Test
  void a_scan_of_no_column_reads_no_page() throws IOException {
    assertThat(share(needs(List.of(), MIDNIGHT, MIDNIGHT + DAY, 100))).isZero();
  }

  /** All columns at once, most of which have two pages. */
  @Test
  void an_hour_of_a_day_reads_fewer_pages() throws IOException {
    List<Target> targets =
        file.columns().stream()
            .map(StoredColumn::column)
            .map(column -> new Target(column.target(), type(column.kind()), false, ""))
            .toList();

    double whole = share(needs(targets, MIDNIGHT, MIDNIGHT + DAY, 100));
    double hour = share(needs(targets, MIDNIGHT + 3 * HOUR, MIDNIGHT + 4 * HOUR, 100));

    assertThat(whole).isBetween(0.1, 0.9);
    assertThat(hour).isLessThan(0.7 * whole);
  }

  private static ValueType type(TargetColumn.Kind kind) {
    return ValueType.valueOf(kind.name());
  }

  @Test
  void rows_out_of_range_are_passed_over_and_none_in_range() throws IOException {
    long from = MIDNIGHT + 12 * HOUR;
    long to = MIDNIGHT + 13 * HOUR;
    BitSet expected = inRange(needs(List.of(), MIDNIGHT + 1, MIDNIGHT + DAY, 100), from, to);
    BitSet found = inRange(needs(List.of(), from, to, 100), from, to);

    assertThat(found).isEqualTo(expected);
    assertThat(expected.isEmpty()).isFalse();
  }

  private BitSet inRange(ScanNeeds needs, long from, long to) throws IOException {
    BitSet rows = new BitSet();
    try (DayPart part = open()) {
      DayPart.Batches batches = part.batches(needs);
      PartBatch batch = batches.next();
      while (batch != null) {
        for (int row = 0; row < batch.rows(); row++) {
          long time = batch.createdAtMillis(row);
          rows.set(batch.firstRow() + row, time >= from && time < to);
        }
        batch = batches.next();
      }
    }
    return rows;
  }

  @Test
  void a_few_delivered_rows_read_few_pages() throws IOException {
    BitSet rows = new BitSet();
    rows.set(ROWS / 2);
    try (DayPart part = open()) {
      DayPart.Batches batches = part.batches(needs(List.of(), MIDNIGHT, MIDNIGHT + DAY, 100));
      for (PartBatch batch = batches.next(); batch != null; batch = batches.next()) {
        batch.raws(
            rows.get(batch.firstRow(), batch.firstRow() + batch.rows()),
            (row, bytes, offset, length) -> assertThat(length).isPositive());
      }

      assertThat(share(part)).isLessThan(0.7);
    }
  }
}
