package dev.historics.archive.parquet;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.OffsetIndex;
import org.apache.parquet.format.PageEncodingStats;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageLocation;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Statistics;
import org.apache.parquet.format.Type;
import org.apache.parquet.format.Util;

/**
 * Writes the pages of a chunk, and says in Parquet's words what was written.
 *
 * <p>Pages are of version 1: their levels are compressed with the values, which suits columns that
 * few rows have.
 */
final class ChunkOutput {
  private final FileSink out;
  private final CRC32 crc = new CRC32();

  ChunkOutput(FileSink out) {
    this.out = out;
  }

  ChunkIndex write(Chunk chunk) throws IOException {
    long start = out.position();
    long headers = 0;
    long plain = 0;
    if (chunk.dictionary().isPresent()) {
      Page dictionary = chunk.dictionary().get();
      headers += write(dictionary, dictionaryHeader(dictionary));
      plain += dictionary.plainBytes;
    }
    long firstPage = out.position();
    OffsetIndex offsets = new OffsetIndex(new ArrayList<>());
    long row = 0;
    for (Page page : chunk.pages()) {
      long offset = out.position();
      headers += write(page, dataHeader(page));
      plain += page.plainBytes;
      int bytes = Math.toIntExact(out.position() - offset);
      offsets.addToPage_locations(new PageLocation(offset, bytes, row));
      row += page.rows;
    }
    ColumnMetaData meta =
        new ColumnMetaData(
            Type.valueOf(name(chunk)),
            List.copyOf(chunk.encodings()),
            List.of(chunk.leaf().getPath()),
            chunk.codec(),
            chunk.entries(),
            headers + plain,
            out.position() - start,
            firstPage);
    if (chunk.dictionary().isPresent()) {
      meta.setDictionary_page_offset(start);
    }
    meta.setStatistics(statistics(chunk));
    meta.setEncoding_stats(encodingStats(chunk));
    ColumnChunk entry = new ColumnChunk(0).setMeta_data(meta);
    return new ChunkIndex(entry, offsets, ChunkIndex.boundsOf(chunk));
  }

  private static String name(Chunk chunk) {
    return switch (chunk.leaf().getPrimitiveType().getPrimitiveTypeName()) {
      case BINARY -> "BYTE_ARRAY";
      default -> chunk.leaf().getPrimitiveType().getPrimitiveTypeName().name();
    };
  }

  /** Returns the bytes of its header. */
  private long write(Page page, PageHeader header) throws IOException {
    crc.reset();
    crc.update(page.stored);
    header.setCrc((int) crc.getValue());
    long start = out.position();
    Util.writePageHeader(header, out);
    long headerBytes = out.position() - start;
    out.write(page.stored);
    return headerBytes;
  }

  private static PageHeader dictionaryHeader(Page page) {
    return new PageHeader(PageType.DICTIONARY_PAGE, page.plainBytes, page.stored.length)
        .setDictionary_page_header(new DictionaryPageHeader(page.entries, page.encoding));
  }

  private static PageHeader dataHeader(Page page) {
    return new PageHeader(PageType.DATA_PAGE, page.plainBytes, page.stored.length)
        .setData_page_header(
            new DataPageHeader(page.entries, page.encoding, Encoding.RLE, Encoding.RLE));
  }

  private static Statistics statistics(Chunk chunk) {
    Statistics statistics = new Statistics().setNull_count(chunk.nulls());
    chunk
        .bounds()
        .ifPresent(
            bounds ->
                statistics
                    .setMin_value(bounds.least().getBytes())
                    .setMax_value(bounds.greatest().getBytes())
                    .setIs_min_value_exact(bounds.leastExact())
                    .setIs_max_value_exact(bounds.greatestExact()));
    return statistics;
  }

  private static List<PageEncodingStats> encodingStats(Chunk chunk) {
    List<PageEncodingStats> stats = new ArrayList<>();
    if (chunk.dictionary().isPresent()) {
      stats.add(new PageEncodingStats(PageType.DICTIONARY_PAGE, Encoding.PLAIN, 1));
    }
    for (Encoding encoding : Encoding.values()) {
      long pages = chunk.pages().stream().filter(page -> page.encoding == encoding).count();
      if (pages > 0) {
        stats.add(new PageEncodingStats(PageType.DATA_PAGE, encoding, Math.toIntExact(pages)));
      }
    }
    return stats;
  }
}
