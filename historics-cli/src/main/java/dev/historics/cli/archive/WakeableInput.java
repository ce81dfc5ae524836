package dev.historics.cli.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.function.BooleanSupplier;

/**
 * A stream whose reader can be woken while it waits for bytes that may never come, as Ctrl-C must
 * while an import waits at a pipe. A thread of its own reads ahead by one buffer.
 */
final class WakeableInput extends InputStream {
  private static final int BUFFER_BYTES = 1 << 16;

  private final InputStream in;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private Thread feeder;
  private int next;
  private int end;
  private boolean over;
  private IOException failure;

  WakeableInput(InputStream in) {
    this.in = in;
  }

  /** Puts the stream at its end, for a reader that waits as for one that comes later. */
  synchronized void wake() {
    over = true;
    next = end;
    notifyAll();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public synchronized int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (feeder == null) {
      feeder = new Thread(this::feed, "historics-stdin");
      feeder.setDaemon(true);
      feeder.start();
    }
    await(() -> next < end || over);
    if (next < end) {
      int count = Math.min(length, end - next);
      System.arraycopy(buffer, next, bytes, offset, count);
      next += count;
      notifyAll();
      return count;
    }
    if (failure != null) {
      throw new IOException(failure.getMessage(), failure);
    }
    return -1;
  }

  /** Bytes come after those that were taken, so that the end is met only after all of them. */
  private void feed() {
    byte[] fresh = new byte[BUFFER_BYTES];
    try {
      int count = in.read(fresh);
      while (count >= 0 && offer(fresh, count)) {
        count = in.read(fresh);
      }
    } catch (IOException e) {
      failed(e);
    }
    end();
  }

  /** Whether more is wanted. */
  private synchronized boolean offer(byte[] fresh, int count) throws IOException {
    await(() -> next == end || over);
    if (over) {
      return false;
    }
    System.arraycopy(fresh, 0, buffer, 0, count);
    next = 0;
    end = count;
    notifyAll();
    return true;
  }

  private synchronized void failed(IOException e) {
    failure = e;
  }

  private synchronized void end() {
    over = true;
    notifyAll();
  }

  private synchronized void await(BooleanSupplier condition) throws IOException {
    try {
      while (!condition.getAsBoolean()) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      InterruptedIOException interrupted = new InterruptedIOException("interrupted while reading");
      interrupted.initCause(e);
      throw interrupted;
    }
  }
}
