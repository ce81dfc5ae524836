package dev.historics.archive.intake;

import dev.historics.archive.IdHash;
import dev.historics.archive.Interaction;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Edited interactions whose ids are in the day already: of each the one edited last. Whether it is
 * later than the one in the day is found out when the day is published. Owned by one thread.
 */
final class PendingEdits {
  private static final long BYTES_BESIDE_RAW = 250;

  private final Map<IdHash, Interaction> latest = new LinkedHashMap<>();
  private long bytes;

  /**
   * Takes an interaction with an edit time.
   *
   * @return false if one of the two with this id is left out
   */
  boolean add(Interaction interaction, IdHash hash) {
    Interaction before = latest.get(hash);
    if (before == null) {
      latest.put(hash, interaction);
      bytes += interaction.raw().length + BYTES_BESIDE_RAW;
      return true;
    }
    if (time(before).isBefore(time(interaction))) {
      latest.put(hash, interaction);
      bytes += interaction.raw().length - before.raw().length;
    }
    return false;
  }

  private static Instant time(Interaction interaction) {
    return interaction.editedAt().orElse(Instant.MIN);
  }

  /** In the order in which the ids came. */
  Map<IdHash, Interaction> latest() {
    return Collections.unmodifiableMap(latest);
  }

  long bytes() {
    return bytes;
  }

  void clear() {
    latest.clear();
    bytes = 0;
  }
}
