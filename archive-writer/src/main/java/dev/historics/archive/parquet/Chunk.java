package dev.historics.archive.parquet;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.io.api.Binary;

/**
 * A column of a row group, ready to be written.
 *
 * @param codec of all its pages; none if not one of them becomes smaller by compression
 * @param dictionary the page of the dictionary's entries, if all pages refer to it
 * @param pages in row order
 */
record Chunk(
    ColumnDescriptor leaf,
    Comparator<Binary> order,
    CompressionCodec codec,
    Optional<Page> dictionary,
    List<Page> pages) {
  /**
   * Compresses what is not yet compressed.
   *
   * @param pages compressed where that gained something; not compressed if there is a dictionary
   * @param dictionary not compressed
   */
  static Chunk of(
      ColumnDescriptor leaf,
      Comparator<Binary> order,
      List<Page> pages,
      Optional<Page> dictionary,
      ColumnSettings settings,
      Workbench bench) {
    UnaryOperator<Page> compress =
        page ->
            page.isCompressed()
                ? page
                : page.storedAs(bench.compress(page.stored, page.plainBytes, settings.zstdLevel()));
    List<Page> compressed = pages.stream().map(compress).toList();
    Optional<Page> compressedDictionary = dictionary.map(compress);
    List<Page> all = new ArrayList<>(compressed);
    compressedDictionary.ifPresent(all::add);
    if (all.stream().anyMatch(Page::isCompressed)) {
      return new Chunk(leaf, order, CompressionCodec.ZSTD, compressedDictionary, compressed);
    }
    return new Chunk(leaf, order, CompressionCodec.UNCOMPRESSED, dictionary, pages);
  }

  /** Every encoding in it, in Parquet's order. */
  Set<Encoding> encodings() {
    Set<Encoding> encodings = EnumSet.noneOf(Encoding.class);
    dictionary.ifPresent(page -> encodings.add(page.encoding));
    pages.forEach(page -> encodings.add(page.encoding));
    if (leaf.getMaxDefinitionLevel() > 0 || leaf.getMaxRepetitionLevel() > 0) {
      encodings.add(Encoding.RLE);
    }
    return encodings;
  }

  long entries() {
    return pages.stream().mapToLong(page -> page.entries).sum();
  }

  long nulls() {
    return pages.stream().mapToLong(Page::nulls).sum();
  }

  long rows() {
    return pages.stream().mapToLong(page -> page.rows).sum();
  }

  /** Whether every page that has a value has bounds, and there is one. */
  boolean hasBounds() {
    return pages.stream().allMatch(page -> page.values == 0 || page.bounds().isPresent())
        && pages.stream().anyMatch(page -> page.values > 0);
  }

  /** Between what all values lie, if that can be said. */
  Optional<PageBounds> bounds() {
    return hasBounds()
        ? pages.stream().flatMap(page -> page.bounds().stream()).reduce((a, b) -> a.with(b, order))
        : Optional.empty();
  }
}
