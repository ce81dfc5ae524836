package dev.historics.jobs;

import dev.historics.archive.Archive;
import dev.historics.archive.DataFile;
import dev.historics.archive.Manifest;
import dev.historics.archive.SourceDay;
import dev.historics.archive.Stripping;
import dev.historics.archive.format.SealedFile;
import dev.historics.filter.TargetDictionary;
import dev.historics.schedule.QueryRequest;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;

/**
 * What a query will read and find: volumes from the manifests, and matches from the first batch of
 * each file of at most {@value #DAYS_MAX} source-days. A sealed day is in the order of a hash of
 * its ids, so its first rows are a fair sample of it; in a landing file they are the oldest.
 */
public final class Forecast {
  private static final int DAYS_MAX = 64;
  private static final double ALL_PERCENT = 100;

  private final Spread records;
  private final Spread bytes;
  private final Spread matches;
  private final long scanned;

  private Forecast(Spread records, Spread bytes, Spread matches, long scanned) {
    this.records = records;
    this.bytes = bytes;
    this.matches = matches;
    this.scanned = scanned;
  }

  /** Interactions in the time range and the sample. */
  public Spread records() {
    return records;
  }

  /** Bytes of the columns that the rule needs, as stored. */
  public Spread bytes() {
    return bytes;
  }

  /** Interactions that the rule will match. */
  public Spread matches() {
    return matches;
  }

  /** How many interactions were looked at to tell. */
  public long scanned() {
    return scanned;
  }

  /**
   * Forecasts a query.
   *
   * @param dialects of all sources that it asks
   */
  public static Forecast of(Archive archive, QueryRequest request, Collection<Dialect> dialects)
      throws IOException {
    return new Maker(archive, request, dialects).make();
  }

  /** One forecast in the making. */
  private static final class Maker {
    private final Archive archive;
    private final QueryRequest request;
    private final Collection<Dialect> dialects;
    private final TargetDictionary dictionary;
    private final List<Manifest> days = new ArrayList<>();
    private double mean;
    private double variance;
    private long all;
    private long storedBytes;
    private long neededBytes;
    private long lookedAtBytes;
    private final MatchSample sample = new MatchSample();

    Maker(Archive archive, QueryRequest request, Collection<Dialect> dialects) {
      this.archive = archive;
      this.request = request;
      this.dialects = dialects;
      this.dictionary = Dialect.dictionary(dialects);
    }

    Forecast make() throws IOException {
      LocalDate first = LocalDate.ofInstant(request.start(), ZoneOffset.UTC);
      LocalDate last = LocalDate.ofInstant(request.end().minusNanos(1), ZoneOffset.UTC);
      for (LocalDate day = first; !day.isAfter(last); day = day.plusDays(1)) {
        for (String source : request.sources()) {
          Optional<Manifest> manifest = archive.newest(new SourceDay(source, day));
          manifest.ifPresent(this::count);
        }
      }
      int step = (days.size() + DAYS_MAX - 1) / DAYS_MAX;
      for (int i = 0; i < days.size(); i += step) {
        lookAt(days.get(i));
      }
      Spread records = Spread.of(mean, variance, all);
      return new Forecast(records, bytes(), sample.matches(records), sample.drawn());
    }

    private void count(Manifest day) {
      days.add(day);
      all += day.rows();
      storedBytes += day.bytes();
      mean += expected(day);
      double chance = request.samplePercent() / 100;
      variance += expected(day) * (1 - chance);
    }

    /** A day's records in range and sample; within an hour they count as evenly spread. */
    private double expected(Manifest day) {
      double expected = 0;
      Instant midnight = day.day().day().atStartOfDay(ZoneOffset.UTC).toInstant();
      for (int hour = 0; hour < 24; hour++) {
        Instant start = midnight.plus(Duration.ofHours(hour));
        double share = share(start, start.plus(Duration.ofHours(1)));
        for (DataFile file : day.files()) {
          expected += file.hours().get(hour) * share * request.samplePercent() / 100;
        }
      }
      return expected;
    }

    /** How much of {@code [start, end)} is in the query's range. */
    private double share(Instant start, Instant end) {
      Instant from = start.isAfter(request.start()) ? start : request.start();
      Instant to = end.isBefore(request.end()) ? end : request.end();
      return from.isBefore(to)
          ? (double) Duration.between(from, to).toMillis() / Duration.between(start, end).toMillis()
          : 0;
    }

    private void lookAt(Manifest day) throws IOException {
      long dayStart = day.day().day().atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
      long dayEnd = dayStart + Duration.ofDays(1).toMillis();
      ReplayPlan.Rider rider =
          new ReplayPlan.Rider(
              "forecast",
              request.rule(),
              List.of(day.day().source()),
              Math.max(dayStart, request.start().toEpochMilli()),
              Math.min(dayEnd, request.end().toEpochMilli()),
              ALL_PERCENT);
      List<SourceTally> tallies = new ArrayList<>();
      RiderGroup group =
          new RiderGroup(
              day.day().source(), List.of(rider), each -> dictionary, dayStart, dayEnd, tallies);
      for (DataFile file : day.files()) {
        try (DayPart part = DayParts.open(archive.files(), day, file, 0, stripping(day))) {
          DayPart.Batches batches = part.batches(group.needs());
          if (batches != null) {
            group.match(batches.next());
          }
        }
        weigh(day, file, group);
      }
      sample.add(expected(day), tallies.get(0).inRange(), tallies.get(0).hits());
    }

    private Stripping stripping(Manifest day) {
      return Dialect.of(day.day().source(), dialects).stripping();
    }

    /** Notes how much of a file the rule's columns are. */
    private void weigh(Manifest day, DataFile file, RiderGroup group) throws IOException {
      lookedAtBytes += file.bytes();
      if (file.kind() == DataFile.Kind.LANDING) {
        neededBytes += file.bytes();
        return;
      }
      try (SealedFile sealed = SealedFile.open(archive.files(), day.day(), file)) {
        Set<String> needed = new HashSet<>();
        SealedPart.ColumnPlan plan =
            new SealedPart.ColumnPlan(group.needs(), sealed, day, stripping(day));
        plan.leaves().forEach(leaf -> needed.add(String.join(".", leaf.getPath())));
        for (BlockMetaData block : sealed.reader().getRowGroups()) {
          for (ColumnChunkMetaData chunk : block.getColumns()) {
            neededBytes +=
                needed.contains(chunk.getPath().toDotString()) ? chunk.getTotalSize() : 0;
          }
        }
      }
    }

    /** From the rule's columns alone, to everything there is. */
    private Spread bytes() {
      double share = lookedAtBytes == 0 ? 0 : (double) neededBytes / lookedAtBytes;
      long columns = Math.round(storedBytes * share * request.samplePercent() / 100);
      long everything = Math.max(columns, Math.round(storedBytes * request.samplePercent() / 100));
      return new Spread(columns, columns, everything);
    }
  }
}
