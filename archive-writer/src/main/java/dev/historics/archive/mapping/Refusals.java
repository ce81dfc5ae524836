package dev.historics.archive.mapping;

import dev.historics.archive.RejectedRecordException;
import java.util.List;

/**
 * The kinds of records that a source has and that are no interactions. Shared by threads.
 *
 * @param deletion the interaction that a notice wants deleted
 */
record Refusals(List<Refusal> kinds, Deletion deletion) {
  private static final String NOTICE = "a delete notice";

  Refusals {
    kinds = List.copyOf(kinds);
  }

  /** Refuses a record of one of the kinds. */
  void check(Captured record, HashedId hash) throws RejectedRecordException {
    if (deletion.isIn(record)) {
      String id = deletion.id().id(record, hash);
      throw RejectedRecordException.deleteNotice(reason(record, NOTICE), id);
    }
    String reason = reason(record, "");
    if (!reason.isEmpty()) {
      throw new RejectedRecordException(reason);
    }
  }

  private String reason(Captured record, String other) {
    for (Refusal kind : kinds) {
      if (record.has(kind.path())) {
        return kind.reason();
      }
    }
    return other;
  }
}
