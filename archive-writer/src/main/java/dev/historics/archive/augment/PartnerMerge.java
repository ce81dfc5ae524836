package dev.historics.archive.augment;

import dev.historics.archive.DataFile;
import dev.historics.archive.Interaction;
import dev.historics.archive.Manifest;
import dev.historics.archive.upkeep.RowEdit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Puts values into the interactions of one version of a day, from a stream of partners that is read
 * along with them: nothing of it is held. Good for one pass over the day; owned by one thread.
 *
 * <p>A member of the namespace that no augmentation can have put there is the source's own: the
 * pass fails then.
 */
public final class PartnerMerge implements RowEdit {
  private final Manifest before;
  private final Augmentation augmentation;
  private final Iterator<Partner> partners;
  private final TopMember member;
  private Partner next;
  private int file;
  private long matched;

  /**
   * @param before the version of the day
   * @param partners by file and row; of several for a row, the first counts
   */
  public PartnerMerge(Manifest before, Augmentation augmentation, Iterator<Partner> partners) {
    this.before = before;
    this.augmentation = augmentation;
    this.partners = partners;
    this.member = new TopMember(augmentation.namespace());
    advance();
  }

  /** How many interactions got values so far. */
  public long matched() {
    return matched;
  }

  @Override
  public Interaction edit(DataFile in, long row, Interaction interaction) throws IOException {
    enter(in);
    while (next != null && compare(next, row) < 0) {
      // For a row that does not count any more, or one that has got values from its first partner.
      advance();
    }
    boolean hasPartner = next != null && compare(next, row) == 0;
    boolean hasValues = hasValues(in, interaction);
    if (hasPartner) {
      matched++;
      return with(interaction, member.put(next.values().getBytes(StandardCharsets.UTF_8)));
    }
    return hasValues && augmentation.join() == Augmentation.Join.LEFT
        ? with(interaction, member.remove())
        : interaction;
  }

  private static Interaction with(Interaction interaction, byte[] raw) {
    return new Interaction(interaction.id(), interaction.createdAt(), raw);
  }

  private void enter(DataFile in) {
    while (!before.files().get(file).path().equals(in.path())) {
      file++;
    }
  }

  private int compare(Partner partner, long row) {
    return partner.file() != file
        ? Integer.compare(partner.file(), file)
        : Long.compare(partner.row(), row);
  }

  private void advance() {
    next = partners.hasNext() ? partners.next() : null;
  }

  /** Whether it has values of an earlier augmentation. */
  private boolean hasValues(DataFile in, Interaction interaction) throws IOException {
    boolean isThere = member.isIn(interaction.raw());
    if (isThere && !augmentation.mayBeIn(in)) {
      throw new IOException(
          "%s: interaction '%s' has a member '%s' of its own; choose another namespace"
              .formatted(before.day(), interaction.id(), augmentation.namespace()));
    }
    return isThere;
  }

  @Override
  public List<String> marks(List<String> kept) {
    SortedSet<String> marks = new TreeSet<>(kept);
    String prefix = Augmentation.markPrefix(augmentation.namespace());
    marks.removeIf(mark -> mark.startsWith(prefix));
    marks.add(augmentation.namespace());
    marks.add(augmentation.mark());
    return List.copyOf(marks);
  }
}
