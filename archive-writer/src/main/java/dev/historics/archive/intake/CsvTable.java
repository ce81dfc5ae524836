package dev.historics.archive.intake;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * The rows of a CSV file (RFC 4180, UTF-8, with a header; gzip and zstd are unpacked), one at a
 * time. Blank lines are no rows. Owned by one thread.
 */
public final class CsvTable implements Closeable {
  private final String name;
  private final InputStream stored;
  private final LineSplitter lines;
  private final CsvRows rows;

  private CsvTable(String name, InputStream stored, LineSplitter lines, CsvRows rows) {
    this.name = name;
    this.stored = stored;
    this.lines = lines;
    this.rows = rows;
  }

  /**
   * What stands below the header.
   *
   * @param line where the row starts, from 1
   * @param fields as many as the header has
   */
  public record Row(long line, List<String> fields) {
    public Row {
      fields = List.copyOf(fields);
    }
  }

  /**
   * Reads the header.
   *
   * @param name what errors call the file
   * @param stored the file's bytes; closed with the table, and if there is no header
   * @param rowBytesMax how large a row may be
   * @throws IOException if the file cannot be read or has no header
   */
  public static CsvTable open(String name, InputStream stored, int rowBytesMax) throws IOException {
    try {
      LineSplitter lines =
          new LineSplitter(PlainStream.of(stored), rowBytesMax, LineSplitter.Framing.QUOTED_LINES);
      InputRecord first =
          lines.next().orElseThrow(() -> new IOException("expected a header, found nothing"));
      return new CsvTable(name, stored, lines, CsvRows.named(first));
    } catch (IOException e) {
      stored.close();
      throw new IOException("%s: %s".formatted(name, e.getMessage()), e);
    }
  }

  /** The columns' names, each another one, none empty. */
  public List<String> header() {
    return rows.header();
  }

  /**
   * The next row; empty at the end.
   *
   * @throws IOException if the file cannot be read on, or the row is none; says which line
   */
  public Optional<Row> next() throws IOException {
    Optional<InputRecord> next = record();
    if (next.isEmpty()) {
      return Optional.empty();
    }
    InputRecord record = next.get();
    if (!record.isWhole()) {
      throw new IOException("%s:%d: %s".formatted(name, record.line(), record.refusal()));
    }
    try {
      return Optional.of(new Row(record.line(), rows.values(record)));
    } catch (CsvRows.MalformedRowException e) {
      throw new IOException("%s:%d: not CSV: %s".formatted(name, record.line(), e.getMessage()), e);
    }
  }

  private Optional<InputRecord> record() throws IOException {
    try {
      return lines.next();
    } catch (IOException e) {
      throw new IOException(
          "%s:%d: the file is cut or damaged: %s".formatted(name, lines.line(), e.getMessage()), e);
    }
  }

  @Override
  public void close() throws IOException {
    stored.close();
  }
}
