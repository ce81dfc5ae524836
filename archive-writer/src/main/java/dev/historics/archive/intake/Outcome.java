package dev.historics.archive.intake;

import dev.historics.archive.IdHash;
import dev.historics.archive.Interaction;

/** What became of one record. */
sealed interface Outcome {
  /**
   * It is an interaction.
   *
   * @param hash of its id
   */
  record Accepted(Interaction interaction, IdHash hash) implements Outcome {}

  /** It goes to the quarantine. */
  sealed interface PutAside extends Outcome {
    /** As it is put aside, with the reason. */
    InputRecord record();
  }

  /** It cannot be archived. */
  record Refused(InputRecord record) implements PutAside {}

  /**
   * It is a notice that an interaction was deleted.
   *
   * @param id of that interaction
   */
  record Deletion(InputRecord record, String id) implements PutAside {}

  /**
   * It is an interaction that somebody had taken down.
   *
   * @param record its place, without what was in it
   */
  record TakenDown(InputRecord record) implements PutAside {}
}
