package dev.historics.archive.format;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * Makes blocks of a landing file small: zstd with a checksum. To make a compressor takes as long as
 * to use it, and there are many files at a time; so those that were used wait to be used again, as
 * many as there were ever threads that needed one at the same moment. Owned by one thread from
 * {@link #borrow} to {@link #giveBack}.
 */
final class BlockPacker {
  /** Landing files are soon rewritten: speed counts for more than size. */
  private static final int ZSTD_LEVEL = 1;

  private static final int BYTES_KEPT_MAX = 1 << 20;
  private static final Deque<BlockPacker> IDLE = new ConcurrentLinkedDeque<>();

  private final ZstdCompressCtx zstd = new ZstdCompressCtx().setLevel(ZSTD_LEVEL).setChecksum(true);
  private byte[] packed = new byte[0];

  private BlockPacker() {}

  static BlockPacker borrow() {
    BlockPacker idle = IDLE.pollFirst();
    return idle == null ? new BlockPacker() : idle;
  }

  /** Compresses bytes, and answers how many they are then; {@link #packed} holds them. */
  int pack(byte[] bytes, int length) {
    int bound = Math.toIntExact(Zstd.compressBound(length));
    if (packed.length < bound) {
      packed = new byte[bound];
    }
    return zstd.compressByteArray(packed, 0, packed.length, bytes, 0, length);
  }

  byte[] packed() {
    return packed;
  }

  void giveBack() {
    if (packed.length > BYTES_KEPT_MAX) {
      packed = new byte[0];
    }
    IDLE.addFirst(this);
  }
}
