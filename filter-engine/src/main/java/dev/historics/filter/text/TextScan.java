package dev.historics.filter.text;

/**
 * Looks in texts for everything that an index holds, in one pass over each. Keeps scratch space:
 * owned by one thread.
 */
public interface TextScan {
  /**
   * Looks at one text, which is not empty.
   *
   * @return how many different entries of the index stand in it; {@link #found} has their numbers
   */
  int scan(byte[] bytes, int start, int length);

  /** The numbers that the last scan found, in no order; what stands behind its count is old. */
  int[] found();
}
