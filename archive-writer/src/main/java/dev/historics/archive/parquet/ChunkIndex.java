package dev.historics.archive.parquet;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.format.BoundaryOrder;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnIndex;
import org.apache.parquet.format.OffsetIndex;

/**
 * The footer's entry of a chunk that was written, and what is to be written of its pages behind the
 * last row group.
 *
 * @param offsets where each page lies
 * @param bounds between what the values of each page lie; empty if there is only one page, or if it
 *     cannot be said
 */
record ChunkIndex(ColumnChunk entry, OffsetIndex offsets, Optional<ColumnIndex> bounds) {
  /** Between what the values of each page of a chunk lie. */
  static Optional<ColumnIndex> boundsOf(Chunk chunk) {
    if (chunk.pages().size() < 2 || !chunk.hasBounds()) {
      return Optional.empty();
    }
    ColumnIndex index = new ColumnIndex();
    for (Page page : chunk.pages()) {
      Optional<PageBounds> bounds = page.bounds();
      index.addToNull_pages(page.values == 0);
      index.addToMin_values(bounds.map(b -> b.least().toByteBuffer()).orElse(none()));
      index.addToMax_values(bounds.map(b -> b.greatest().toByteBuffer()).orElse(none()));
      index.addToNull_counts(page.nulls());
    }
    index.setBoundary_order(order(chunk));
    return Optional.of(index);
  }

  private static ByteBuffer none() {
    return ByteBuffer.allocate(0);
  }

  /** Whether the bounds go up or down from page to page. */
  private static BoundaryOrder order(Chunk chunk) {
    List<PageBounds> bounds =
        chunk.pages().stream().flatMap(page -> page.bounds().stream()).toList();
    boolean up = true;
    boolean down = true;
    for (int i = 1; i < bounds.size(); i++) {
      int least = chunk.order().compare(bounds.get(i - 1).least(), bounds.get(i).least());
      int greatest = chunk.order().compare(bounds.get(i - 1).greatest(), bounds.get(i).greatest());
      up &= least <= 0 && greatest <= 0;
      down &= least >= 0 && greatest >= 0;
    }
    if (up) {
      return BoundaryOrder.ASCENDING;
    }
    return down ? BoundaryOrder.DESCENDING : BoundaryOrder.UNORDERED;
  }
}
