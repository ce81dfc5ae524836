package dev.historics.archive.intake;

import dev.historics.archive.Archive;
import dev.historics.archive.BatchId;
import dev.historics.archive.IdHash;
import dev.historics.archive.Interaction;
import dev.historics.archive.LedgerEntry;
import dev.historics.archive.SourceDay;
import dev.historics.archive.kill.KillPoint;
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
 * All days of one import that are not visible yet. A few of them have a file that is being written;
 * what falls on another one waits in the spool, unless one of the few has had nothing for long. So
 * a day gets one file however the records are shuffled. Owned by one thread.
 */
final class Staging {
  /** A day is done, as far as one can tell, when so many interactions fell on others. */
  private static final long IDLE_INTERACTIONS = 1 << 16;

  /** Of the memory, a quarter is for what waits and the rest for ids. */
  private static final int SPOOL_SHARE = 4;

  /** How many days become durable at the same time, if there may be threads. */
  private static final int DAYS_AT_ONCE = 8;

  private final Archive archive;
  private final String source;
  private final BatchId batch;
  private final EditTimes editTimes;
  private final int openDaysMax;
  private final DayWorkers workers;
  private final IdMemory memory;
  private final Spool spool;
  private final SortedMap<LocalDate, DayStage> days = new TreeMap<>();

  /** Those with an open file, the one that waited longest first. */
  private final Map<LocalDate, Open> open = new LinkedHashMap<>(16, 0.75f, true);

  /** What the ledgers of the days say of this import. Guards what is counted beside it. */
  private final Map<LocalDate, LedgerEntry> entries = new TreeMap<>();

  private final SortedMap<LocalDate, ImportReport.DayCount> visible = new TreeMap<>();
  private LocalDate lastDay = LocalDate.MIN;
  private Open last;
  private long interactions;
  private int published;
  private long commits;

  Staging(
      Archive archive, String source, BatchId batch, ImportSettings settings, EditTimes editTimes) {
    this.archive = archive;
    this.source = source;
    this.batch = batch;
    this.editTimes = editTimes;
    this.workers = new DayWorkers(settings.threads() == 1 ? 1 : DAYS_AT_ONCE);
    this.openDaysMax = settings.openDaysMax();
    long spoolBytes = settings.memoryBytesMax() / SPOOL_SHARE;
    this.memory = new IdMemory(settings.memoryBytesMax() - spoolBytes);
    this.spool = new Spool(archive.files(), source, batch, spoolBytes);
  }

  /** A day whose file is being written, and when something last fell on it. */
  private static final class Open {
    private final DayStage stage;
    private long used;

    Open(DayStage stage) {
      this.stage = stage;
    }
  }

  void add(Interaction interaction, IdHash hash) throws IOException {
    interactions++;
    LocalDate day = LocalDate.ofInstant(interaction.createdAt(), ZoneOffset.UTC);
    if (!day.equals(lastDay)) {
      last = open.get(day);
      lastDay = day;
    }
    if (last == null) {
      if (days.containsKey(day) || spool.has(day) || !hasRoom()) {
        spool.add(day, interaction, hash);
        return;
      }
      last = new Open(stage(day));
      open.put(day, last);
    }
    last.used = interactions;
    last.stage.add(interaction, hash);
  }

  private DayStage stage(LocalDate day) {
    return days.computeIfAbsent(
        day, date -> new DayStage(archive, new SourceDay(source, date), batch, memory, editTimes));
  }

  private boolean hasRoom() throws IOException {
    if (open.size() < openDaysMax) {
      return true;
    }
    Open eldest = open.values().iterator().next();
    if (interactions - eldest.used < IDLE_INTERACTIONS) {
      return false;
    }
    open.values().remove(eldest);
    eldest.stage.finish();
    return true;
  }

  /** Makes the days visible, one after the other. */
  void publish(long read, List<LedgerEntry.Input> inputs) throws IOException {
    writeAll();
    workers.run(days, (day, stage) -> publish(day, stage, read, inputs));
    days.clear();
    published = 0;
    commits++;
  }

  private void publish(LocalDate day, DayStage stage, long read, List<LedgerEntry.Input> inputs)
      throws IOException {
    LedgerEntry before;
    synchronized (entries) {
      before = entries.getOrDefault(day, new LedgerEntry(batch, 0, 0, 0, 0, List.of()));
    }
    LedgerEntry after = stage.publish(before, read, inputs);
    synchronized (entries) {
      entries.put(day, after);
      visible.merge(
          day,
          new ImportReport.DayCount(stage.stored(), stage.duplicates(), stage.replaced()),
          ImportReport.DayCount::plus);
      published++;
    }
    KillPoint.IMPORT_AFTER_DAY.reached();
  }

  /** Finishes all files, those of the days that waited too, one day at a time. */
  private void writeAll() throws IOException {
    lastDay = LocalDate.MIN;
    SortedMap<LocalDate, DayStage> unfinished = new TreeMap<>();
    open.forEach((day, each) -> unfinished.put(day, each.stage));
    workers.run(unfinished, (day, stage) -> stage.finish());
    open.clear();
    spool.finish();
    for (LocalDate day : spool.days()) {
      DayStage stage = stage(day);
      spool.replay(day, stage::add);
      stage.finish();
    }
    KillPoint.SPOOL_AFTER_REPLAY.reached();
    spool.discard();
  }

  /** What became of the interactions of the days that are visible. */
  SortedMap<LocalDate, ImportReport.DayCount> visible() {
    return visible;
  }

  /** How far it came, for a person. */
  String progress() {
    String now = "%d of %d days".formatted(published, days.size());
    if (commits == 0) {
      return published == 0 ? "nothing was stored" : now + " were stored";
    }
    return "what was committed before is stored" + (published == 0 ? "" : ", and " + now);
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
    try {
      spool.discard();
    } catch (IOException e) {
      failures.add(e);
    }
    return failures;
  }
}
