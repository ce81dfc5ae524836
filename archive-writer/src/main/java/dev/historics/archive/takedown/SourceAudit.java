package dev.historics.archive.takedown;

import dev.historics.archive.Archive;
import dev.historics.archive.files.ArchiveFiles;
import dev.historics.archive.files.ArchivePaths;
import dev.historics.archive.intake.QuarantineShelf;
import dev.historics.archive.removal.TombstoneList;
import dev.historics.archive.removal.Tombstones;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads what lies beside the days: tombstones, receipts and the records that were put aside.
 * Changes nothing.
 */
public final class SourceAudit {
  private final Archive archive;
  private final ArchiveFiles files;

  public SourceAudit(Archive archive) {
    this.archive = archive;
    this.files = archive.files();
  }

  /** What is wrong beside a source's days, one line for each problem, which names the file. */
  public List<String> verify(String source) {
    List<String> problems = new ArrayList<>();
    tombstones(source, problems);
    shelf(source, problems);
    return problems;
  }

  /** Each list has all tombstones of the one before it. */
  private void tombstones(String source, List<String> problems) {
    Tombstones tombstones = new Tombstones(archive);
    try {
      TombstoneList before = TombstoneList.none(source);
      for (long version : tombstones.versions(source)) {
        TombstoneList list = tombstones.version(source, version);
        if (!list.entries().containsAll(before.entries())) {
          problems.add(
              "%s: version %d of the tombstones lacks some of version %d; restore it from a copy"
                  .formatted(source, version, before.version()));
        }
        before = list;
      }
    } catch (IOException e) {
      problems.add(problem(e));
    }
  }

  private void shelf(String source, List<String> problems) {
    String directory = "_quarantine/source=" + source;
    try {
      for (String name : files.list(directory)) {
        if (name.endsWith(".ndjson")) {
          lines(ArchivePaths.in(directory, name), problems);
        }
      }
    } catch (IOException e) {
      problems.add(problem(e));
    }
  }

  /** Each line is a record and what its checksums say. */
  private void lines(String path, List<String> problems) throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(files.open(path).stream(), StandardCharsets.UTF_8))) {
      int number = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        Optional<String> damage = damage(line);
        if (damage.isPresent()) {
          problems.add(
              "%s:%d: expected a record that was put aside, found other bytes: %s; restore the file from a copy"
                  .formatted(path, number, damage.get()));
          return;
        }
      }
    }
  }

  private static Optional<String> damage(String line) {
    try {
      QuarantineShelf.requireWhole(line);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(e.getMessage().lines().findFirst().orElse("unreadable"));
    }
  }

  /** What is wrong with the receipts: damaged ones, and complete ones whose old files are there. */
  public List<String> receipts() {
    List<String> problems = new ArrayList<>();
    Receipts receipts = new Receipts(archive);
    try {
      for (String id : receipts.ids()) {
        receipt(receipts, id, problems);
      }
    } catch (IOException e) {
      problems.add(problem(e));
    }
    return problems;
  }

  private void receipt(Receipts receipts, String id, List<String> problems) {
    try {
      Optional<Receipt> receipt = receipts.find(id);
      if (receipt.isPresent() && receipt.get().state() == Receipt.State.COMPLETE) {
        for (Receipt.Day day : receipt.get().days()) {
          left(id, day, problems);
        }
      }
    } catch (IOException e) {
      problems.add(problem(e));
    }
  }

  private void left(String id, Receipt.Day day, List<String> problems) throws IOException {
    for (Receipt.File file : day.before()) {
      if (files.exists(file.path())) {
        problems.add(
            "%s: is there, but receipt %s says that it is gone; take down again"
                .formatted(file.path(), id));
      }
    }
  }

  private static String problem(IOException e) {
    return String.valueOf(e.getMessage());
  }
}
