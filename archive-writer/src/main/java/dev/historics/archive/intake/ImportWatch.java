package dev.historics.archive.intake;

/** Somebody who looks on while an import runs, and may end it. Called by the import's thread. */
public interface ImportWatch {
  /** Nobody. */
  ImportWatch NOBODY =
      new ImportWatch() {
        @Override
        public void progress(long records, long bytes, long bytesTotal) {
          // Nobody looks.
        }

        @Override
        public boolean isCancelled() {
          return false;
        }
      };

  /**
   * How far the reading is; called now and then.
   *
   * @param bytes read so far, before decompression
   * @param bytesTotal the size of all inputs, before decompression; -1 if one does not say
   */
  void progress(long records, long bytes, long bytesTotal);

  /** Whether to stop and store nothing; asked between records, until storing begins. */
  boolean isCancelled();
}
