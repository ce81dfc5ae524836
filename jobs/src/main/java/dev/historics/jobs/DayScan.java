package dev.historics.jobs;

import dev.historics.archive.Archive;
import dev.historics.archive.DataFile;
import dev.historics.archive.Manifest;
import dev.historics.archive.SourceDay;
import dev.historics.archive.removal.Tombstones;
import dev.historics.filter.Library;
import dev.historics.filter.TargetDictionary;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * Counts or gives what rules match in a source-day, in this thread and without a job: the same
 * reading and matching that a task does, for measuring and for looking.
 */
public final class DayScan {
  private static final double ALL_PERCENT = 100;

  private DayScan() {}

  /**
   * Which interactions are asked.
   *
   * @param to exclusive
   * @param samplePercent over 0, up to 100
   */
  public record Window(Instant from, Instant to, double samplePercent) {
    /** All of a day. */
    public static Window all(SourceDay day) {
      Instant start = day.day().atStartOfDay(ZoneOffset.UTC).toInstant();
      return new Window(start, start.plus(Duration.ofDays(1)), ALL_PERCENT);
    }
  }

  /**
   * What a scan found.
   *
   * @param hits how many interactions each rule matches
   * @param bytesRead of the day's data files
   */
  public record Scanned(List<Long> hits, long bytesRead) {}

  /** Takes the JSON of the interactions that are found. */
  @FunctionalInterface
  public interface Sink {
    /** Bytes {@code offset} to {@code offset + length} are the JSON; they change after the call. */
    void interaction(byte[] bytes, int offset, int length) throws IOException;
  }

  /**
   * Counts what matches in one version of a day.
   *
   * @param rules CSDL texts that name no other rules
   * @param dialect of the day's source
   * @return how many interactions each rule matches
   * @throws IllegalArgumentException if a rule does not compile
   */
  public static List<Long> count(Archive archive, Manifest day, List<String> rules, Dialect dialect)
      throws IOException {
    return scan(archive, day, rules, dialect, Window.all(day.day())).hits();
  }

  /**
   * Scans one version of a day and counts.
   *
   * @param rules CSDL texts that name no other rules
   * @param dialect of the day's source
   * @throws IllegalArgumentException if a rule does not compile
   */
  public static Scanned scan(
      Archive archive, Manifest day, List<String> rules, Dialect dialect, Window window)
      throws IOException {
    return scan(archive, day, rules, dialect, window, Optional.empty());
  }

  /**
   * Scans one version of a day and gives the JSON of each interaction that some rule matches, once.
   *
   * @param rules CSDL texts that name no other rules
   * @param dialect of the day's source
   * @throws IllegalArgumentException if a rule does not compile
   */
  public static Scanned deliver(
      Archive archive, Manifest day, List<String> rules, Dialect dialect, Sink sink)
      throws IOException {
    return scan(archive, day, rules, dialect, Window.all(day.day()), Optional.of(sink));
  }

  private static Scanned scan(
      Archive archive,
      Manifest day,
      List<String> rules,
      Dialect dialect,
      Window window,
      Optional<Sink> sink)
      throws IOException {
    TargetDictionary dictionary = Dialect.dictionary(List.of(dialect));
    Window whole = Window.all(day.day());
    List<ReplayPlan.Rider> riders = new ArrayList<>();
    for (int i = 0; i < rules.size(); i++) {
      riders.add(
          new ReplayPlan.Rider(
              "rule " + i,
              rules.get(i),
              List.of(day.day().source()),
              window.from().toEpochMilli(),
              window.to().toEpochMilli(),
              window.samplePercent()));
    }
    List<SourceTally> tallies = new ArrayList<>();
    RiderGroup group =
        new RiderGroup(
            day.day().source(),
            riders,
            rider -> dictionary,
            Library.empty(),
            whole.from().toEpochMilli(),
            whole.to().toEpochMilli(),
            tallies);
    long bytesRead = 0;
    for (DataFile file : day.files()) {
      for (int part = 0; part < Math.max(1, file.rowGroupOffsets().size()); part++) {
        bytesRead += scan(archive, day, file, part, dialect, group, sink);
      }
    }
    for (SourceTally tally : tallies) {
      if (tally.failed()) {
        throw new IllegalArgumentException(tally.failure());
      }
    }
    return new Scanned(tallies.stream().map(SourceTally::hits).toList(), bytesRead);
  }

  private static long scan(
      Archive archive,
      Manifest day,
      DataFile file,
      int part,
      Dialect dialect,
      RiderGroup group,
      Optional<Sink> sink)
      throws IOException {
    try (DayPart opened =
        DayParts.open(
            archive.files(),
            day,
            file,
            part,
            dialect.stripping(),
            new Tombstones(archive).newest(day.day().source()))) {
      DayPart.Batches batches = opened.batches(group.needs());
      PartBatch batch = batches == null ? null : batches.next();
      while (batch != null) {
        if (sink.isPresent()) {
          deliver(batch, group.match(batch), sink.get());
        } else {
          group.count(batch);
        }
        batch = batches.next();
      }
      return opened.bytesRead();
    }
  }

  private static void deliver(PartBatch batch, List<RiderGroup.Found> found, Sink sink)
      throws IOException {
    BitSet anybody = new BitSet(batch.rows());
    found.forEach(each -> anybody.or(each.rows()));
    if (!anybody.isEmpty()) {
      batch.raws(anybody, (row, bytes, offset, length) -> sink.interaction(bytes, offset, length));
    }
  }
}
