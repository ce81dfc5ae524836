package dev.historics.archive;

/**
 * A file that belongs to a data file and is published and swept with it.
 *
 * @param kind what is in it, {@link #IDS} or {@link #GONE}; a manifest that names another kind is
 *     refused, because what is in it may change what counts
 * @param path relative to the day's directory
 * @param bytes its length
 * @param sha256 of its content, in lower-case hexadecimal digits
 */
public record Sidecar(String kind, String path, long bytes, String sha256) {
  /** The sorted hashes of the ids in the data file. */
  public static final String IDS = "ids";

  /** The sorted hashes of the ids whose row in the data file does not count any more. */
  public static final String GONE = "gone";

  /** Whether this program knows what is in it. */
  boolean isKnown() {
    return kind.equals(IDS) || kind.equals(GONE);
  }
}
