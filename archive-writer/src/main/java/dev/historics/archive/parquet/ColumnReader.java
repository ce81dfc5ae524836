package dev.historics.archive.parquet;

import java.io.IOException;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageType;

/**
 * Reads a column of a row group into arrays, some rows at a time. Rows that are passed over cost
 * nothing, except for those on a page that is read. Owned by one thread.
 */
public abstract class ColumnReader {
  private final ChunkPages pages;
  private final int repetitionMax;
  private final int definitionMax;

  private boolean isPrepared;

  // The page that is open.
  private boolean isOpen;
  private int rows;

  /** Whether each row has a value, and one: then no row starts are kept. */
  private boolean isDense;

  private int[] starts = new int[64];
  private int[] levels = new int[64];

  /** Where the values of each row start, and their number, of the rows that were read last. */
  private int[] rowStarts = new int[1];

  /** The same if each row has one value. */
  private int[] oneEach = new int[1];

  // The rows that were read last.
  private int readFrom;
  private int readEnd;

  // The row that was sought.
  private boolean isAmongRead;
  private int first;
  private int end;

  ColumnReader(ChunkPages pages) {
    this.pages = pages;
    this.repetitionMax = pages.chunk().leaf().getMaxRepetitionLevel();
    this.definitionMax = pages.chunk().leaf().getMaxDefinitionLevel();
  }

  final ChunkPages pages() {
    return pages;
  }

  /** Makes room for the values of so many rows, and forgets those before. */
  abstract void startRows(int count);

  /**
   * Decodes the values of the page that is open.
   *
   * @param from where they start in its bytes
   */
  abstract void decode(int from, int values) throws MalformedPageException;

  /** Reads the dictionary, before any page. */
  abstract void readDictionary() throws IOException;

  /** Says that the page which is open is about to be replaced. */
  abstract void leavePage();

  /** Takes the values {@code [from, end)} of the page that is open. */
  abstract void take(int from, int end);

  /**
   * Reads some rows. What was read before is no longer valid.
   *
   * @param firstRow from 0 in the row group; best behind those that were read before
   * @throws IOException if a page is damaged
   */
  public final void read(int firstRow, int count) throws IOException {
    if (firstRow < 0 || count < 0 || count > pages.chunk().rows() - firstRow) {
      throw new IllegalArgumentException(
          "expected rows of [0, %d), got %d from %d on"
              .formatted(pages.chunk().rows(), count, firstRow));
    }
    readEnd = readFrom;
    startRows(count);
    if (count > 0) {
      open(firstRow);
    }
    if (count > 0 && isDense && count <= pages.endRow() - firstRow) {
      int from = firstRow - pages.firstRow();
      rowStarts = oneEach(count);
      take(from, from + count);
    } else {
      readPages(firstRow, count);
    }
    readFrom = firstRow;
    readEnd = firstRow + count;
  }

  /** Rows of several pages, or with no value or several. */
  private void readPages(int firstRow, int count) throws IOException {
    int[] found = rowStarts;
    if (found == oneEach || found.length != count + 1) {
      found = new int[count + 1];
      rowStarts = found;
    }
    int done = 0;
    while (done < count) {
      open(firstRow + done);
      int from = firstRow + done - pages.firstRow();
      int taken = Math.min(count - done, rows - from);
      int value = found[done];
      if (isDense) {
        for (int i = 1; i <= taken; i++) {
          found[done + i] = value + i;
        }
        take(from, from + taken);
      } else {
        int[] onPage = starts;
        int shift = value - onPage[from];
        for (int i = 1; i <= taken; i++) {
          found[done + i] = onPage[from + i] + shift;
        }
        take(starts[from], starts[from + taken]);
      }
      done += taken;
    }
  }

  private int[] oneEach(int count) {
    if (oneEach.length != count + 1) {
      oneEach = new int[count + 1];
      for (int row = 0; row <= count; row++) {
        oneEach[row] = row;
      }
    }
    return oneEach;
  }

  /**
   * Goes to one row, whose values are then {@link #first} to {@link #end}. What was read stays
   * valid only if the row is among it.
   *
   * @param row from 0 in the row group; best among those that were read last, or behind those
   *     before
   * @throws IOException if a page is damaged
   */
  public final void seek(int row) throws IOException {
    if (row < 0 || row >= pages.chunk().rows()) {
      throw new IllegalArgumentException(
          "expected a row of [0, %d), got %d".formatted(pages.chunk().rows(), row));
    }
    isAmongRead = row >= readFrom && row < readEnd;
    if (isAmongRead) {
      first = rowStarts[row - readFrom];
      end = rowStarts[row - readFrom + 1];
      return;
    }
    open(row);
    int at = row - pages.firstRow();
    first = isDense ? at : starts[at];
    end = isDense ? at + 1 : starts[at + 1];
  }

  /** Whether the row that was sought is among those that were read last, and its values, too. */
  final boolean isAmongRead() {
    return isAmongRead;
  }

  /** The first value of the row that was sought, as the reader counts them. */
  public final int first() {
    return first;
  }

  /** The value behind the last one of the row that was sought. */
  public final int end() {
    return end;
  }

  /**
   * Where the values of each row start that was read last, counted from 0, and behind the last row
   * how many there are; not to be changed, and valid until the next {@link #read}.
   */
  public final int[] rowStarts() {
    return rowStarts;
  }

  /** The number of values in the rows that were read last. */
  final int values() {
    return rowStarts[rowStarts.length - 1];
  }

  /** Decodes every page. */
  final void check() throws IOException {
    int row = 0;
    while (row < pages.chunk().rows()) {
      open(row);
      row = pages.endRow();
    }
  }

