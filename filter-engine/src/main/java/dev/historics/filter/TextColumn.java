package dev.historics.filter;

import dev.historics.filter.text.CodePoints;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Text as slices of UTF-8 bytes, which may be a page as it was decoded. With a dictionary, a value
 * is an entry's number and the slices are the entries', so that a predicate is decided once per
 * entry; without one, value {@code v} is entry {@code v}. Arrays are not copied: whoever builds a
 * column hands them over.
 *
 * <p>An empty text counts as missing in CSDL; it may still stand here, and the matcher skips it.
 */
public final class TextColumn implements Column {
  private final int rows;
  private final boolean hasDictionary;
  private final byte[] bytes;
  private final int[] starts;
  private final int[] lengths;
  private final int entries;
  private final Supplier<TextColumn> late;
  private int[] rowStarts;
  private int[] ids;

  private TextColumn(
      int rows,
      boolean hasDictionary,
      byte[] bytes,
      int[] starts,
      int[] lengths,
      int entries,
      Supplier<TextColumn> late) {
    this.rows = rows;
    this.hasDictionary = hasDictionary;
    this.bytes = bytes;
    this.starts = starts;
    this.lengths = lengths;
    this.entries = entries;
    this.late = late;
  }

  private TextColumn holding(int[] rowStarts, int[] ids) {
    this.rowStarts = rowStarts;
    this.ids = ids;
    return this;
  }

  /**
   * A column whose value {@code v} is {@code lengths[v]} bytes from {@code starts[v]}.
   *
   * @param rowStarts one more than there are rows; the arrays may be longer than what is used
   */
  public static TextColumn plain(int[] rowStarts, byte[] bytes, int[] starts, int[] lengths) {
    int rows = rowStarts.length - 1;
    return new TextColumn(rows, false, bytes, starts, lengths, rowStarts[rows], () -> null)
        .holding(rowStarts, null);
  }

  /**
   * A column whose value {@code v} is the entry {@code ids[v]}.
   *
   * @param entries the number of entries in use, at most {@code starts.length}
   */
  public static TextColumn dictionary(
      int[] rowStarts, int[] ids, byte[] bytes, int[] starts, int[] lengths, int entries) {
    return new TextColumn(rowStarts.length - 1, true, bytes, starts, lengths, entries, () -> null)
        .holding(rowStarts, ids);
  }

  /**
   * A column of which only the dictionary is known, until a value is asked for.
   *
   * @param entries the number of entries in use, at most {@code starts.length}
   * @param late decodes the same rows, once at most; fails with an {@link
   *     java.io.UncheckedIOException}
   */
  public static TextColumn late(
      int rows, byte[] bytes, int[] starts, int[] lengths, int entries, Supplier<TextColumn> late) {
    return new TextColumn(rows, true, bytes, starts, lengths, entries, late);
  }

  private void decode() {
    if (rowStarts == null) {
      TextColumn decoded = late.get();
      ids = decoded.ids();
      rowStarts = decoded.rowStarts();
    }
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public int rowStart(int row) {
    return rowStarts()[row];
  }

  @Override
  public int[] rowStarts() {
    decode();
    return rowStarts;
  }

  /** Whether several values can share an entry. */
  public boolean hasDictionary() {
    return hasDictionary;
  }

  /** The number of entries: of the dictionary, or of the values. */
  public int entries() {
    return entries;
  }

  /** The entry of value {@code v}. */
  public int entry(int v) {
    return hasDictionary ? ids()[v] : v;
  }

  /** The entry of each value; only with a dictionary. */
  int[] ids() {
    decode();
    return ids;
  }

  /** Whether both have the same dictionary, so that what holds of an entry holds in both. */
  boolean sharesEntries(TextColumn other) {
    return hasDictionary
        && other.hasDictionary
        && bytes == other.bytes
        && starts == other.starts
        && lengths == other.lengths
        && entries == other.entries;
  }

  /** The bytes that all entries are slices of; not to be changed. */
  public byte[] bytes() {
    return bytes;
  }

  /** Where {@code entry} starts in {@link #bytes()}. */
  public int start(int entry) {
    return starts[entry];
  }

  /** The length of {@code entry} in bytes. */
  public int length(int entry) {
    return lengths[entry];
  }

  /** The text of {@code entry}; malformed bytes become U+FFFD. */
  public String text(int entry) {
    return new String(bytes, starts[entry], lengths[entry], StandardCharsets.UTF_8);
  }

  /**
   * Collects a column without a dictionary, row by row. Reusable after {@link #clear}; owned by one
   * thread.
   */
  public static final class Builder {
    private final RowStarts rows = new RowStarts();
    private byte[] bytes = new byte[4096];
    private int[] ends = new int[64];
    private int used;

    /** Adds {@code length} bytes of UTF-8 from {@code start} to the row that is open. */
    public void add(byte[] source, int start, int length) {
      Objects.checkFromIndexSize(start, length, source.length);
      if (bytes.length - used < length) {
        bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(used, length), doubled(bytes.length)));
      }
      int at = rows.add();
      ends = at < ends.length ? ends : Arrays.copyOf(ends, at * 2);
      System.arraycopy(source, start, bytes, used, length);
      used += length;
      ends[at] = used;
    }

    /** Adds {@code text} to the row that is open; half a surrogate pair becomes U+FFFD. */
    public void add(String text) {
      byte[] utf8 = CodePoints.wellFormed(text).getBytes(StandardCharsets.UTF_8);
      add(utf8, 0, utf8.length);
    }

    /** Closes the row; what is added next belongs to the one after it. */
    public void endRow() {
      rows.endRow();
    }

    /** The rows that were closed. The builder may go on, or be cleared, without changing them. */
    public TextColumn build() {
      int[] starts = new int[rows.values()];
      int[] lengths = new int[starts.length];
      int start = 0;
      for (int v = 0; v < starts.length; v++) {
        starts[v] = start;
        lengths[v] = ends[v] - start;
        start = ends[v];
      }
      return plain(rows.toArray(), Arrays.copyOf(bytes, start), starts, lengths);
    }

    /** Forgets everything. */
    public void clear() {
      rows.clear();
      used = 0;
    }

    private static int doubled(int length) {
      return (int) Math.min(Integer.MAX_VALUE - 8L, 2L * length);
    }
  }
}
