package dev.historics.archive.intake;

import java.io.IOException;

/** A record could not be archived, and the import was to fail then; nothing was stored. */
public final class RecordRefusedException extends IOException {
  private static final long serialVersionUID = 1L;

  RecordRefusedException(String place, String reason) {
    super(
        "%s: %s; nothing was stored. Mend the input, or import with --on-error quarantine"
            .formatted(place, reason));
  }
}
