package dev.historics.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.historics.archive.files.MemoryFiles;
import dev.historics.archive.removal.Tombstone;
import dev.historics.archive.removal.Tombstones;
import dev.historics.archive.testing.Archives;
import dev.historics.archive.testing.Records;
import dev.historics.archive.upkeep.CompactionSettings;
import dev.historics.archive.upkeep.Compactor;
import dev.historics.archive.upkeep.Retention;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DayCoverageTest {
  private final Archive archive = Archives.over(new MemoryFiles(Archives.CLOCK));

  private void load(LocalDate day, int... hours) throws IOException {
    List<String> records = new ArrayList<>();
    for (int hour : hours) {
      Instant time = day.atStartOfDay(ZoneOffset.UTC).toInstant().plus(Duration.ofHours(hour));
      records.add(Records.record(day + "-" + hour, time, "hello"));
    }
    Archives.load(archive, "b" + day, records);
  }

  private static int[] allHoursBut(int... missing) {
    return java.util.stream.IntStream.range(0, 24)
        .filter(hour -> java.util.stream.IntStream.of(missing).noneMatch(each -> each == hour))
        .toArray();
  }

  /** A missing day, an empty one, and one of which only tombstones are left are not the same. */
  @Test
  void each_day_says_why_it_has_what_it_has() throws IOException {
    LocalDate first = Records.DAY;
    load(first, allHoursBut());
    load(first.plusDays(1), allHoursBut(3, 4, 5, 17));
    load(first.plusDays(3), 7);
    load(first.plusDays(4), 7);
    new Tombstones(archive)
        .add(
            "twitter",
            List.of(
                new Tombstone(
                    Tombstone.Kind.ID, first.plusDays(3) + "-7", Archives.NOW, "receipt")));
    new Compactor(archive, CompactionSettings.STANDARD)
        .compact(
            new SourceDay("twitter", first.plusDays(3)), Archives.CONSIDERED, Stripping.STANDARD);
    new Retention(archive, Duration.ofDays(1)).drop(new SourceDay("twitter", first.plusDays(4)));

    List<DayCoverage> days = DayCoverage.of(archive, "twitter", first, first.plusDays(4));

    assertThat(days)
        .extracting(DayCoverage::state)
        .containsExactly(
            DayCoverage.State.COMPLETE,
            DayCoverage.State.GAPS,
            DayCoverage.State.MISSING,
            DayCoverage.State.EMPTY,
            DayCoverage.State.DROPPED);
    assertThat(days).extracting(DayCoverage::records).containsExactly(24L, 20L, 0L, 0L, 0L);
    assertThat(days.get(1).missingHoursText()).isEqualTo("03-05 17");
    assertThat(days.get(1).share()).isEqualTo(20 / 24.0);
    assertThat(days.get(2).share()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "2017-08-04T23:59:59Z, 0",
    "2017-08-05T00:00:00Z, 0",
    "2017-08-05T00:00:00.001Z, 1",
    "2017-08-05T01:00:00Z, 1",
    "2017-08-05T01:00:01Z, 2",
    "2017-08-05T23:00:01Z, 24",
    "2017-09-05T00:00:00Z, 24"
  })
  void an_hour_that_has_not_begun_is_not_missing(Instant now, int due) {
    DayCoverage coverage =
        DayCoverage.of(new SourceDay("twitter", Records.DAY), Optional.empty(), now);

    assertThat(coverage.hoursDue()).isEqualTo(due);
    assertThat(coverage.missingHours()).hasSize(due);
  }
}
