package dev.historics.archive.format;

import dev.historics.archive.DataFile;
import dev.historics.archive.Interaction;
import dev.historics.archive.Sidecar;
import dev.historics.archive.SourceDay;
import dev.historics.archive.StoredColumn;
import dev.historics.archive.Tail;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;

/** What a manifest says of the rows of one file, gathered while they pass. */
final class DayStats {
  private static final int HOURS = 24;

  private final SourceDay day;
  private final long startMillis;
  private final long[] hours = new long[HOURS];
  private long rows;
  private long rawBytes;
  private long firstMillis = Long.MAX_VALUE;
  private long lastMillis = Long.MIN_VALUE;

  DayStats(SourceDay day) {
    this.day = day;
    this.startMillis = day.day().atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
  }

  void add(Interaction interaction) {
    long millis = interaction.createdAt().toEpochMilli();
    long hour = Math.floorDiv(millis - startMillis, Duration.ofHours(1).toMillis());
    if (hour < 0 || hour >= HOURS) {
      throw new IllegalArgumentException(
          "interaction '%s' of %s does not belong to %s"
              .formatted(interaction.id(), interaction.createdAt(), day));
    }
    hours[(int) hour]++;
    rows++;
    rawBytes += interaction.raw().length;
    firstMillis = Math.min(firstMillis, millis);
    lastMillis = Math.max(lastMillis, millis);
  }

  long rows() {
    return rows;
  }

  /** The entry of the file in the manifest. */
  DataFile entry(
      DataFile.Kind kind,
      NewFile file,
      Tail tail,
      List<Long> rowGroupOffsets,
      List<StoredColumn> columns,
      List<Sidecar> sidecars) {
    return new DataFile(
        file.path().substring(day.directory().length() + 1),
        kind,
        rows,
        file.bytes(),
        rawBytes,
        file.sha256Hex(),
        tail,
        Instant.ofEpochMilli(firstMillis),
        Instant.ofEpochMilli(lastMillis),
        Arrays.stream(hours).boxed().toList(),
        rowGroupOffsets,
        columns,
        sidecars,
        0,
        List.of());
  }
}
