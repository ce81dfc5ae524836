package dev.historics.jobs;

import dev.historics.archive.files.ArchiveFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.IntSupplier;

/**
 * Writes the matched interactions of one query. The file is made when there is more than a buffer
 * holds, or at the end: a job with thousands of queries that match little has few files open. All
 * writers of a task share the memory for buffers.
 */
final class PartWriter {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final int LEAST_BUFFER_BYTES = 1 << 10;
  private static final int ALL_BUFFERS_BYTES = 1 << 26;

  private final ArchiveFiles results;
  private final String path;
  private final IntSupplier writers;
  private final MessageDigest digest;
  private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();
  private OutputStream out;
  private long records;
  private long bytes;

  /**
   * @param writers how many the task has by now, this one among them
   */
  PartWriter(ArchiveFiles results, String path, IntSupplier writers) {
    this.results = results;
    this.path = path;
    this.writers = writers;
    try {
      this.digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  void write(byte[] text, int offset, int length) throws IOException {
    waiting.write(text, offset, length);
    waiting.write('\n');
    records++;
    bytes += length + 1L;
    if (waiting.size() >= bufferBytes()) {
      writeOut();
    }
  }

  private int bufferBytes() {
    int share = ALL_BUFFERS_BYTES / Math.max(1, writers.getAsInt());
    return Math.max(LEAST_BUFFER_BYTES, Math.min(BUFFER_BYTES, share));
  }

  private void writeOut() throws IOException {
    if (out == null) {
      out = new DigestOutputStream(results.create(path), digest);
    }
    waiting.writeTo(out);
    waiting.reset();
  }

  /**
   * Completes the file.
   *
   * @return the file, or nothing if nothing was written
   */
  List<PartFile> finish() throws IOException {
    if (records == 0) {
      return List.of();
    }
    writeOut();
    out.close();
    return List.of(new PartFile(path, records, bytes, HexFormat.of().formatHex(digest.digest())));
  }
}
