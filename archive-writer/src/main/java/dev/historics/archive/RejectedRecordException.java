package dev.historics.archive;

import java.util.Optional;

/**
 * A record that cannot be an interaction. The message is the reason a person reads in the
 * quarantine: what was expected, what was found.
 */
public final class RejectedRecordException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String deletedId;

  public RejectedRecordException(String reason) {
    this(reason, "");
  }

  private RejectedRecordException(String reason, String deletedId) {
    super(reason);
    this.deletedId = deletedId;
  }

  /**
   * One about a record that wants an interaction deleted.
   *
   * @param deletedId the id of the interaction
   */
  public static RejectedRecordException deleteNotice(String reason, String deletedId) {
    return new RejectedRecordException(reason, deletedId);
  }

  /** The id of the interaction that the record wants deleted. */
  public Optional<String> deletedId() {
    return Optional.of(deletedId).filter(id -> !id.isEmpty());
  }
}
