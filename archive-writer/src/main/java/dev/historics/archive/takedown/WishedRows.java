package dev.historics.archive.takedown;

import dev.historics.archive.DataFile;
import dev.historics.archive.Interaction;
import dev.historics.archive.Manifest;
import dev.historics.archive.files.ArchiveFiles;
import dev.historics.archive.format.InteractionReader;
import dev.historics.archive.removal.Tombstone;
import dev.historics.archive.removal.TombstoneCheck;
import dev.historics.archive.removal.TombstoneList;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks through data files for interactions that are to go, and for those of others that name one.
 * Rows that do not count any more are looked at, too: their bytes are there. Owned by one thread.
 */
final class WishedRows {
  private final ArchiveFiles files;
  private final TombstoneCheck check;
  private final List<Needle> needles;
  private long found;
  private long mentions;
  private final List<String> examples = new ArrayList<>();

  WishedRows(ArchiveFiles files, List<Tombstone> wishes, String source) {
    this.files = files;
    this.check = new TombstoneCheck(new TombstoneList(source, 1, wishes));
    this.needles = wishes.stream().map(wish -> new Needle(wish.value())).toList();
  }

  void look(Manifest manifest, DataFile file) throws IOException {
    try (InteractionReader rows = InteractionReader.open(files, manifest.day(), file)) {
      while (rows.hasNext()) {
        look(manifest, rows.next());
      }
    }
  }

  private void look(Manifest manifest, Interaction row) {
    if (check.find(row).isPresent()) {
      found++;
    } else if (needles.stream().anyMatch(needle -> needle.isIn(row.raw()))) {
      mentions++;
      if (examples.size() < Receipt.EXAMPLES_MAX) {
        examples.add(manifest.day() + " " + row.id());
      }
    }
  }

  /** How many rows are to go. */
  long found() {
    return found;
  }

  /** How many rows of others name what is to go. */
  long mentions() {
    return mentions;
  }

  /** Some of these rows. */
  List<String> examples() {
    return List.copyOf(examples);
  }

  /**
   * A text that is looked for as a word of its own among ASCII letters, spelled without escapes.
   */
  static final class Needle {
    private final byte[] text;

    Needle(String text) {
      this.text = text.getBytes(StandardCharsets.UTF_8);
    }

    boolean isIn(byte[] raw) {
      for (int at = 0; at <= raw.length - text.length; at++) {
        if (raw[at] == text[0]
            && isAt(raw, at)
            && !isWord(raw, at - 1)
            && !isWord(raw, at + text.length)) {
          return true;
        }
      }
      return false;
    }

    private boolean isAt(byte[] raw, int at) {
      for (int i = 1; i < text.length; i++) {
        if (raw[at + i] != text[i]) {
          return false;
        }
      }
      return true;
    }

    private static boolean isWord(byte[] raw, int at) {
      if (at < 0 || at >= raw.length) {
        return false;
      }
      byte b = raw[at];
      return b == '_' || (b > 0 && Character.isLetterOrDigit(b));
    }
  }
}
