package dev.historics.archive.testing;

import dev.historics.archive.Archive;
import dev.historics.archive.DataFile;
import dev.historics.archive.Interaction;
import dev.historics.archive.Manifest;
import dev.historics.archive.SourceDay;
import dev.historics.archive.Stripping;
import dev.historics.archive.TargetColumn;
import dev.historics.archive.augment.Augmentation;
import dev.historics.archive.augment.AugmentationConflictException;
import dev.historics.archive.augment.Augmentations;
import dev.historics.archive.augment.Partner;
import dev.historics.archive.augment.PartnerMerge;
import dev.historics.archive.removal.LiveRows;
import dev.historics.archive.removal.TombstoneList;
import dev.historics.archive.upkeep.CompactionSettings;
import dev.historics.archive.upkeep.Compactor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A table that has something to say about every other word of {@link Records}, and the plainest way
 * to join it.
 *
 * @param name what it says
 */
public record Words(String name) {
  private static final Pattern CONTENT = Pattern.compile("\"content\":\"word(\\d+)\"");

  /** As it is declared. */
  public Augmentation declaration() {
    return new Augmentation(
        "words",
        "interaction.content",
        "word",
        List.of(
            new TargetColumn("words.name", TargetColumn.Kind.TEXT),
            new TargetColumn("words.number", TargetColumn.Kind.INT)),
        Augmentation.Join.LEFT,
        name + ".csv",
        name,
        Archives.NOW,
        0);
  }

  /** What the table says about a record, if it says anything. */
  public Optional<String> values(String record) {
    Matcher content = CONTENT.matcher(record);
    if (!content.find() || Integer.parseInt(content.group(1)) % 2 == 0) {
      return Optional.empty();
    }
    return Optional.of("{\"name\":\"%s\",\"number\":%s}".formatted(name, content.group(1)));
  }

  /** A record that was not augmented before, augmented. */
  public String augmented(String record) {
    String plain = record.replaceFirst(",\"words\":.*", "}");
    return values(plain)
        .map(found -> plain.substring(0, plain.length() - 1) + ",\"words\":" + found + "}")
        .orElse(plain);
  }

  /** Augments the days that are not augmented with this. */
  public void augment(Archive archive) throws IOException {
    Augmentations augmentations = new Augmentations(archive);
    try {
      augmentations.declare("twitter", declaration());
    } catch (AugmentationConflictException e) {
      throw new IllegalStateException(e);
    }
    for (SourceDay day : archive.days()) {
      Optional<Manifest> newest = archive.newest(day);
      if (newest.isPresent() && !declaration().covers(newest.get())) {
        augment(archive, newest.get());
      }
    }
  }

  /** Augments one version of a day. */
  public PartnerMerge augment(Archive archive, Manifest day) throws IOException {
    PartnerMerge merge = new PartnerMerge(day, declaration(), partners(archive, day).iterator());
    List<TargetColumn> considered = new ArrayList<>(Archives.CONSIDERED);
    considered.addAll(declaration().columns());
    new Compactor(archive, new CompactionSettings(1000, 1 << 20))
        .edit(day, considered, Stripping.STANDARD, merge);
    return merge;
  }

  private List<Partner> partners(Archive archive, Manifest day) throws IOException {
    List<Partner> partners = new ArrayList<>();
    for (int file = 0; file < day.files().size(); file++) {
      DataFile entry = day.files().get(file);
      TombstoneList all = TombstoneList.none(day.day().source());
      try (LiveRows rows = LiveRows.open(archive.files(), day.day(), entry, all)) {
        while (rows.hasNext()) {
          Interaction row = rows.next();
          Optional<String> found = values(new String(row.raw(), StandardCharsets.UTF_8));
          if (found.isPresent()) {
            partners.add(new Partner(file, rows.row(), found.get()));
          }
        }
      }
    }
    return partners;
  }
}
