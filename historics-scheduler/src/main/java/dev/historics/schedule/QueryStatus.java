package dev.historics.schedule;

/**
 * Where a query or a chunk stands in its life; the names in lower case are part of the contract.
 */
public enum QueryStatus {
  INIT,
  QUEUED,
  SUBMITTED,
  RUNNING,
  PAUSING,
  PAUSED,
  STOPPING,
  STOPPED,
  SUCCEEDED,
  DELAYED,
  FAILED;

  /** Whether nothing will change any more. */
  public boolean ended() {
    return this == STOPPED || this == SUCCEEDED || this == FAILED;
  }
}