  /** Reads the dictionary, if there is one and that was not done, and no page of values. */
  public final void prepare() throws IOException {
    if (!isPrepared) {
      isPrepared = true;
      if (pages.chunk().hasDictionary()) {
        readDictionary();
      }
    }
  }

  private void open(int row) throws IOException {
    prepare();
    if (isOpen && row >= pages.firstRow() && row < pages.endRow()) {
      return;
    }
    leavePage();
    if (!pages.isSequential()) {
      isOpen = false;
      pages.open(row);
      decodePage();
      return;
    }
    if (isOpen && row < pages.firstRow()) {
      pages.rewind();
    }
    do {
      isOpen = false;
      pages.openNext();
      decodePage();
    } while (row >= pages.endRow());
  }

  private void decodePage() throws IOException {
    try {
      if (pages.header().type() == PageType.DICTIONARY_PAGE) {
        throw new MalformedPageException("expected a page of data, found a dictionary");
      }
      int from = decodeLevels();
      int values = isDense ? rows : starts[rows];
      decode(from, values);
      isOpen = true;
    } catch (MalformedPageException e) {
      throw pages.chunk().damaged(pages.firstRow(), e);
    }
  }

  /** Returns where the values start in the page's bytes. */
  private int decodeLevels() throws MalformedPageException {
    FoundHeader header = pages.header();
    int entries = header.entries();
    Cursor cursor = new Cursor(pages.plain(), 0, header.plainBytes());
    if (repetitionMax == 0) {
      rows = rows(entries);
    }
    requireEntries(entries);
    if (repetitionMax > 0) {
      makeRoom(entries);
      int length = length(cursor, header.repetitionEncoding(), header.repetitionBytes());
      decodeLevels(cursor.skip(length), length, repetitionMax, starts, entries);
    } else {
      cursor.skip(Math.max(0, header.repetitionBytes()));
    }
    if (definitionMax == 0) {
      cursor.skip(Math.max(0, header.definitionBytes()));
      isDense = true;
      return cursor.position();
    }
    int length = length(cursor, header.definitionEncoding(), header.definitionBytes());
    int from = cursor.skip(length);
    isDense = repetitionMax == 0 && isAllThere(from, length, entries);
    if (!isDense) {
      makeRoom(entries);
      decodeLevels(from, length, definitionMax, levels, entries);
      if (repetitionMax == 0) {
        countValues(entries);
      } else {
        countRows(entries);
      }
    }
    return cursor.position();
  }

  private boolean isAllThere(int from, int length, int entries) throws MalformedPageException {
    int width = RunLengths.width(definitionMax);
    return RunLengths.isRunOf(definitionMax, pages.plain(), from, from + length, width, entries);
  }

  private void makeRoom(int entries) {
    if (starts.length <= entries) {
      starts = new int[PageBuffer.larger(starts.length, entries + 1)];
      levels = new int[starts.length];
    }
  }

  /** The rows of the page that is open, if each has one entry. */
  private int rows(int entries) throws MalformedPageException {
    int expected = pages.endRow() - pages.firstRow();
    if (pages.isSequential() && entries <= expected) {
      pages.endsBefore(pages.firstRow() + entries);
      requireProgress(entries);
      return entries;
    }
    if (entries != expected) {
      throw new MalformedPageException("expected %d rows, found %d".formatted(expected, entries));
    }
    return entries;
  }

  private static void requireProgress(int rows) throws MalformedPageException {
    if (rows == 0) {
      throw new MalformedPageException("it has no row");
    }
  }

  /** A chunk has so many entries: a page cannot have more. */
  private void requireEntries(int entries) throws MalformedPageException {
    if (entries > pages.chunk().meta().getNum_values()) {
      throw new MalformedPageException(
          "expected at most %d values, found %d"
              .formatted(pages.chunk().meta().getNum_values(), entries));
    }
  }

  private static int length(Cursor cursor, Encoding encoding, int stated)
      throws MalformedPageException {
    if (encoding != Encoding.RLE) {
      throw new MalformedPageException("levels as %s are not read here".formatted(encoding));
    }
    return stated == FoundHeader.LENGTH_INSIDE ? cursor.low(Integer.BYTES) : stated;
  }

  private void decodeLevels(int from, int length, int max, int[] into, int entries)
      throws MalformedPageException {
    int end = from + length;
    int width = RunLengths.width(max);
    if (RunLengths.decode(pages.plain(), from, end, width, into, 0, entries) != end) {
      throw new MalformedPageException("there are more levels than values");
    }
  }

  /** From the definition levels to where each row starts. */
  private void countValues(int entries) throws MalformedPageException {
    int values = 0;
    int highest = 0;
    for (int row = 0; row < entries; row++) {
      starts[row] = values;
      int level = levels[row];
      highest = Math.max(highest, level);
      values += level == definitionMax ? 1 : 0;
    }
    starts[entries] = values;
    requireLevel(highest, definitionMax);
  }

  /**
   * From the levels, the repetition levels in the place of the starts, to where each row starts.
   */
  private void countRows(int entries) throws MalformedPageException {
    int values = 0;
    int found = 0;
    int highest = 0;
    if (entries > 0 && starts[0] != 0) {
      throw new MalformedPageException("it starts within a row");
    }
    for (int entry = 0; entry < entries; entry++) {
      if (starts[entry] == 0) {
        starts[found++] = values;
      } else {
        requireLevel(starts[entry], repetitionMax);
      }
      highest = Math.max(highest, levels[entry]);
      values += levels[entry] == definitionMax ? 1 : 0;
    }
    starts[found] = values;
    requireLevel(highest, definitionMax);
    rows = rows(found);
  }

  private static void requireLevel(int level, int max) throws MalformedPageException {
    if (level > max || level < 0) {
      throw new MalformedPageException("a level of %d above %d".formatted(level, max));
    }
  }
}
