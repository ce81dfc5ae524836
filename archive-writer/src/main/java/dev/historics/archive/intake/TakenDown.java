package dev.historics.archive.intake;

import dev.historics.archive.Interaction;
import dev.historics.archive.removal.TombstoneCheck;
import dev.historics.archive.removal.TombstoneList;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Tells interactions that were taken down, by the newest list of tombstones that the import has
 * seen. Owned by one thread.
 */
final class TakenDown {
  private final Supplier<TombstoneList> newest;
  private TombstoneList list;
  private TombstoneCheck check;

  /**
   * @param newest the list that counts now; safe for several threads
   */
  TakenDown(Supplier<TombstoneList> newest) {
    this.newest = newest;
    this.list = newest.get();
    this.check = new TombstoneCheck(list);
  }

  /** Why an interaction may not be stored; empty if it may. */
  Optional<String> reason(Interaction interaction) {
    TombstoneList now = newest.get();
    if (now.version() != list.version()) {
      list = now;
      check = new TombstoneCheck(now);
    }
    if (list.isEmpty()) {
      return Optional.empty();
    }
    return check
        .find(interaction)
        .map(stone -> "taken down on " + stone.requested().atZone(ZoneOffset.UTC).toLocalDate());
  }
}
