package dev.historics.jobs;

import dev.historics.archive.Archive;
import dev.historics.archive.DataFile;
import dev.historics.archive.Manifest;
import dev.historics.archive.format.RowGroup;
import dev.historics.archive.format.SealedFile;
import dev.historics.filter.Library;
import dev.historics.schedule.QueryRequest;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import org.apache.parquet.column.ColumnDescriptor;

/**
 * What a query will read and find: volumes from the manifests, and matches from a look into some
 * days ({@link DaysInRange}).
 */
public final class Forecast {
  private final Spread records;
  private final Spread bytes;
  private final Spread matches;
  private final MatchSample.Interval nineInTen;
  private final long scanned;

  private Forecast(
      Spread records, Spread bytes, Spread matches, MatchSample.Interval nineInTen, long scanned) {
    this.records = records;
    this.bytes = bytes;
    this.matches = matches;
    this.nineInTen = nineInTen;
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

  /** What the matches are at least, in nineteen of twenty cases. */
  public long matchesLow() {
    return nineInTen.low();
  }

  /** What the matches are at most, in nineteen of twenty cases. */
  public long matchesHigh() {
    return nineInTen.high();
  }

  /** How many interactions were looked at to tell. */
  public long scanned() {
    return scanned;
  }

  /**
   * Forecasts a query.
   *
   * @param dialects of all sources that it asks
   * @param library where the rules are that its rule names
   * @param look how many interactions are looked at, about; at least a few thousand of each file of
   *     up to 64 days are
   */
  public static Forecast of(
      Archive archive,
      QueryRequest request,
      Collection<Dialect> dialects,
      Library library,
      long look)
      throws IOException {
    return new Maker(archive, request, dialects, library, look).make();
  }

  /** One forecast in the making. */
  private static final class Maker {
    private final Archive archive;
    private final QueryRequest request;
    private final Library library;
    private final DaysInRange days;
    private final long look;
    private double mean;
    private double variance;
    private long all;
    private long storedBytes;
    private long neededBytes;
    private long lookedAtBytes;
    private final MatchSample sample = new MatchSample();

    Maker(
        Archive archive,
        QueryRequest request,
        Collection<Dialect> dialects,
        Library library,
        long look)
        throws IOException {
      this.look = look;
      this.archive = archive;
      this.request = request;
      this.library = library;
      this.days = new DaysInRange(archive, dialects, request.start(), request.end());
    }

    Forecast make() throws IOException {
      days.all().forEach(this::count);
      long rows = Math.max(1, look / Math.max(1, days.files()));
      for (Manifest day : days.some()) {
        lookAt(day, rows);
      }
      Spread records = Spread.of(mean, variance, all);
      return new Forecast(
          records, bytes(), sample.matches(records), sample.nineInTen(records), sample.drawn());
    }

    private void count(Manifest day) {
      all += day.rows();
      storedBytes += day.bytes();
      mean += expected(day);
      double chance = request.samplePercent() / 100;
      variance += expected(day) * (1 - chance);
    }

    /** A day's records in range and sample. */
    private double expected(Manifest day) {
      return days.records(day) * request.samplePercent() / 100;
    }

    private void lookAt(Manifest day, long rows) throws IOException {
      DaysInRange.Look seen = days.look(day, rows, List.of(request.rule()), library);
      for (DataFile file : day.files()) {
        weigh(day, file, seen.needs());
      }
      sample.add(expected(day), seen.inRange(), seen.hits().get(0));
    }

    /** Notes how much of a file the rule's columns are. */
    private void weigh(Manifest day, DataFile file, ScanNeeds needs) throws IOException {
      lookedAtBytes += file.bytes();
      if (file.kind() == DataFile.Kind.LANDING) {
        neededBytes += file.bytes();
        return;
      }
      try (SealedFile sealed = SealedFile.open(archive.files(), day.day(), file)) {
        SealedPart.ColumnPlan plan =
            new SealedPart.ColumnPlan(needs, sealed, day, days.stripping(day));
        for (ColumnDescriptor leaf : new LinkedHashSet<>(plan.leaves())) {
          for (RowGroup group : sealed.rowGroups()) {
            neededBytes += sealed.parquet().bytes(group.index(), leaf);
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
