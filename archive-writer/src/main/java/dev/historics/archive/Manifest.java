package dev.historics.archive;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * One version of a source-day: exactly these files are the day. A reader takes one manifest and
 * reads the files it names, nothing else.
 *
 * @param version 1 for the first, each one more than its parent
 * @param engine the version of the program that wrote it
 * @param considered the targets that sealed files have a column for, if there is a value: such a
 *     target without a column in a sealed file has no value there, any other target must be looked
 *     up in {@code raw}
 * @param stripping the {@link Stripping#fingerprint} that content in sealed files was made with;
 *     empty if none was, or if there is no sealed file
 * @param dropped interactions that sealing found twice and kept once
 * @param takenDown interactions that are no longer stored because somebody had them taken down
 * @param expired interactions that retention dropped; {@link #rows} is the sum of what the ledger
 *     stored, less what it replaced and {@code dropped}, {@code takenDown} and {@code expired}
 */
public record Manifest(
    SourceDay day,
    long version,
    String engine,
    Instant published,
    List<TargetColumn> considered,
    String stripping,
    List<DataFile> files,
    List<LedgerEntry> ledger,
    long dropped,
    long takenDown,
    long expired) {
  public Manifest {
    Objects.requireNonNull(day);
    Objects.requireNonNull(published);
    Objects.requireNonNull(stripping);
    considered = List.copyOf(considered);
    files = List.copyOf(files);
    ledger = List.copyOf(ledger);
    if (version < 1 || dropped < 0 || takenDown < 0 || expired < 0) {
      throw new IllegalArgumentException(
          "%s: expected version >= 1, dropped, taken down and expired >= 0, got %d, %d, %d and %d"
              .formatted(day, version, dropped, takenDown, expired));
    }
    Set<String> paths = files.stream().map(DataFile::path).collect(toUnmodifiableSet());
    if (paths.size() != files.size()) {
      throw new IllegalArgumentException("%s: a file is named twice: %s".formatted(day, files));
    }
  }

  /**
   * The considered targets whose columns are what a reader would make of {@code raw}: without the
   * content targets, if content was made in another way than the reader's.
   */
  public Set<TargetColumn> considered(Stripping readers) {
    boolean isSame = stripping.equals(readers.fingerprint());
    return considered.stream()
        .filter(column -> isSame || !Stripping.concerns(column.target()))
        .collect(toUnmodifiableSet());
  }

  /** The version this one was made from; 0 for the first. */
  public long parent() {
    return version - 1;
  }

  /** Interactions in the day. */
  public long rows() {
    return files.stream().mapToLong(DataFile::liveRows).sum();
  }

  /** Rows in the day's files, those that do not count any more among them. */
  public long storedRows() {
    return files.stream().mapToLong(DataFile::rows).sum();
  }

  /** Bytes of the data files as stored, without sidecars. */
  public long bytes() {
    return files.stream().mapToLong(DataFile::bytes).sum();
  }

  /** Whether some data is still in landing files. */
  public boolean hasLanding() {
    return files.stream().anyMatch(file -> file.kind() == DataFile.Kind.LANDING);
  }

  /** Where a file of this day lies below the archive's root. */
  public String pathOf(DataFile file) {
    return day.directory() + "/" + file.path();
  }

  /** Where a sidecar of this day lies below the archive's root. */
  public String pathOf(Sidecar sidecar) {
    return day.directory() + "/" + sidecar.path();
  }

  /** The paths of all data files and sidecars, relative to the day's directory. */
  public List<String> paths() {
    List<String> paths = new ArrayList<>();
    for (DataFile file : files) {
      paths.add(file.path());
      file.sidecars().forEach(sidecar -> paths.add(sidecar.path()));
    }
    return paths;
  }

  /** What changes from one version of a day to the next. */
  public record Content(
      List<TargetColumn> considered,
      String stripping,
      List<DataFile> files,
      List<LedgerEntry> ledger,
      long dropped,
      long takenDown,
      long expired) {
    /** A day that has nothing yet. */
    public static final Content NONE = new Content(List.of(), "", List.of(), List.of(), 0, 0, 0);

    public Content {
      considered = List.copyOf(considered);
      files = List.copyOf(files);
      ledger = List.copyOf(ledger);
    }

    /** The same with other files, made of them by an import. */
    public Content with(List<DataFile> otherFiles, List<LedgerEntry> otherLedger) {
      return new Content(
          considered, stripping, otherFiles, otherLedger, dropped, takenDown, expired);
    }

    /** The same without files: retention dropped what there was. */
    public Content withoutFiles() {
      long rows = files.stream().mapToLong(DataFile::liveRows).sum();
      return new Content(List.of(), "", List.of(), ledger, dropped, takenDown, expired + rows);
    }
  }

  public Content content() {
    return new Content(considered, stripping, files, ledger, dropped, takenDown, expired);
  }
}
