package dev.historics.archive.mapping;

import dev.historics.archive.RejectedRecordException;
import java.util.List;

/**
 * The kinds of records that a source has and that are no interactions. Shared by threads.
 *
 * @param deletion the id of the interaction that a notice wants deleted; without paths, if no
 *     record is such a notice
 */
record Refusals(List<Refusal> kinds, IdRule.Taken deletion) {
  private static final String NOTICE = "a delete notice";

  Refusals {
    kinds = List.copyOf(kinds);
  }

  /** Refuses a record of one of the kinds. */
  void check(Captured record, HashedId hash) throws RejectedRecordException {
    if (isNotice(record)) {
      throw RejectedRecordException.deleteNotice(reason(record, NOTICE), deletion.id(record, hash));
    }
    String reason = reason(record, "");
    if (!reason.isEmpty()) {
      throw new RejectedRecordException(reason);
    }
  }

  private boolean isNotice(Captured record) {
    return !deletion.paths().isEmpty()
        && record.has(FieldValue.firstFilled(deletion.paths(), record));
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
