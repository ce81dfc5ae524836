package dev.historics.archive.parquet;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.io.api.Binary;

/**
 * Takes the values of one leaf column, row by row. Every row gives the column at least one value or
 * null; the first of a row has repetition level 0, the others 1. Nothing is allocated for a value.
 * Owned by one thread.
 *
 * <p>Pages become ready as they fill. While a dictionary is tried, pages are numbers of its
 * entries; at the end of a row group, or once it is clear that the dictionary does not pay, they
 * stay so all together, or are all made again without it.
 */
public abstract class ColumnWriter {
  /** A dictionary whose entries come so often pays for sure. */
  private static final int SURE_REPEATS = 64;

  /** One whose entries come less often does not. */
  private static final int REPEATS_MIN = 2;

  /** A page ends with a cluster once it is this part of a page. */
  private static final int CLUSTER_PART = 4;

  /** Bytes of a dictionary page's header, and of its entry in the footer. */
  private static final int DICTIONARY_OVERHEAD = 40;

  final ColumnSettings settings;
  final Workbench bench;

  private final ColumnDescriptor leaf;
  private final int repetitionMax;
  private final int definitionMax;

  // The page that is open.
  private byte[] repetitions = new byte[0];
  private byte[] definitions = new byte[0];
  private int entries;
  private int pageRows;
  private int values;
  private long openBytes;

  // The row group that is open.
  private final List<Page> pages = new ArrayList<>();
  private boolean byDictionary;
  private long rows;
  private long seen;
  private long closedBytes;

  ColumnWriter(ColumnDescriptor leaf, ColumnSettings settings, Workbench bench) {
    this.leaf = leaf;
    this.settings = settings;
    this.bench = bench;
    this.repetitionMax = leaf.getMaxRepetitionLevel();
    this.definitionMax = leaf.getMaxDefinitionLevel();
    this.byDictionary = settings.dictionary() == ColumnSettings.Dictionary.TRY;
  }

  /**
   * Adds a value to a column of bytes.
   *
   * @param utf8 holds the text, or whatever the column is said to hold, from {@code from} on
   * @param repetition 0 for the first value of a row, 1 for the others
   */
  public void addText(byte[] utf8, int from, int length, int repetition) {
    throw otherKind("text");
  }

  /**
   * Adds a value to a column of whole numbers.
   *
   * @throws IllegalArgumentException if the column has 32 bits and the value needs more
   */
  public void addLong(long value, int repetition) {
    throw otherKind("a whole number");
  }

  /** Adds a value to a column of numbers with a fraction. */
  public void addDouble(double value, int repetition) {
    throw otherKind("a number with a fraction");
  }

  private IllegalStateException otherKind(String value) {
    return new IllegalStateException("column %s does not take %s".formatted(leaf, value));
  }

  /**
   * Adds a null.
   *
   * @param definition how many of the optional and repeated fields on the path are there; less than
   *     all
   */
  public final void addNull(int repetition, int definition) {
    if (definition < 0 || definition >= definitionMax) {
      throw new IllegalArgumentException(
          "column %s: a null has a definition level below %d, got %d"
              .formatted(leaf, definitionMax, definition));
    }
    startEntry(repetition);
    level(repetition, definition);
  }

  /** To be called before a value or a null is taken: makes a page of what came, if it is full. */
  final void startEntry(int repetition) {
    if (repetition == 0) {
      if (pageRows >= settings.pageRows() || openBytes >= settings.pageBytes()) {
        closePage();
      }
    } else if (repetition < 0 || repetition > repetitionMax || pageRows == 0) {
      throw new IllegalArgumentException(
          "column %s: a row starts with repetition level 0 and goes on with up to %d, got %d"
              .formatted(leaf, repetitionMax, repetition));
    }
  }

  /** Notes the levels of a value that was taken. */
  final void valueTaken(int repetition, int bytes) {
    values++;
    seen++;
    openBytes += bytes;
    level(repetition, definitionMax);
  }

