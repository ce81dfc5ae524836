package dev.historics.jobs;

import dev.historics.archive.files.ArchiveFiles;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** Writes the matched interactions of one query; the file is made with the first of them. */
final class PartWriter {
  private static final int BUFFER_BYTES = 1 << 16;

  private final ArchiveFiles results;
  private final String path;
  private final MessageDigest digest;
  private OutputStream out;
  private long records;
  private long bytes;

  PartWriter(ArchiveFiles results, String path) {
    this.results = results;
    this.path = path;
    try {
      this.digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  void write(byte[] text, int offset, int length) throws IOException {
    if (out == null) {
      out =
          new BufferedOutputStream(
              new DigestOutputStream(results.create(path), digest), BUFFER_BYTES);
    }
    out.write(text, offset, length);
    out.write('\n');
    records++;
    bytes += length + 1L;
  }

  /**
   * Completes the file.
   *
   * @return the file, or nothing if nothing was written
   */
  List<PartFile> finish() throws IOException {
    if (out == null) {
      return List.of();
    }
    out.close();
    return List.of(new PartFile(path, records, bytes, HexFormat.of().formatHex(digest.digest())));
  }
}
