package dev.historics.archive.format;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * The blocks of a landing file: Avro's container format, of which only what a {@link LandingWriter}
 * writes is taken. Avro's own reader believes what it reads, and would parse any schema and unpack
 * any block, whatever that costs; here a schema is compared and not parsed, and nothing is larger
 * than the manifest allows. Owned by one thread.
 */
final class LandingBlocks implements Closeable {
  /** What an Avro file starts with. */
  static final byte[] MAGIC = {'O', 'b', 'j', 1};

  private static final int SYNC_BYTES = 16;
  private static final int KEY_BYTES_MAX = 64;
  private static final int VALUE_BYTES_MAX = 1 << 16;
  private static final int VARINT_BYTES_MAX = 10;
  private static final long ROOM_MIN = 1 << 18;
  private static final long ROOM_MAX = Integer.MAX_VALUE - 8;

  private final String path;
  private final InputStream in;
  private final long fileBytes;
  private final long unpackedMax;
  private final byte[] sync;
  private final ZstdDecompressCtx decompressor = new ZstdDecompressCtx();
  private byte[] unpacked = new byte[0];
  private int unpackedLength;
  private long offset;
  private long blockOffset;
  private long rows;

  /**
   * Reads the header.
   *
   * @param path for messages
   * @param fileBytes how long the file is
   * @param unpackedMax the most that one block may hold
   * @throws IOException if it is not the header of a landing file
   */
  LandingBlocks(String path, InputStream in, long fileBytes, long unpackedMax) throws IOException {
    this.path = path;
    this.in = in;
    this.fileBytes = fileBytes;
    this.unpackedMax = unpackedMax;
    if (!Arrays.equals(bytes(MAGIC.length), MAGIC)) {
      throw damaged(0, "it does not start as an Avro file does");
    }
    Map<String, String> header = header();
    require(header, "avro.codec", "zstandard");
    require(header, "avro.schema", LandingSchema.TEXT);
    this.sync = bytes(SYNC_BYTES);
  }

  private Map<String, String> header() throws IOException {
    Map<String, String> header = new TreeMap<>();
    for (long count = number(); count != 0; count = number()) {
      if (count < 0 || header.size() + count > KEY_BYTES_MAX) {
        throw damaged(offset, "expected a few entries in the header, found %d".formatted(count));
      }
      for (long i = 0; i < count; i++) {
        String key = text(KEY_BYTES_MAX);
        header.put(key, text(VALUE_BYTES_MAX));
      }
    }
    return header;
  }

  private String text(int bytesMax) throws IOException {
    long length = number();
    if (length < 0 || length > bytesMax) {
      throw damaged(
          offset,
          "expected at most %d bytes in an entry of the header, found %d"
              .formatted(bytesMax, length));
    }
    return new String(bytes((int) length), StandardCharsets.UTF_8);
  }

  private void require(Map<String, String> header, String key, String expected) throws IOException {
    String found = header.getOrDefault(key, "");
    if (!found.equals(expected)) {
      throw damaged(
          0,
          "expected %s %s, found %s"
              .formatted(key, expected, found.substring(0, Math.min(80, found.length()))));
    }
  }

  /** How many rows the block has that {@link #next} found. */
  long rows() {
    return rows;
  }

  /** What the block holds, unpacked, in its first {@link #contentLength} bytes; not to be kept. */
  byte[] content() {
    return unpacked;
  }

  int contentLength() {
    return unpackedLength;
  }

  /**
   * Reads the next block whole, with its checksum and the marker behind it.
   *
   * @return false at the end of the file
   * @throws IOException if the file is cut or damaged there; the message says where
   */
  boolean next() throws IOException {
    if (offset == fileBytes) {
      return false;
    }
    blockOffset = offset;
    rows = number();
    long length = number();
    if (rows < 0 || length < 0 || length > fileBytes - offset - SYNC_BYTES) {
      throw damaged(
          blockOffset,
          "expected a block within the file, found one of %d rows in %d bytes"
              .formatted(rows, length));
    }
    unpack(bytes((int) Math.min(length, Integer.MAX_VALUE - 8)));
    if (!Arrays.equals(bytes(SYNC_BYTES), sync)) {
      throw damaged(blockOffset, "expected the file's marker behind the block, found other bytes");
    }
    return true;
  }

  /** Unpacks into whatever room there was for the blocks before, and into more if that is short. */
  private void unpack(byte[] packed) throws IOException {
    int roomMax = (int) Math.min(unpackedMax, ROOM_MAX);
    try {
      while (!unpacksTo(unpacked, packed)) {
        if (unpacked.length == roomMax) {
          throw new IOException(
              "expected at most %d bytes, and it unpacks to more".formatted(unpackedMax));
        }
        unpacked = new byte[(int) Math.min(roomMax, Math.max(ROOM_MIN, 4L * unpacked.length))];
      }
    } catch (IOException | ZstdException e) {
      throw damaged(blockOffset, "the block cannot be unpacked: " + e.getMessage());
    }
  }

  /** False if there is too little room. */
  private boolean unpacksTo(byte[] room, byte[] packed) {
    try {
      unpackedLength =
          decompressor.decompressByteArray(room, 0, room.length, packed, 0, packed.length);
      return true;
    } catch (ZstdException e) {
      if (e.getErrorCode() == Zstd.errDstSizeTooSmall()) {
        return false;
      }
      throw e;
    }
  }

  /** A number as Avro writes it: seven bits a byte, the sign in the lowest one. */
  private long number() throws IOException {
    long bits = 0;
    for (int i = 0; i < VARINT_BYTES_MAX; i++) {
      int next = bytes(1)[0];
      bits |= (next & 0x7FL) << (7 * i);
      if (next >= 0) {
        return (bits >>> 1) ^ -(bits & 1);
      }
    }
    throw damaged(offset, "expected a number of at most %d bytes".formatted(VARINT_BYTES_MAX));
  }

  private byte[] bytes(int count) throws IOException {
    byte[] bytes = in.readNBytes(count);
    offset += bytes.length;
    if (bytes.length < count) {
      throw damaged(offset, "the file ends there, %d bytes early".formatted(count - bytes.length));
    }
    return bytes;
  }

  /** What is wrong in the block read last. */
  IOException damagedBlock(String problem) {
    return damaged(blockOffset, problem);
  }

  private IOException damaged(long at, String problem) {
    return new IOException("%s: cut or damaged at byte %d: %s".formatted(path, at, problem));
  }

  @Override
  public void close() throws IOException {
    decompressor.close();
    in.close();
  }
}
