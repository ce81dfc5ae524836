package dev.historics.archive.intake;

import java.io.IOException;

/** A record could not be archived, and the import was to fail then. */
public final class RecordRefusedException extends IOException {
  private static final long serialVersionUID = 1L;

  RecordRefusedException(String place, String reason, String progress) {
    super(
        "%s: %s; %s. Mend the input, or import with --on-error quarantine"
            .formatted(place, reason, progress));
  }
}
