package dev.historics.jobs;

/**
 * A file with matched interactions, one JSON object a line.
 *
 * @param path below the results root
 * @param records how many lines
 * @param sha256 of its content, in lower-case hexadecimal digits
 */
record PartFile(String path, long records, long bytes, String sha256) {
  PartFile at(String other) {
    return new PartFile(other, records, bytes, sha256);
  }
}
