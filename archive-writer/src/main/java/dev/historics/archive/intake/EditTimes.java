package dev.historics.archive.intake;

import dev.historics.archive.IdHash;
import dev.historics.archive.Interaction;
import dev.historics.archive.RecordMapper;
import dev.historics.archive.RejectedRecordException;
import dev.historics.archive.format.IdSet;
import dev.historics.archive.format.InteractionReader;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * When stored interactions became what they are: their JSON tells, and who maps records can read it
 * there, because an interaction is a record of its source, too. Safe for several threads.
 */
final class EditTimes {
  private final RecordMapper mapper;

  EditTimes(RecordMapper mapper) {
    this.mapper = mapper;
  }

  /** Of the interactions with these ids, those that were ever edited. */
  synchronized Map<IdHash, Instant> of(InteractionReader rows, IdSet ids) throws IOException {
    Map<IdHash, Instant> times = new HashMap<>();
    while (rows.hasNext()) {
      Interaction row = rows.next();
      IdHash hash = IdHash.of(row.id());
      if (ids.contains(hash)) {
        of(row).ifPresent(time -> times.put(hash, time));
      }
    }
    return times;
  }

  private Optional<Instant> of(Interaction row) {
    try {
      return mapper.map(row.raw()).editedAt();
    } catch (RejectedRecordException e) {
      // A mapping that has changed since may refuse what it took then: nothing tells of an edit.
      return Optional.empty();
    }
  }
}