  private void level(int repetition, int definition) {
    if (repetition == 0) {
      pageRows++;
    }
    if (repetitionMax > 0) {
      if (entries == repetitions.length) {
        repetitions = Arrays.copyOf(repetitions, PageBuffer.larger(entries, 64));
      }
      repetitions[entries] = (byte) repetition;
    }
    if (definitionMax > 0) {
      if (entries == definitions.length) {
        definitions = Arrays.copyOf(definitions, PageBuffer.larger(entries, 64));
      }
      definitions[entries] = (byte) definition;
    }
    entries++;
  }

  /** Values in the page that is open. */
  final int values() {
    return values;
  }

  /** Values in the row group that is open. */
  final long seen() {
    return seen;
  }

  /** Whether values are numbers of the dictionary's entries still. */
  final boolean byDictionary() {
    return byDictionary;
  }

  // What the kinds of columns do.

  /** The entries of the dictionary. */
  abstract int dictionarySize();

  /** About how many bytes the dictionary takes before it is compressed. */
  abstract int dictionaryBytes();

  abstract void putDictionary(PageBuffer page);

  abstract void clearDictionary();

  /** The entries of the values in the page that is open. */
  abstract int[] ids();

  /** Appends the values of the page that is open, as they are. */
  abstract Encoding putValues(PageBuffer page);

  /** Between what the values of the page that is open lie; empty if that cannot be said. */
  abstract Optional<PageBounds> bounds();

  abstract Comparator<Binary> order();

  /** Forgets the values of the page that is open. */
  abstract void clearValues();

  /** Forgets what was decided for the row group. */
  abstract void clearChoice();

  /** Adds an entry of the dictionary as if it came anew. */
  abstract void addEntry(ColumnWriter to, int id, int repetition);

  /** An empty column of the same kind that has no dictionary and notes no bounds. */
  abstract ColumnWriter trial();

  // Pages.

  /** Takes note that rows which belong together are complete. */
  final void endCluster() {
    if ((long) pageRows * CLUSTER_PART >= settings.pageRows()
        || openBytes * CLUSTER_PART >= settings.pageBytes()) {
      closePage();
    }
  }

  private void closePage() {
    PageBuffer page = bench.page;
    page.clear();
    putLevels(page, repetitionMax, repetitions);
    putLevels(page, definitionMax, definitions);
    Optional<PageBounds> bounds = Optional.empty();
    if (values > 0 && settings.bounds() == ColumnSettings.Bounds.NOTED) {
      bounds = bounds();
    }
    Encoding encoding = Encoding.PLAIN;
    if (byDictionary) {
      encoding = Encoding.RLE_DICTIONARY;
      putIds(page);
    } else if (values > 0) {
      encoding = putValues(page);
    }
    byte[] stored = byDictionary ? page.toArray() : smaller(page);
    pages.add(new Page(pageRows, entries, values, encoding, page.length(), stored, bounds));
    rows += pageRows;
    closedBytes += stored.length;
    clearPage();
  }

  private void clearPage() {
    entries = 0;
    pageRows = 0;
    values = 0;
    openBytes = 0;
    clearValues();
  }

  private void putLevels(PageBuffer page, int max, byte[] levels) {
    if (max == 0) {
      return;
    }
    int at = page.length();
    page.putInt(0);
    int[] ints = bench.ints(entries);
    for (int i = 0; i < entries; i++) {
      ints[i] = levels[i];
    }
    RunLengths.encode(ints, entries, RunLengths.width(max), page);
    page.setInt(at, page.length() - at - Integer.BYTES);
  }

  private void putIds(PageBuffer page) {
    int width = RunLengths.width(Math.max(0, dictionarySize() - 1));
    page.put(width);
    RunLengths.encode(ids(), values, width, page);
  }

