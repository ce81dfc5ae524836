package dev.historics.bench;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.crunch.DoFn;
import org.apache.crunch.Emitter;
import org.apache.crunch.Pair;
import org.apache.hadoop.mapreduce.TaskType;

/** Tells for each task what rows it put out. */
final class JoinReportFn extends DoFn<Pair<String, Pair<String, String>>, String> {
  private static final long serialVersionUID = 1L;

  private transient long started;
  private transient long rows;
  private transient long checksum;

  /**
   * What one task did.
   *
   * @param checksum the sum of the rows' hashes
   * @param nanos processor time from its first row to its last
   */
  record Report(boolean isReducer, int task, long rows, long checksum, long nanos) {
    static Report parse(String line) {
      List<String> words = Arrays.asList(line.split(" ", -1));
      return new Report(
          Boolean.parseBoolean(words.get(0)),
          Integer.parseInt(words.get(1)),
          Long.parseLong(words.get(2)),
          Long.parseLong(words.get(3)),
          Long.parseLong(words.get(4)));
    }

    String line() {
      return "%b %d %d %d %d".formatted(isReducer, task, rows, checksum, nanos);
    }
  }

  @Override
  public void initialize() {
    started = processorNanos();
    rows = 0;
    checksum = 0;
  }

  @Override
  public void process(Pair<String, Pair<String, String>> row, Emitter<String> emitter) {
    rows++;
    Hasher hasher = Hashing.murmur3_128().newHasher();
    String partner = row.second().second();
    hasher.putString(row.first(), StandardCharsets.UTF_8).putChar('\t');
    hasher.putString(row.second().first(), StandardCharsets.UTF_8).putChar('\t');
    hasher.putString(partner == null ? "" : partner, StandardCharsets.UTF_8);
    checksum += hasher.hash().asLong();
  }

  @Override
  public void cleanup(Emitter<String> emitter) {
    boolean isReducer = getTaskAttemptID().getTaskType() == TaskType.REDUCE;
    int task = getTaskAttemptID().getTaskID().getId();
    emitter.emit(new Report(isReducer, task, rows, checksum, processorNanos() - started).line());
  }

  private static long processorNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
