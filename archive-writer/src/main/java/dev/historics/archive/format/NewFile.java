package dev.historics.archive.format;

import dev.historics.archive.files.ArchiveFiles;
import dev.historics.archive.files.ArchiveOutput;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A file being written under a name that nobody had; counts and hashes what passes. Once {@link
 * #close} has returned it is durable; if anything throws, {@link #discard} it. Owned by one thread.
 */
public final class NewFile extends OutputStream {
  private static final int BUFFER_BYTES = 1 << 16;

  private final ArchiveFiles files;
  private final String path;
  private final MessageDigest digest;
  private final ArchiveOutput out;
  private final OutputStream buffered;
  private long bytes;
  private boolean closed;

  private NewFile(ArchiveFiles files, String path, ArchiveOutput out) {
    this.files = files;
    this.path = path;
    this.out = out;
    this.digest = sha256();
    this.buffered = new BufferedOutputStream(new DigestOutputStream(out, digest), BUFFER_BYTES);
  }

  /**
   * Starts a file at the first free name {@code stem-N.extension}.
   *
   * @param stem a path below the root
   */
  public static NewFile create(ArchiveFiles files, String stem, String extension)
      throws IOException {
    for (int attempt = 1; ; attempt++) {
      String path = "%s-%d.%s".formatted(stem, attempt, extension);
      try {
        return new NewFile(files, path, files.create(path));
      } catch (FileAlreadyExistsException e) {
        // Left by a process that died, or taken by one that lives: the next name.
      }
    }
  }

  /** Where it lies below the root. */
  public String path() {
    return path;
  }

  /** What was written so far. */
  public long bytes() {
    return bytes;
  }

  /** Of the content, in hexadecimal; only once, after {@link #close}. */
  public String sha256Hex() {
    if (!closed) {
      throw new IllegalStateException(path + ": its hash is known once it is closed");
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** A new SHA-256 digest. */
  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  @Override
  public void write(int value) throws IOException {
    buffered.write(value);
    bytes++;
  }

  @Override
  public void write(byte[] source, int offset, int length) throws IOException {
    buffered.write(source, offset, length);
    bytes += length;
  }

  /** Hands the buffer on; nothing is durable before {@link #close}. */
  @Override
  public void flush() throws IOException {
    buffered.flush();
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      try (out) {
        buffered.flush();
      }
    }
  }

  /** Removes the file, whatever state it is in. */
  public void discard() throws IOException {
    closed = true;
    try {
      out.close();
    } finally {
      files.delete(path);
    }
  }
}
