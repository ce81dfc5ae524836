package dev.historics.archive.takedown;

import dev.historics.archive.Archive;
import dev.historics.archive.NumberedFiles;
import dev.historics.archive.files.ArchiveFiles;
import dev.historics.archive.files.ArchiveInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The receipts of an archive. One that is complete is {@code _receipts/ID.json} and never changes;
 * until then its versions lie in {@code _receipts/ID/}.
 */
public final class Receipts {
  private static final String DIRECTORY = "_receipts";

  /** Where receipts are made. */
  public static final String STAGING = DIRECTORY + "/_staging";

  private static final String SUFFIX = ".json";

  private final ArchiveFiles files;

  public Receipts(Archive archive) {
    this.files = archive.files();
  }

  /** Where a complete receipt lies, below the root. */
  public static String path(String id) {
    return DIRECTORY + "/" + Receipt.requireId(id) + SUFFIX;
  }

  /** A receipt as it is now; empty if there is none with this name. */
  public Optional<Receipt> find(String id) throws IOException {
    String path = path(id);
    if (files.exists(path)) {
      return Optional.of(ReceiptJson.read(path, readAll(path)));
    }
    NumberedFiles versions = versions(id);
    OptionalLong newest = versions.newest();
    return newest.isEmpty()
        ? Optional.empty()
        : Optional.of(
            ReceiptJson.read(versions.path(newest.getAsLong()), versions.read(newest.getAsLong())));
  }

  /** All receipts, in the order of their names. */
  public List<Receipt> all() throws IOException {
    List<Receipt> all = new ArrayList<>();
    for (String id : ids()) {
      find(id).ifPresent(all::add);
    }
    return all;
  }

  /** Those that are not complete, or not yet written down as such. */
  public List<Receipt> open() throws IOException {
    List<Receipt> open = new ArrayList<>();
    for (String id : ids()) {
      if (!files.exists(path(id))) {
        find(id).ifPresent(open::add);
      }
    }
    return open;
  }

  /** The names of all receipts. */
  SortedSet<String> ids() throws IOException {
    SortedSet<String> ids = new TreeSet<>();
    for (String name : files.list(DIRECTORY)) {
      if (!name.startsWith("_")) {
        ids.add(name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name);
      }
    }
    return ids;
  }

  /** Writes down how far a takedown is. One that is complete is written down for good. */
  void save(Receipt receipt) throws IOException {
    byte[] text = ReceiptJson.write(receipt);
    NumberedFiles versions = versions(receipt.id());
    while (!versions.publish(versions.newest().orElse(0) + 1, text)) {
      // Two finish the same takedown: both are right, and the last word counts.
    }
    if (receipt.state() == Receipt.State.COMPLETE) {
      files.publish(versions.path(versions.newest().orElseThrow()), path(receipt.id()));
      files.deleteTree(DIRECTORY + "/" + receipt.id());
    }
  }

  private NumberedFiles versions(String id) {
    String directory = DIRECTORY + "/" + Receipt.requireId(id);
    return new NumberedFiles(files, directory, STAGING, "receipt-" + id);
  }

  private byte[] readAll(String path) throws IOException {
    try (ArchiveInput in = files.open(path)) {
      byte[] bytes = new byte[Math.toIntExact(in.length())];
      in.readFully(0, bytes, 0, bytes.length);
      return bytes;
    }
  }
}
