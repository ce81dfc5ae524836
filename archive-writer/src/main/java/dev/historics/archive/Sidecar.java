package dev.historics.archive;

/**
 * A file that belongs to a data file and is published and swept with it.
 *
 * @param kind what is in it; {@link #IDS} is the only kind so far, and readers pass over others
 * @param path relative to the day's directory
 * @param bytes its length
 * @param sha256 of its content, in lower-case hexadecimal digits
 */
public record Sidecar(String kind, String path, long bytes, String sha256) {
  /** The sorted hashes of the ids in the data file. */
  public static final String IDS = "ids";
}
