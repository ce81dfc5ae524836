package dev.historics.archive.format;

import dev.historics.archive.Interaction;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/**
 * The rows of one block of a landing file, as Avro writes {@link LandingSchema}. Reusable after
 * {@link #reset}; owned by one thread.
 */
final class BlockRows {
  private byte[] block = new byte[0];
  private int at;
  private int end;

  /** Begins with the first {@code length} bytes of another block. */
  void reset(byte[] content, int length) {
    block = content;
    at = 0;
    end = length;
  }

  boolean isEnd() {
    return at == end;
  }

  /**
   * The next row.
   *
   * @throws IOException if there is none
   */
  Interaction next() throws IOException {
    int id = start("an id");
    String text = new String(block, id, at - id, StandardCharsets.UTF_8);
    Instant createdAt = Instant.ofEpochMilli(number());
    int raw = start("an interaction");
    if (text.isEmpty()) {
      throw new IOException("expected an id, found an empty one");
    }
    return new Interaction(text, createdAt, Arrays.copyOfRange(block, raw, at));
  }

  /** Passes over a length and so many bytes; answers where these start. */
  private int start(String what) throws IOException {
    long length = number();
    if (length < 0 || length > end - at) {
      throw new IOException(
          "expected %s of at most %d bytes, found one of %d".formatted(what, end - at, length));
    }
    int start = at;
    at += (int) length;
    return start;
  }

  private long number() throws IOException {
    long bits = 0;
    for (int shift = 0; shift < Long.SIZE && at < end; shift += 7) {
      byte next = block[at++];
      bits |= (next & 0x7FL) << shift;
      if (next >= 0) {
        return (bits >>> 1) ^ -(bits & 1);
      }
    }
    throw new IOException("expected a number, found the end of the block or one that is too long");
  }
}