  private byte[] smaller(PageBuffer page) {
    byte[] compressed = bench.compressPage(settings.zstdLevel());
    return compressed.length < page.length() ? compressed : page.toArray();
  }

  // Dictionaries.

  /** Makes everything of the row group again without the dictionary. */
  final void abandonDictionary() {
    if (entries > 0) {
      closePage();
    }
    List<Page> made = List.copyOf(pages);
    clearRowGroup();
    byDictionary = false;
    for (Page page : made) {
      // The last page may end within a row; the others end with one.
      endCluster();
      replay(page, this);
    }
    clearDictionary();
  }

  private void replay(Page page, ColumnWriter to) {
    PageReplay replay = new PageReplay(page, repetitionMax, definitionMax);
    int value = 0;
    for (int entry = 0; entry < page.entries; entry++) {
      int repetition = replay.repetition(entry);
      int definition = replay.definition(entry);
      if (definition < definitionMax) {
        to.addNull(repetition, definition);
      } else {
        addEntry(to, replay.id(value++), repetition);
      }
    }
  }

  /** Gives the dictionary up, unless the pages of the row group are smaller with it. */
  private void keepDictionaryIfItPays() {
    long size = dictionarySize();
    if (size > 0 && size * SURE_REPEATS <= seen) {
      return;
    }
    if (size == 0 || seen < size * REPEATS_MIN) {
      abandonDictionary();
    } else {
      tryWithoutDictionary();
    }
  }

  /** Makes the largest page without the dictionary; what that gave is kept where it is of use. */
  private void tryWithoutDictionary() {
    Page sample = Collections.max(pages, Comparator.comparingInt(page -> page.values));
    ColumnWriter trial = trial();
    replay(sample, trial);
    trial.closePage();
    PageBuffer dictionary = bench.page;
    dictionary.clear();
    putDictionary(dictionary);
    int shared = smaller(dictionary).length + DICTIONARY_OVERHEAD;
    byte[] numbers = bench.compress(sample.stored, sample.stored.length, settings.zstdLevel());
    double samples = (double) seen / sample.values;
    if (shared + numbers.length * samples < trial.closedBytes * samples) {
      if (numbers.length < sample.plainBytes) {
        pages.set(pages.indexOf(sample), sample.storedAs(numbers));
      }
    } else if (pages.size() == 1 && trial.pages.size() == 1) {
      pages.set(0, trial.pages.get(0).within(sample.bounds()));
      byDictionary = false;
    } else {
      abandonDictionary();
    }
  }

  // Row groups.

  /** Rows that are complete or begun, this row group. */
  final long rows() {
    return rows + pageRows;
  }

  /** About how many bytes the row group takes as stored. */
  final long storedBytes() {
    return closedBytes + (openBytes + (byDictionary ? dictionaryBytes() : 0)) / 2;
  }

  /** The row group's column, complete; what comes next belongs to the next row group. */
  final Chunk endRowGroup() {
    if (entries > 0) {
      closePage();
    }
    if (byDictionary) {
      keepDictionaryIfItPays();
      if (entries > 0) {
        closePage();
      }
    }
    Chunk chunk = Chunk.of(leaf, order(), List.copyOf(pages), dictionaryPage(), settings, bench);
    clearRowGroup();
    clearDictionary();
    byDictionary = settings.dictionary() == ColumnSettings.Dictionary.TRY;
    return chunk;
  }

  private Optional<Page> dictionaryPage() {
    if (!byDictionary) {
      return Optional.empty();
    }
    PageBuffer page = bench.page;
    page.clear();
    putDictionary(page);
    int size = dictionarySize();
    return Optional.of(
        new Page(0, size, size, Encoding.PLAIN, page.length(), page.toArray(), Optional.empty()));
  }

  private void clearRowGroup() {
    pages.clear();
    rows = 0;
    seen = 0;
    closedBytes = 0;
    clearChoice();
  }
}
