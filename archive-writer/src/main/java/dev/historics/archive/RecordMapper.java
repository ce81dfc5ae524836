package dev.historics.archive;

/** Makes interactions of one source out of its records. Owned by one thread. */
public interface RecordMapper {
  /** The source whose partitions receive the interactions, such as {@code twitter}. */
  String source();

  /**
   * The interaction that one record describes.
   *
   * @param record one JSON value in UTF-8, as it stood in the input
   * @throws RejectedRecordException if it cannot be one; the record belongs in the quarantine
   */
  Interaction map(byte[] record) throws RejectedRecordException;
}
