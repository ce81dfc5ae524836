package dev.historics.archive;

import java.io.IOException;

/**
 * The storage failed while a manifest was published, and then failed again when asked whether it
 * had been: the version may or may not be visible. Nothing that it names may be deleted; doing the
 * work again is safe.
 */
public final class UnconfirmedPublishException extends IOException {
  private static final long serialVersionUID = 1L;

  UnconfirmedPublishException(String path, IOException cause) {
    super(
        path
            + ": the storage failed and it is unknown whether this manifest was published; run the"
            + " command again: what was stored will not be stored twice",
        cause);
  }
}
