package dev.historics.archive.format;

import dev.historics.archive.Tail;
import dev.historics.archive.files.ArchiveInput;
import java.io.IOException;
import java.util.HexFormat;

/** Reads what lies behind the last page of a sealed file. */
final class SealedTail {
  private SealedTail() {}

  /** The tail of a file whose last page ends at {@code pagesEnd}. */
  static Tail from(ArchiveInput file, long pagesEnd) throws IOException {
    return tail(bytes(file, file.length() - pagesEnd));
  }

  /**
   * Compares the tail with what the manifest says.
   *
   * @return the file, whose tail is not read again
   * @throws IOException if it is another
   */
  static ArchiveInput require(String path, ArchiveInput file, Tail expected) throws IOException {
    byte[] bytes = bytes(file, expected.bytes());
    Tail found = tail(bytes);
    if (!found.equals(expected)) {
      throw new IOException(
          "%s: the file is damaged in its last %d bytes: expected SHA-256 %s, found %s; restore it from a copy"
              .formatted(path, expected.bytes(), expected.sha256(), found.sha256()));
    }
    return new Known(file, bytes);
  }

  private static Tail tail(byte[] bytes) {
    return new Tail(bytes.length, HexFormat.of().formatHex(NewFile.sha256().digest(bytes)));
  }

  private static byte[] bytes(ArchiveInput file, long count) throws IOException {
    byte[] tail = new byte[Math.toIntExact(count)];
    file.readFully(file.length() - count, tail, 0, tail.length);
    return tail;
  }

  /** A file whose last bytes are known. */
  private static final class Known implements ArchiveInput {
    private final ArchiveInput file;
    private final byte[] tail;
    private final long tailStart;

    Known(ArchiveInput file, byte[] tail) {
      this.file = file;
      this.tail = tail;
      this.tailStart = file.length() - tail.length;
    }

    @Override
    public long length() {
      return file.length();
    }

    @Override
    public int read(long position, byte[] target, int offset, int length) throws IOException {
      if (position < tailStart || position >= file.length()) {
        return file.read(position, target, offset, length);
      }
      int from = (int) (position - tailStart);
      int count = Math.min(length, tail.length - from);
      System.arraycopy(tail, from, target, offset, count);
      return count;
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
