package dev.historics.archive.upkeep;

import dev.historics.archive.Archive;
import dev.historics.archive.IdHash;
import dev.historics.archive.Interaction;
import dev.historics.archive.SourceDay;
import dev.historics.archive.files.ArchiveFiles;
import dev.historics.archive.format.IdSet;
import dev.historics.archive.format.SealedOrder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The interactions of a day in the order of a sealed file, each id once, in bounded memory: what
 * does not fit is sorted piece by piece into temporary files, which are then read side by side.
 * Owned by one thread.
 */
final class SortedRows {
  /** What an interaction takes in memory besides its JSON, about. */
  private static final int ROW_BYTES = 256;

  private final ArchiveFiles files;
  private final SourceDay day;
  private final SealedOrder order;
  private final long bytesMax;
  private final List<Row> memory = new ArrayList<>();
  private final List<RowSpill> spills = new ArrayList<>();
  private long bytes;

  /**
   * @param bytesMax how much is sorted in memory at a time
   */
  SortedRows(ArchiveFiles files, SourceDay day, SealedOrder order, long bytesMax) {
    this.files = files;
    this.day = day;
    this.order = order;
    this.bytesMax = bytesMax;
  }

  /** An interaction with what its place hangs on. */
  record Row(Interaction interaction, IdHash hash, int cluster, long millis)
      implements Comparable<Row> {
    Row(Interaction interaction, IdHash hash, int cluster) {
      this(interaction, hash, cluster, interaction.createdAt().toEpochMilli());
    }

    /** As in {@link SealedOrder}. */
    @Override
    public int compareTo(Row other) {
      if (cluster != other.cluster) {
        return Integer.compare(cluster, other.cluster);
      }
      return millis != other.millis
          ? Long.compare(millis, other.millis)
          : interaction.id().compareTo(other.interaction.id());
    }
  }

  /** Takes rows in order. */
  @FunctionalInterface
  interface Sink {
    void row(Interaction interaction, IdHash hash) throws IOException;
  }

  void add(Interaction interaction, IdHash hash) throws IOException {
    memory.add(new Row(interaction, hash, order.cluster(hash)));
    bytes += interaction.raw().length + ROW_BYTES;
    if (bytes >= bytesMax) {
      spill();
    }
  }

  private void spill() throws IOException {
    memory.sort(null);
    String stem = "%s/%s/run-%03d".formatted(day.directory(), Archive.STAGING, spills.size());
    spills.add(RowSpill.write(files, stem, memory));
    memory.clear();
    bytes = 0;
  }

  /**
   * Hands on all rows; of those with the same id, which are all in one cluster, the first.
   *
   * @return how many were left out
   */
  long writeTo(Sink sink) throws IOException {
    List<RowSource> sources = new ArrayList<>();
    try {
      for (RowSpill spill : spills) {
        sources.add(new RowSource(spill.rows(order)));
      }
      memory.sort(null);
      sources.add(new RowSource(new RowSpill.InMemory(memory.iterator())));
      return merge(sources, sink);
    } finally {
      for (RowSource source : sources) {
        source.rows.close();
      }
    }
  }

  private long merge(List<RowSource> sources, Sink sink) throws IOException {
    PriorityQueue<RowSource> queue =
        new PriorityQueue<>((one, other) -> one.head.compareTo(other.head));
    for (RowSource source : sources) {
      if (source.advance()) {
        queue.add(source);
      }
    }
    IdSet ids = new IdSet();
    int cluster = 0;
    long dropped = 0;
    while (!queue.isEmpty()) {
      RowSource least = queue.poll();
      Row row = least.head;
      if (row.cluster() != cluster) {
        cluster = row.cluster();
        ids = new IdSet();
      }
      if (ids.add(row.hash())) {
        sink.row(row.interaction(), row.hash());
      } else {
        dropped++;
      }
      if (least.advance()) {
        queue.add(least);
      }
    }
    return dropped;
  }

  /** A sorted piece, and its first row that was not handed on. */
  private static final class RowSource {
    private final RowSpill.Rows rows;
    private Row head;

    RowSource(RowSpill.Rows rows) {
      this.rows = rows;
    }

    boolean advance() throws IOException {
      if (!rows.hasNext()) {
        return false;
      }
      head = rows.next();
      return true;
    }
  }

  /** Lets go of the rows, and removes the temporary files. */
  void discard() throws IOException {
    memory.clear();
    for (RowSpill spill : spills) {
      files.delete(spill.path());
    }
    spills.clear();
    memory.clear();
  }
}
