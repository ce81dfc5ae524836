package dev.historics.archive.intake;

import java.io.IOException;

/** An import ended because somebody asked for it; nothing of it was stored. */
public final class ImportCancelledException extends IOException {
  private static final long serialVersionUID = 1L;

  ImportCancelledException(long records) {
    super("cancelled after %d records; nothing was stored".formatted(records));
  }
}
