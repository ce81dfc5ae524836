package dev.historics.archive.intake;

import com.github.luben.zstd.ZstdInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.zip.GZIPInputStream;

/** What an input holds once it is unpacked: its first bytes tell whether it is gzip or zstd. */
final class PlainStream {
  private static final int BUFFER_BYTES = 1 << 16;

  private PlainStream() {}

  /** The bytes of {@code stored} in plain; closing it is up to who opened that one. */
  static InputStream of(InputStream stored) throws IOException {
    PushbackInputStream in = new PushbackInputStream(stored, 4);
    byte[] magic = in.readNBytes(4);
    in.unread(magic);
    if (magic.length >= 2 && magic[0] == 0x1f && magic[1] == (byte) 0x8b) {
      return new GZIPInputStream(new Continuing(in), BUFFER_BYTES);
    }
    if (magic.length == 4
        && magic[0] == 0x28
        && magic[1] == (byte) 0xb5
        && magic[2] == 0x2f
        && magic[3] == (byte) 0xfd) {
      return new ZstdInputStream(in);
    }
    return in;
  }

  /**
   * A stream that says truthfully whether it goes on: {@link GZIPInputStream} asks {@link
   * #available} whether another member follows, and a pipe may answer 0 before its end.
   */
  private static final class Continuing extends FilterInputStream {
    private final PushbackInputStream pushback;

    Continuing(PushbackInputStream pushback) {
      super(pushback);
      this.pushback = pushback;
    }

    @Override
    public int available() throws IOException {
      int next = pushback.read();
      if (next < 0) {
        return 0;
      }
      pushback.unread(next);
      return 1;
    }
  }
}
