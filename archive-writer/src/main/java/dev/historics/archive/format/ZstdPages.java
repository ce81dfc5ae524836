package dev.historics.archive.format;

import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * The only codec of sealed files, without the detour over Hadoop's codecs and their settings. Owned
 * by one thread.
 */
final class ZstdPages implements CompressionCodecFactory {
  private static final int LEVEL = 3;

  private ZstdCompressCtx compressor;
  private ZstdDecompressCtx decompressor;

  @Override
  public BytesInputCompressor getCompressor(CompressionCodecName codec) {
    requireZstd(codec);
    if (compressor == null) {
      compressor = new ZstdCompressCtx().setLevel(LEVEL);
    }
    return new Compressor();
  }

  @Override
  public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
    requireZstd(codec);
    if (decompressor == null) {
      decompressor = new ZstdDecompressCtx();
    }
    return new Decompressor();
  }

  private static void requireZstd(CompressionCodecName codec) {
    if (codec != CompressionCodecName.ZSTD) {
      throw new IllegalArgumentException("sealed files are ZSTD, found " + codec);
    }
  }

  private static byte[] array(BytesInput input) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(Math.toIntExact(input.size()));
    input.writeAllTo(bytes);
    return bytes.toByteArray();
  }

  @Override
  public void release() {
    if (compressor != null) {
      compressor.close();
      compressor = null;
    }
    if (decompressor != null) {
      decompressor.close();
      decompressor = null;
    }
  }

  private final class Compressor implements BytesInputCompressor {
    @Override
    public BytesInput compress(BytesInput bytes) throws IOException {
      return BytesInput.from(compressor.compress(array(bytes)));
    }

    @Override
    public CompressionCodecName getCodecName() {
      return CompressionCodecName.ZSTD;
    }

    @Override
    public void release() {
      // The factory holds the memory.
    }
  }

  private final class Decompressor implements BytesInputDecompressor {
    @Override
    public BytesInput decompress(BytesInput bytes, int length) throws IOException {
      return BytesInput.from(decompress(array(bytes), length));
    }

    @Override
    public void decompress(ByteBuffer input, int inputLength, ByteBuffer output, int length)
        throws IOException {
      byte[] compressed = new byte[inputLength];
      input.get(compressed);
      output.put(decompress(compressed, length));
    }

    private byte[] decompress(byte[] compressed, int length) throws IOException {
      byte[] plain = decompressor.decompress(compressed, length);
      if (plain.length != length) {
        throw new IOException(
            "a page should hold %d bytes, found %d".formatted(length, plain.length));
      }
      return plain;
    }

    @Override
    public void release() {
      // The factory holds the memory.
    }
  }
}
