package dev.historics.archive.intake;

import dev.historics.archive.Archive;
import dev.historics.archive.BatchId;
import dev.historics.archive.Interaction;
import dev.historics.archive.LedgerEntry;
import dev.historics.archive.SourceDay;
import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All days of one import that are not visible yet. A few of them are awake; when one too many is,
 * the one that waited longest is put to sleep. Owned by one thread.
 */
final class Staging {
  private final Archive archive;
  private final String source;
  private final BatchId batch;
  private final int openDaysMax;
  private final SortedMap<LocalDate, DayStage> days = new TreeMap<>();
  private final Map<LocalDate, DayStage> awake = new LinkedHashMap<>(16, 0.75f, true);
  private int published;

  Staging(Archive archive, String source, BatchId batch, int openDaysMax) {
    this.archive = archive;
    this.source = source;
    this.batch = batch;
    this.openDaysMax = openDaysMax;
  }

  void add(Interaction interaction) throws IOException {
    LocalDate day = LocalDate.ofInstant(interaction.createdAt(), ZoneOffset.UTC);
    DayStage stage = awake.get(day);
    if (stage == null) {
      stage =
          days.computeIfAbsent(
              day, date -> new DayStage(archive, new SourceDay(source, date), batch));
      if (awake.size() >= openDaysMax) {
        awake.remove(awake.keySet().iterator().next()).sleep();
      }
      awake.put(day, stage);
    }
    stage.add(interaction);
  }

  /** Makes the days visible, one after the other. */
  void publish(long read, List<LedgerEntry.Input> inputs) throws IOException {
    for (DayStage stage : days.values()) {
      stage.publish(read, inputs);
      published++;
    }
  }

  SortedMap<LocalDate, ImportReport.DayCount> counts() {
    SortedMap<LocalDate, ImportReport.DayCount> counts = new TreeMap<>();
    days.forEach(
        (day, stage) ->
            counts.put(day, new ImportReport.DayCount(stage.stored(), stage.duplicates())));
    return counts;
  }

  /** How far {@link #publish} came, for a person. */
  String progress() {
    return published == 0
        ? "nothing was stored"
        : "%d of %d days were stored".formatted(published, days.size());
  }

  /** Removes what is not visible; tries all of it, and answers with what went wrong. */
  List<IOException> discard() {
    List<IOException> failures = new ArrayList<>();
    for (DayStage stage : days.values()) {
      try {
        stage.discard();
      } catch (IOException e) {
        failures.add(e);
      }
    }
    return failures;
  }
}
