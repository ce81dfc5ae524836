package dev.historics.archive.intake;

/** Somebody who looks on while an import runs, and may end it. */
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
   * How far the reading is; called now and then by the import's thread.
   *
   * @param bytes read so far, before decompression
   * @param bytesTotal the size of all inputs, before decompression; -1 if one does not say
   */
  void progress(long records, long bytes, long bytesTotal);

  /**
   * A file is not read again up to here, for an earlier import committed it, and it is still the
   * same; called by the import's thread.
   *
   * @param records how many are before
   * @param offset how many bytes, after decompression
   */
  default void resumed(String input, long records, long offset) {
    // Not everybody wants to know.
  }

  /** Something was committed on the way; called by the import's thread, in order. */
  default void committed(Commit commit) {
    // Not everybody wants to know.
  }

  /**
   * Whether to read no more, and to store nothing that would be committed at the end alone; asked
   * now and then by any thread, until storing begins.
   */
  boolean isCancelled();
}
