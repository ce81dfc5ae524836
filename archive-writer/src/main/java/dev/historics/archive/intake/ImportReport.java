package dev.historics.archive.intake;

import dev.historics.archive.BatchId;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The ledger of one import: {@code read = stored + duplicates + quarantined}.
 *
 * @param replaced interactions that left the archive because an edited version of each was stored
 * @param days for each day that the records fall on
 * @param problems inputs that could not be read to their end; what was read of them counts
 * @param isCutShort whether it was cancelled before the end of the inputs
 */
public record ImportReport(
    String source,
    BatchId batch,
    long read,
    long stored,
    long duplicates,
    long quarantined,
    long replaced,
    SortedMap<LocalDate, DayCount> days,
    List<String> problems,
    boolean isCutShort) {
  public ImportReport {
    days = Collections.unmodifiableSortedMap(new TreeMap<>(days));
    problems = List.copyOf(problems);
    if (read != stored + duplicates + quarantined) {
      throw new IllegalArgumentException(
          "batch %s: the ledger does not add up: read %d, stored %d, duplicates %d, quarantined %d"
              .formatted(batch, read, stored, duplicates, quarantined));
    }
  }

  /**
   * What became of the interactions of one day.
   *
   * @param stored new in the archive
   * @param duplicates already there, or twice in this import
   * @param replaced left the archive for an edited version among those stored
   */
  public record DayCount(long stored, long duplicates, long replaced) {
    DayCount plus(DayCount other) {
      return new DayCount(
          stored + other.stored, duplicates + other.duplicates, replaced + other.replaced);
    }
  }
}
