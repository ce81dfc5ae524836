package dev.historics.jobs;

import dev.historics.archive.DataFile;
import dev.historics.archive.SourceDay;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.BlockLocation;
import org.apache.hadoop.mapreduce.InputSplit;

/**
 * Fills splits up to a size with row groups and landing files, one after the other. A split wants
 * to run where most of its bytes lie.
 */
final class SplitPacker {
  private static final int HOSTS_MAX = 3;

  private final long splitBytes;
  private final List<InputSplit> splits = new ArrayList<>();
  private final Map<String, Long> bytesByHost = new HashMap<>();
  private List<ArchiveSplit.Part> parts = new ArrayList<>();
  private long bytes;

  SplitPacker(long splitBytes) {
    this.splitBytes = splitBytes;
  }

  /**
   * Adds a data file.
   *
   * @param blocks where the file's bytes lie; none on a disk of this machine
   */
  void add(SourceDay day, DataFile file, BlockLocation... blocks) throws IOException {
    List<Long> starts = file.rowGroupOffsets().isEmpty() ? List.of(0L) : file.rowGroupOffsets();
    for (int rowGroup = 0; rowGroup < starts.size(); rowGroup++) {
      long start = starts.get(rowGroup);
      long end = rowGroup + 1 < starts.size() ? starts.get(rowGroup + 1) : file.bytes();
      parts.add(new ArchiveSplit.Part(day, file.path(), rowGroup));
      bytes += end - start;
      for (BlockLocation block : blocks) {
        count(block, start, end);
      }
      if (bytes >= splitBytes) {
        close();
      }
    }
  }

  private void count(BlockLocation block, long start, long end) throws IOException {
    long shared =
        Math.min(end, block.getOffset() + block.getLength()) - Math.max(start, block.getOffset());
    if (shared > 0) {
      for (String host : block.getHosts()) {
        bytesByHost.merge(host, shared, Long::sum);
      }
    }
  }

  private void close() {
    if (!parts.isEmpty()) {
      splits.add(new ArchiveSplit(parts, bytes, hosts()));
      parts = new ArrayList<>();
      bytes = 0;
      bytesByHost.clear();
    }
  }

  private String[] hosts() {
    Comparator<Map.Entry<String, Long>> mostFirst =
        Map.Entry.<String, Long>comparingByValue().reversed();
    return bytesByHost.entrySet().stream()
        .sorted(mostFirst.thenComparing(Map.Entry.comparingByKey()))
        .limit(HOSTS_MAX)
        .map(Map.Entry::getKey)
        .toArray(String[]::new);
  }

  List<InputSplit> splits() {
    close();
    return splits;
  }
}
