package dev.historics.jobs;

import java.io.IOException;
import org.apache.parquet.VersionParser;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.column.EncodingStats;
import org.apache.parquet.column.impl.ColumnReaderImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.io.api.PrimitiveConverter;

/**
 * Walks through one leaf column of a row group, row by row, and keeps its dictionary at hand where
 * every page has one. Owned by one thread.
 */
final class LeafReader {
  private final ColumnReader reader;
  private final DictionaryKeeper keeper;
  private final int maxDefinitionLevel;
  private final boolean byDictionary;
  private int row;

  /**
   * @param pages the pages of {@code block}
   * @param createdBy the writer's name in the file's footer
   */
  LeafReader(ColumnDescriptor leaf, PageReadStore pages, BlockMetaData block, String createdBy)
      throws IOException {
    this.byDictionary = onlyDictionaryPages(leaf, block);
    this.keeper = new DictionaryKeeper(byDictionary);
    this.maxDefinitionLevel = leaf.getMaxDefinitionLevel();
    try {
      this.reader =
          new ColumnReaderImpl(
              leaf, pages.getPageReader(leaf), keeper, VersionParser.parse(createdBy));
    } catch (VersionParser.VersionParseException e) {
      throw new IOException("not a name of a Parquet writer: '%s'".formatted(createdBy), e);
    }
  }

  private static boolean onlyDictionaryPages(ColumnDescriptor leaf, BlockMetaData block) {
    for (ColumnChunkMetaData chunk : block.getColumns()) {
      if (java.util.Arrays.equals(chunk.getPath().toArray(), leaf.getPath())) {
        EncodingStats stats = chunk.getEncodingStats();
        return stats != null
            && stats.hasDictionaryEncodedPages()
            && !stats.hasNonDictionaryEncodedPages();
      }
    }
    throw new IllegalArgumentException("the row group has no column " + leaf);
  }

  /** The dictionary that all values are in, or null if some are not. */
  Dictionary dictionary() {
    return byDictionary ? keeper.dictionary : null;
  }

  /** The row that is next. */
  int row() {
    return row;
  }

  /** Whether the next value is there; a scalar that is missing takes a place without a value. */
  boolean isPresent() {
    return reader.getCurrentDefinitionLevel() == maxDefinitionLevel;
  }

  /** The reader, at the next value. */
  ColumnReader value() {
    return reader;
  }

  /**
   * Goes on to the next value, whether or not this one was read.
   *
   * @return whether it belongs to the same row
   */
  boolean next() {
    reader.consume();
    if (reader.getCurrentRepetitionLevel() > 0) {
      return true;
    }
    row++;
    return false;
  }

  /** Goes on to {@code target}, passing over values. */
  void skipTo(int target) {
    while (row < target) {
      if (isPresent()) {
        reader.skip();
      }
      next();
    }
  }

  private static final class DictionaryKeeper extends PrimitiveConverter {
    private final boolean wanted;
    private Dictionary dictionary;

    DictionaryKeeper(boolean wanted) {
      this.wanted = wanted;
    }

    @Override
    public boolean hasDictionarySupport() {
      return wanted;
    }

    @Override
    public void setDictionary(Dictionary dictionary) {
      this.dictionary = dictionary;
    }
  }
}
