package dev.historics.bench;

import dev.historics.archive.Manifest;
import dev.historics.archive.format.SealedFile;
import dev.historics.archive.parquet.ColumnReader;
import dev.historics.archive.parquet.ParquetFile;
import dev.historics.archive.parquet.RowRanges;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.apache.parquet.column.ColumnDescriptor;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The pages of one column of a sealed day, read, verified, unpacked and decoded; a row's time. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(PageKernel.ROWS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PageKernel {
  static final int ROWS = 100_000;

  private static final int BATCH = 4_096;

  private Path work;
  private SealedFile file;

  /** Seals a made-up day. */
  @Setup
  public void prepare() throws Exception {
    work = Data.work();
    Manifest day = new Data(null, ROWS).sealed(work);
    file = SealedFile.open(Data.archive(work).files(), day.day(), day.files().get(0));
  }

  /** Removes it. */
  @TearDown
  public void close() throws IOException {
    file.close();
    Data.delete(work);
  }

  /** A column of texts that repeat, by a dictionary. */
  @Benchmark
  public long dictionary() throws IOException {
    return texts("language.tag");
  }

  /** A column of prose. */
  @Benchmark
  public long prose() throws IOException {
    return texts("interaction.content");
  }

  /** A column of whole numbers. */
  @Benchmark
  public long numbers() throws IOException {
    long values = 0;
    ParquetFile parquet = file.parquet();
    ColumnDescriptor leaf = leaf("twitter.user.followers_count");
    for (int group = 0; group < parquet.rowGroups(); group++) {
      values += values(parquet.numbers(group, leaf, RowRanges.none()), parquet.rows(group));
    }
    return values;
  }

  private long texts(String target) throws IOException {
    long values = 0;
    ParquetFile parquet = file.parquet();
    ColumnDescriptor leaf = leaf(target);
    for (int group = 0; group < parquet.rowGroups(); group++) {
      values += values(parquet.texts(group, leaf, RowRanges.none()), parquet.rows(group));
    }
    return values;
  }

  private ColumnDescriptor leaf(String target) {
    return file.column(target).orElseThrow().leaves().get(0);
  }

  private static long values(ColumnReader column, int rows) throws IOException {
    long values = 0;
    for (int row = 0; row < rows; row += BATCH) {
      int count = Math.min(BATCH, rows - row);
      column.read(row, count);
      values += column.rowStarts()[count];
    }
    return values;
  }
}
