package dev.historics.jobs;

import java.io.IOException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads parts just as a replay is about to, and throws away what it finds: so that a part which
 * cannot be read is known before any of it counts. Owned by one thread.
 */
final class PartTrial {
  private final Function<String, RiderGroup> groups;
  private final Map<String, RiderGroup> seated = new HashMap<>();

  /**
   * @param groups makes, for a source, its riders with tallies that nobody reads
   */
  PartTrial(Function<String, RiderGroup> groups) {
    this.groups = groups;
  }

  /** Why a part cannot be read, on one line; empty if it can. */
  Optional<String> damage(DayPart part) {
    try {
      read(part, seated.computeIfAbsent(part.source(), groups));
      return Optional.empty();
    } catch (IOException | RuntimeException e) {
      return Optional.of(TaskFailures.reason(e, part.path()));
    }
  }

  private static void read(DayPart part, RiderGroup group) throws IOException {
    DayPart.Batches batches = part.batches(group.needs());
    PartBatch batch = batches == null ? null : batches.next();
    while (batch != null) {
      BitSet wanted = new BitSet(batch.rows());
      group.match(batch).forEach(found -> wanted.or(found.rows()));
      batch.raws(wanted, (row, bytes, offset, length) -> {});
      batch = batches.next();
    }
  }
}
