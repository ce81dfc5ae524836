package dev.historics.jobs;

import dev.historics.archive.Archive;
import dev.historics.archive.DataFile;
import dev.historics.archive.Manifest;
import dev.historics.archive.SourceDay;
import dev.historics.archive.Stripping;
import dev.historics.archive.removal.TombstoneList;
import dev.historics.archive.removal.Tombstones;
import dev.historics.filter.Library;
import dev.historics.filter.TargetDictionary;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The source-days that a time range touches, and a bounded look into them: of each file of at most
 * {@value #LOOKED_AT_MAX} of them the first batch with rows in the range, or some more. A sealed
 * day is in the order of a hash of its ids, so its first rows are a fair sample of it; in a landing
 * file they are the oldest.
 */
final class DaysInRange {
  private static final int LOOKED_AT_MAX = 64;
  private static final double ALL_PERCENT = 100;

  private final Archive archive;
  private final Collection<Dialect> dialects;
  private final Instant start;
  private final Instant end;
  private final List<Manifest> days = new ArrayList<>();
  private final Map<String, TombstoneList> tombstones = new TreeMap<>();

  /**
   * @param dialects one for each of the sources
   * @param end exclusive
   * @throws IOException if the archive cannot be listed
   */
  DaysInRange(Archive archive, Collection<Dialect> dialects, Instant start, Instant end)
      throws IOException {
    this.archive = archive;
    this.dialects = dialects;
    this.start = start;
    this.end = end;
    for (Dialect dialect : dialects) {
      String source = dialect.source();
      tombstones.put(source, new Tombstones(archive).newest(source));
    }
    LocalDate first = LocalDate.ofInstant(start, ZoneOffset.UTC);
    LocalDate last = LocalDate.ofInstant(end.minusNanos(1), ZoneOffset.UTC);
    for (LocalDate day = first; !day.isAfter(last); day = day.plusDays(1)) {
      for (Dialect dialect : dialects) {
        Optional<Manifest> manifest = archive.newest(new SourceDay(dialect.source(), day));
        manifest.ifPresent(days::add);
      }
    }
  }

  List<Manifest> all() {
    return days;
  }

  /** Those that are looked at: all, or some of them evenly spread. */
  List<Manifest> some() {
    int step = (days.size() + LOOKED_AT_MAX - 1) / LOOKED_AT_MAX;
    List<Manifest> some = new ArrayList<>();
    for (int i = 0; i < days.size(); i += step) {
      some.add(days.get(i));
    }
    return some;
  }

  /** How many of a day's records are in the range; within an hour they count as evenly spread. */
  double records(Manifest day) {
    double records = 0;
    Instant midnight = day.day().day().atStartOfDay(ZoneOffset.UTC).toInstant();
    for (int hour = 0; hour < 24; hour++) {
      Instant from = midnight.plus(Duration.ofHours(hour));
      double share = share(from, from.plus(Duration.ofHours(1)));
      for (DataFile file : day.files()) {
        records += file.hours().get(hour) * share;
      }
    }
    return records;
  }

  /** How much of {@code [from, to)} is in the range. */
  private double share(Instant from, Instant to) {
    Instant first = from.isAfter(start) ? from : start;
    Instant last = to.isBefore(end) ? to : end;
    return first.isBefore(last)
        ? (double) Duration.between(first, last).toMillis() / Duration.between(from, to).toMillis()
        : 0;
  }

  /** How many files the days have that are looked at. */
  int files() {
    return some().stream().mapToInt(day -> day.files().size()).sum();
  }

  /**
   * What rules find in the first rows of a day's files.
   *
   * @param rowsLeast no further batch of a file is read once so many rows in the range were
   * @param rules CSDL texts
   * @param library where the rules are that these name
   * @throws IllegalArgumentException if a rule does not compile, or fails on the data
   */
  Look look(Manifest day, long rowsLeast, List<String> rules, Library library) throws IOException {
    long midnight = day.day().day().atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
    long nextDay = midnight + Duration.ofDays(1).toMillis();
    List<ReplayPlan.Rider> riders = new ArrayList<>();
    for (String rule : rules) {
      riders.add(
          new ReplayPlan.Rider(
              "look",
              rule,
              List.of(day.day().source()),
              Math.max(midnight, start.toEpochMilli()),
              Math.min(nextDay, end.toEpochMilli()),
              ALL_PERCENT));
    }
    TargetDictionary dictionary = Dialect.dictionary(dialects);
    List<SourceTally> tallies = new ArrayList<>();
    RiderGroup group =
        new RiderGroup(
            day.day().source(), riders, each -> dictionary, library, midnight, nextDay, tallies);
    for (DataFile file : day.files()) {
      try (DayPart part =
          DayParts.open(
              archive.files(), day, file, 0, stripping(day), tombstones.get(day.day().source()))) {
        DayPart.Batches batches = part.batches(group.needs());
        PartBatch batch = batches == null ? null : batches.next();
        long before = tallies.get(0).inRange();
        while (batch != null && tallies.get(0).inRange() - before < rowsLeast) {
          group.count(batch);
          batch = batches.next();
        }
      }
    }
    for (SourceTally tally : tallies) {
      if (tally.failed()) {
        throw new IllegalArgumentException(tally.failure());
      }
    }
    return new Look(
        group.needs(), tallies.get(0).inRange(), tallies.stream().map(SourceTally::hits).toList());
  }

  /**
   * What was found in a day.
   *
   * @param needs what had to be read for it
   * @param inRange how many records of the range were looked at
   * @param hits how many of them each rule matched
   */
  record Look(ScanNeeds needs, long inRange, List<Long> hits) {}

  /** How a day's content is made. */
  Stripping stripping(Manifest day) {
    return Dialect.of(day.day().source(), dialects).stripping();
  }
}
