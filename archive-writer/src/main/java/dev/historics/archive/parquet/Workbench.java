package dev.historics.archive.parquet;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the columns of a file need for a moment, one after the other, while a page is made. Owned by
 * one thread; closing gives back the memory outside the heap.
 */
final class Workbench implements AutoCloseable {
  /** The page that is being put together. */
  final PageBuffer page = new PageBuffer();

  final Deltas deltas = new Deltas();

  private final Map<Integer, ZstdCompressCtx> compressors = new TreeMap<>();
  private int[] ints = new int[64];
  private byte[] compressed = new byte[256];

  /** Room for some numbers, valid until it is next asked for. */
  int[] ints(int count) {
    if (ints.length < count) {
      ints = new int[PageBuffer.larger(ints.length, count)];
    }
    return ints;
  }

  /** The bytes of {@link #page}, compressed. */
  byte[] compressPage(int level) {
    return compress(page.array(), page.length(), level);
  }

  byte[] compress(byte[] bytes, int length, int level) {
    ZstdCompressCtx compressor =
        compressors.computeIfAbsent(level, l -> new ZstdCompressCtx().setLevel(l));
    int bound = Math.toIntExact(Zstd.compressBound(length));
    if (compressed.length < bound) {
      compressed = new byte[PageBuffer.larger(compressed.length, bound)];
    }
    int size = compressor.compressByteArray(compressed, 0, compressed.length, bytes, 0, length);
    return Arrays.copyOf(compressed, size);
  }

  @Override
  public void close() {
    compressors.values().forEach(ZstdCompressCtx::close);
    compressors.clear();
  }
}
