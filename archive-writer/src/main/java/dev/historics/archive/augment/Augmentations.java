package dev.historics.archive.augment;

import dev.historics.archive.Archive;
import dev.historics.archive.NumberedFiles;
import dev.historics.archive.files.ArchiveFiles;
import dev.historics.archive.kill.KillPoint;
import java.io.IOException;
import java.util.OptionalLong;

/**
 * What the sources of an archive are augmented with: for each source a chain of numbered lists in
 * {@code source=S/_augmentations}, each of them whole. An augmentation is declared before the first
 * interaction has its values, so that rules know every target that some interaction has.
 */
public final class Augmentations {
  private static final int LOST_RACES_MAX = 10_000;

  private final ArchiveFiles files;

  public Augmentations(Archive archive) {
    this.files = archive.files();
  }

  /**
   * The list that counts now.
   *
   * @throws IOException if it cannot be read
   */
  public AugmentationList newest(String source) throws IOException {
    NumberedFiles lists = lists(source);
    OptionalLong newest = lists.newest();
    if (newest.isEmpty()) {
      return AugmentationList.none(source);
    }
    String path = lists.path(newest.getAsLong());
    AugmentationList list = AugmentationJson.read(path, lists.read(newest.getAsLong()));
    if (!list.source().equals(source) || list.version() != newest.getAsLong()) {
      throw new IOException(
          "%s: is version %d of the augmentations of %s"
              .formatted(path, list.version(), list.source()));
    }
    return list;
  }

  /**
   * What {@link #declare} would put in force; changes nothing.
   *
   * @throws AugmentationConflictException if a column's values do not fit the kind that it has
   */
  public AugmentationList preview(String source, Augmentation augmentation)
      throws AugmentationConflictException, IOException {
    return newest(source).with(augmentation);
  }

  /**
   * Declares an augmentation; one with the same namespace is replaced, but for its columns.
   *
   * @return the list that has it
   * @throws AugmentationConflictException if a column's values do not fit the kind that it has
   * @throws IOException if nothing was declared
   */
  public AugmentationList declare(String source, Augmentation augmentation)
      throws AugmentationConflictException, IOException {
    NumberedFiles lists = lists(source);
    for (int lost = 0; lost < LOST_RACES_MAX; lost++) {
      AugmentationList newest = newest(source);
      AugmentationList next = newest.with(augmentation);
      if (next.entries().equals(newest.entries())) {
        return newest;
      }
      if (lists.publish(next.version(), AugmentationJson.write(next))) {
        KillPoint.AUGMENT_AFTER_DECLARATION.reached();
        return next;
      }
    }
    throw new IOException(
        "%s: lost the race for the next list of augmentations %d times; try again"
            .formatted(source, LOST_RACES_MAX));
  }

  private NumberedFiles lists(String source) {
    return new NumberedFiles(
        files,
        "source=%s/_augmentations".formatted(source),
        "source=%s/_staging".formatted(source),
        "augmentations");
  }
}
