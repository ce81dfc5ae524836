package dev.historics.archive;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A file with interactions of one source-day, as the manifest describes it.
 *
 * @param path relative to the day's directory, such as {@code data/landing-b1-1.avro}
 * @param rows how many interactions it holds, at least one
 * @param bytes its length
 * @param rawBytes the sum of the lengths of the interactions' JSON
 * @param sha256 of its content, in lower-case hexadecimal digits
 * @param tail of a sealed file, what lies behind its pages
 * @param first the earliest {@code created_at}
 * @param last the latest
 * @param hours how many interactions each of the day's 24 UTC hours has; their sum is {@code rows}
 * @param rowGroupOffsets where the row groups of a sealed file start; empty for a landing file
 * @param columns the targets that have a column; empty for a landing file
 * @param gone how many of the interactions do not count any more, because an edited version of each
 *     is stored elsewhere in the day; their ids are in the sidecar {@link Sidecar#GONE}
 * @param augmented {@code author} if some interactions in the file may have values of augmentations
 *     in that namespace, and {@code author@} with more behind it, if all of them went through the
 *     augmentation with that mark
 */
public record DataFile(
    String path,
    Kind kind,
    long rows,
    long bytes,
    long rawBytes,
    String sha256,
    Tail tail,
    Instant first,
    Instant last,
    List<Long> hours,
    List<Long> rowGroupOffsets,
    List<StoredColumn> columns,
    List<Sidecar> sidecars,
    long gone,
    List<String> augmented) {
  private static final int HOURS = 24;

  /** What the file is inside. */
  public enum Kind {
    /** Avro, in the order of arrival. */
    LANDING,
    /** Parquet, sorted, with a column for each target that has values. */
    SEALED
  }

  public DataFile {
    Objects.requireNonNull(kind);
    Objects.requireNonNull(tail);
    hours = List.copyOf(hours);
    rowGroupOffsets = List.copyOf(rowGroupOffsets);
    columns = List.copyOf(columns);
    sidecars = List.copyOf(sidecars);
    augmented = List.copyOf(augmented);
    if (rows < 1) {
      throw new IllegalArgumentException(
          "%s: a data file needs a row, got %d".formatted(path, rows));
    }
    if (last.isBefore(first)) {
      throw new IllegalArgumentException(
          "%s: expected first <= last, got %s and %s".formatted(path, first, last));
    }
    if (hours.size() != HOURS || sum(hours) != rows) {
      throw new IllegalArgumentException(
          "%s: expected 24 hours with %d rows in all, got %s".formatted(path, rows, hours));
    }
    boolean hasGone = sidecars.stream().anyMatch(each -> each.kind().equals(Sidecar.GONE));
    if (gone < 0 || gone > rows || (gone > 0) != hasGone) {
      throw new IllegalArgumentException(
          "%s: expected 0 to %d rows to be gone, with a sidecar if there are any, got %d"
              .formatted(path, rows, gone));
    }
  }

  /** How many interactions count. */
  public long liveRows() {
    return rows - gone;
  }

  /** The sidecar with the ids of a landing file; a sealed one has them in a column. */
  public Sidecar ids() {
    return sidecar(Sidecar.IDS)
        .orElseThrow(() -> new IllegalStateException(path + ": has no sidecar with its ids"));
  }

  /** The sidecar of a kind; empty if the file has none. */
  public Optional<Sidecar> sidecar(String kind) {
    return sidecars.stream().filter(sidecar -> sidecar.kind().equals(kind)).findFirst();
  }

  /**
   * The same file with other rows that do not count.
   *
   * @param ids the sidecar with their ids, of kind {@link Sidecar#GONE}
   */
  public DataFile withGone(Sidecar ids, long count) {
    List<Sidecar> others = new ArrayList<>(sidecars);
    others.removeIf(sidecar -> sidecar.kind().equals(Sidecar.GONE));
    others.add(ids);
    return with(others, count, augmented);
  }

  /** Whether a mark tells of all rows of a file, and not of some. */
  public static boolean isOfAllRows(String mark) {
    return mark.contains("@");
  }

  /** The same file with other marks of augmentations. */
  public DataFile withAugmented(List<String> marks) {
    return with(sidecars, gone, marks);
  }

  private DataFile with(List<Sidecar> otherSidecars, long otherGone, List<String> marks) {
    return new DataFile(
        path,
        kind,
        rows,
        bytes,
        rawBytes,
        sha256,
        tail,
        first,
        last,
        hours,
        rowGroupOffsets,
        columns,
        otherSidecars,
        otherGone,
        marks);
  }

  private static long sum(List<Long> numbers) {
    return numbers.stream().mapToLong(Long::longValue).sum();
  }
}
