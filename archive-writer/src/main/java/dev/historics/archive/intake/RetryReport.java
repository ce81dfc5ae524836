package dev.historics.archive.intake;

import dev.historics.archive.BatchId;

/**
 * What became of a lot of the quarantine that was tried again: {@code read = stored + duplicates +
 * quarantined}.
 *
 * @param lot what it was, before
 * @param batch under which the stored records are in the ledger
 * @param duplicates they were in the archive already
 * @param quarantined they stay, with the reason of today
 * @param finalCount how many of those can never be tried again
 */
public record RetryReport(
    QuarantineShelf.Lot lot,
    BatchId batch,
    long read,
    long stored,
    long duplicates,
    long quarantined,
    long finalCount) {
  public RetryReport {
    if (read != stored + duplicates + quarantined || finalCount > quarantined) {
      throw new IllegalArgumentException(
          "lot %s: the ledger does not add up: read %d, stored %d, duplicates %d, quarantined %d"
              .formatted(lot.batch(), read, stored, duplicates, quarantined));
    }
  }
}
