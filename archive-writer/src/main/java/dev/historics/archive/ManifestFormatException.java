package dev.historics.archive;

import java.io.IOException;

/** A manifest that is damaged, or that this program does not understand. Names the file. */
public final class ManifestFormatException extends IOException {
  private static final long serialVersionUID = 1L;

  ManifestFormatException(String path, String problem) {
    super(path + ": " + problem);
  }

  ManifestFormatException(String path, String problem, Exception cause) {
    super(path + ": " + problem, cause);
  }
}
