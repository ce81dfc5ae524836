package dev.historics.archive;

/**
 * The end of a sealed file, behind its last page: what says where its pages lie, and what decides
 * which of them are not read. Pages have checksums in the file; this has none but here.
 *
 * @param bytes its length
 * @param sha256 of its content, in lower-case hexadecimal digits
 */
public record Tail(long bytes, String sha256) {
  /** A landing file's: its checksums cover all of it. */
  public static final Tail NONE = new Tail(0, "");
}
