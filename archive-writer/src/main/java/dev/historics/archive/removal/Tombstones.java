package dev.historics.archive.removal;

import dev.historics.archive.Archive;
import dev.historics.archive.NumberedFiles;
import dev.historics.archive.files.ArchiveFiles;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/**
 * The tombstones of an archive: for each source a chain of numbered lists in {@code
 * source=S/_tombstones}, each of them whole. A list is in force from the moment it is visible.
 */
public final class Tombstones {
  private static final int LOST_RACES_MAX = 10_000;

  private final ArchiveFiles files;

  public Tombstones(Archive archive) {
    this.files = archive.files();
  }

  /**
   * The list that counts now.
   *
   * @throws IOException if it cannot be read; nobody may go on without it then
   */
  public TombstoneList newest(String source) throws IOException {
    OptionalLong newest = lists(source).newest();
    return newest.isPresent() ? version(source, newest.getAsLong()) : TombstoneList.none(source);
  }

  /**
   * One version of the list.
   *
   * @param version 0 for that of a source without tombstones
   */
  public TombstoneList version(String source, long version) throws IOException {
    if (version == 0) {
      return TombstoneList.none(source);
    }
    NumberedFiles lists = lists(source);
    String path = lists.path(version);
    TombstoneList list = TombstoneJson.read(path, lists.read(version));
    if (!list.source().equals(source) || list.version() != version) {
      throw new IOException(
          "%s: is version %d of the tombstones of %s"
              .formatted(path, list.version(), list.source()));
    }
    return list;
  }

  /** The numbers of all lists of a source, oldest first. */
  public List<Long> versions(String source) throws IOException {
    OptionalLong newest = lists(source).newest();
    return LongStream.rangeClosed(1, newest.orElse(0)).boxed().toList();
  }

  /**
   * Puts tombstones in force; those that are there already stay as they are.
   *
   * @return the list that has all of them
   */
  public TombstoneList add(String source, List<Tombstone> tombstones) throws IOException {
    NumberedFiles lists = lists(source);
    for (int lost = 0; lost < LOST_RACES_MAX; lost++) {
      TombstoneList newest = newest(source);
      TombstoneList next = newest.with(tombstones);
      if (next.entries().equals(newest.entries())
          || lists.publish(next.version(), TombstoneJson.write(next))) {
        return newest(source);
      }
    }
    throw new IOException(
        "%s: lost the race for the next list of tombstones %d times; try again"
            .formatted(source, LOST_RACES_MAX));
  }

  private NumberedFiles lists(String source) {
    String directory = "source=%s/_tombstones".formatted(source);
    return new NumberedFiles(
        files, directory, "source=%s/_staging".formatted(source), "tombstones");
  }
}
