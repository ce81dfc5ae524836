package dev.historics.archive.format;

import dev.historics.archive.parquet.ColumnSettings;
import java.util.Set;
import org.apache.parquet.column.ColumnDescriptor;

/** How the pages of each column of a sealed file are made. */
final class SealedSettings {
  /** Last keys of targets whose values hardly ever repeat. */
  private static final Set<String> PROSE = Set.of("content", "raw_content", "text", "title");

  /** Short values and hashes: a higher level is slower and, as measured, no smaller. */
  private static final ColumnSettings PLAIN = ColumnSettings.STANDARD.withZstdLevel(1);

  /** Level 6 makes a day 2.5 % smaller, and its sealing a tenth slower. */
  private static final int PROSE_LEVEL = 3;

  /**
   * Better by 8 % in size than a quarter of it: texts of a day repeat each other over long
   * distances.
   */
  private static final int PROSE_PAGE_BYTES = 1024 * 1024;

  /** So that a range of hours finds its rows in a cluster, which may have all hours on one page. */
  private static final int TIME_PAGE_ROWS = 2048;

  private SealedSettings() {}

  static ColumnSettings of(ColumnDescriptor leaf) {
    String[] path = leaf.getPath();
    if (path.length == 1 && path[0].equals(SealedLayout.ID)) {
      return PLAIN.withoutDictionary().withoutBounds();
    }
    if (path.length == 1 && path[0].equals(SealedLayout.CREATED_AT)) {
      return PLAIN.withoutDictionary().withPages(PLAIN.pageBytes(), TIME_PAGE_ROWS);
    }
    if (path[0].equals(SealedLayout.RAW)) {
      return PLAIN.withoutBounds();
    }
    return PROSE.contains(key(path))
        ? PLAIN
            .withoutDictionary()
            .withoutBounds()
            .withZstdLevel(PROSE_LEVEL)
            .withPages(PROSE_PAGE_BYTES, PLAIN.pageRows())
        : PLAIN;
  }

  /** The last key of the target. */
  private static String key(String[] path) {
    boolean isList = path.length > 2 && path[path.length - 1].equals("element");
    String last = path[path.length - (isList ? 3 : 1)];
    return last.equals(SealedLayout.SELF) ? path[path.length - (isList ? 4 : 2)] : last;
  }
}
