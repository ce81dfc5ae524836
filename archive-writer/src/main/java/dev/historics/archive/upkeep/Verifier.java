package dev.historics.archive.upkeep;

import dev.historics.archive.Archive;
import dev.historics.archive.DataFile;
import dev.historics.archive.IdHash;
import dev.historics.archive.LedgerEntry;
import dev.historics.archive.Manifest;
import dev.historics.archive.Sidecar;
import dev.historics.archive.SourceDay;
import dev.historics.archive.files.ArchiveFiles;
import dev.historics.archive.files.ArchiveInput;
import dev.historics.archive.format.IdIndex;
import dev.historics.archive.format.IdSet;
import dev.historics.archive.format.LandingFile;
import dev.historics.archive.format.NewFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Reads everything that a version of a day names, and compares it with what the manifest says.
 * Changes nothing.
 */
public final class Verifier {
  private static final int BUFFER_BYTES = 1 << 20;

  private final Archive archive;
  private final ArchiveFiles files;

  public Verifier(Archive archive) {
    this.archive = archive;
    this.files = archive.files();
  }

  /**
   * What is wrong with a day, one line for each problem, which names the file; empty if all is well
   * or the day has no data.
   */
  public List<String> verify(SourceDay day) {
    Optional<Manifest> newest;
    try {
      newest = archive.newest(day);
    } catch (IOException e) {
      return List.of(problem(e));
    }
    return newest.map(this::verify).orElse(List.of());
  }

  /** What is wrong with one version of a day. */
  public List<String> verify(Manifest manifest) {
    List<String> problems = new ArrayList<>();
    IdSet dayIds = new IdSet();
    for (DataFile file : manifest.files()) {
      try {
        verify(manifest, file, dayIds, problems);
      } catch (IOException e) {
        problems.add(problem(e));
      }
    }
    ledger(manifest, problems);
    return problems;
  }

  private void verify(Manifest manifest, DataFile file, IdSet dayIds, List<String> problems)
      throws IOException {
    boolean isWhole = isWhole(manifest.pathOf(file), file.bytes(), file.sha256(), problems);
    for (Sidecar sidecar : file.sidecars()) {
      isWhole &= isWhole(manifest.pathOf(sidecar), sidecar.bytes(), sidecar.sha256(), problems);
    }
    if (!isWhole) {
      readable(manifest, file, problems);
      return;
    }
    FileAudit audit = new FileAudit(files, manifest, file, problems);
    audit.rows(dayIds);
    audit.pages();
    gone(manifest, file, audit.ids(), problems);
    index(manifest, file, audit.ids(), problems);
  }

  /** What is left of a landing file, in which each block stands for itself. */
  private void readable(Manifest manifest, DataFile file, List<String> problems)
      throws IOException {
    if (file.kind() == DataFile.Kind.LANDING) {
      long rows = LandingFile.readableRows(files, manifest.day(), file);
      if (rows < file.rows()) {
        problems.add(
            "%s: its first %d rows can still be read, %d are lost"
                .formatted(manifest.pathOf(file), rows, file.rows() - rows));
      }
    }
  }

  /** Whether a file has the length and the hash that the manifest promises. */
  private boolean isWhole(String path, long bytes, String sha256, List<String> problems)
      throws IOException {
    MessageDigest digest = NewFile.sha256();
    try (ArchiveInput input = files.open(path)) {
      if (input.length() != bytes) {
        problems.add("%s: expected %d bytes, found %d".formatted(path, bytes, input.length()));
        return false;
      }
      InputStream stream = input.stream();
      byte[] buffer = new byte[BUFFER_BYTES];
      for (int read = stream.read(buffer); read > 0; read = stream.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    }
    String found = HexFormat.of().formatHex(digest.digest());
    if (!found.equals(sha256)) {
      problems.add(
          "%s: the file is damaged: expected SHA-256 %s, found %s; restore it from a copy"
              .formatted(path, sha256, found));
      return false;
    }
    return true;
  }

  private void index(Manifest manifest, DataFile file, IdSet ids, List<String> problems)
      throws IOException {
    if (file.kind() == DataFile.Kind.SEALED) {
      return;
    }
    String path = manifest.pathOf(file.ids());
    IdIndex index = IdIndex.read(files, path, file.ids());
    int missing = ids.size() - found(index, ids);
    if (missing != 0 || index.size() != ids.size()) {
      problems.add(
          "%s: expected the %d ids of the data file, found %d of them and %d others"
              .formatted(
                  path, ids.size(), ids.size() - missing, index.size() - ids.size() + missing));
    }
  }

  /** How many of an index's ids are in the set. */
  private static int found(IdIndex index, IdSet ids) {
    int found = 0;
    for (int i = 0; i < index.size(); i++) {
      IdHash hash = index.get(i);
      found += ids.contains(hash) ? 1 : 0;
    }
    return found;
  }

  /** Rows that do not count must be rows of the file. */
  private void gone(Manifest manifest, DataFile file, IdSet ids, List<String> problems)
      throws IOException {
    if (file.gone() == 0) {
      return;
    }
    Sidecar sidecar = file.sidecar(Sidecar.GONE).orElseThrow();
    String path = manifest.pathOf(sidecar);
    IdIndex index = IdIndex.read(files, path, sidecar);
    int found = found(index, ids);
    if (index.size() != file.gone() || found != index.size()) {
      problems.add(
          "%s: expected %d ids of the data file, found %d of them and %d others"
              .formatted(path, file.gone(), found, index.size() - found));
    }
  }

  private static void ledger(Manifest manifest, List<String> problems) {
    long stored = manifest.ledger().stream().mapToLong(LedgerEntry::stored).sum();
    long replaced = manifest.ledger().stream().mapToLong(LedgerEntry::replaced).sum();
    long left = manifest.dropped() + manifest.takenDown() + manifest.expired();
    if (manifest.rows() != stored - replaced - left) {
      problems.add(
          "%s: the ledger does not add up: %d stored less %d replaced, %d dropped, %d taken down and %d expired, but the files have %d rows"
              .formatted(
                  Archive.manifestPath(manifest.day(), manifest.version()),
                  stored,
                  replaced,
                  manifest.dropped(),
                  manifest.takenDown(),
                  manifest.expired(),
                  manifest.rows()));
    }
  }

  /** One line: the file systems' own exceptions are mostly just a path. */
  private static String problem(IOException e) {
    String message = String.valueOf(e.getMessage());
    return e instanceof NoSuchFileException
        ? message + ": the file is missing; restore it from a copy"
        : message;
  }
}
