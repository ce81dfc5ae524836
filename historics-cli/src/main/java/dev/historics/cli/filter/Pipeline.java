package dev.historics.cli.filter;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Sifts blocks on some threads at once and hands over what came out in the order in which the
 * blocks went in. Holds a few blocks at most. Used by one thread.
 */
final class Pipeline implements Closeable {
  private final ExecutorService threads;
  private final BlockingQueue<Sieve> idle = new LinkedBlockingQueue<>();
  private final Deque<Running> running = new ArrayDeque<>();
  private final int runningMax;
  private final Receiver receiver;
  private boolean enough;

  /** Takes what came out of blocks, one after the other, on the thread that uses the pipeline. */
  @FunctionalInterface
  interface Receiver {
    /**
     * Takes one.
     *
     * @param source where the block is from
     * @return false when no more is wanted
     */
    boolean take(BlockReader source, Block block, Sifted sifted) throws IOException;
  }

  /** A block that is being sifted, and what to do with it when it was handed over. */
  private record Running(Block block, Future<Sifted> sifted, BlockReader source) {}

  Pipeline(Supplier<Sieve> sieves, int threadCount, Receiver receiver) {
    this.threads =
        Executors.newFixedThreadPool(
            threadCount,
            work -> {
              Thread thread = new Thread(work, "historics-filter");
              thread.setDaemon(true);
              return thread;
            });
    for (int i = 0; i < threadCount; i++) {
      idle.add(sieves.get());
    }
    this.runningMax = threadCount + 1;
    this.receiver = receiver;
  }

  /** Whether the receiver wants no more. */
  boolean isEnough() {
    return enough;
  }

  /** Sifts a block; first hands over others, if there are as many as may be. */
  void submit(BlockReader source, Block block) throws IOException {
    while (running.size() >= runningMax) {
      handOver();
    }
    if (!enough) {
      running.add(new Running(block, threads.submit(() -> sift(block)), source));
    }
  }

  private Sifted sift(Block block) throws InterruptedException {
    Sieve sieve = idle.take();
    try {
      return sieve.sift(block);
    } finally {
      idle.add(sieve);
    }
  }

  /** Hands over what is running, as long as there is nothing better to do. */
  void handOverUntil(BooleanSupplier isReady) throws IOException {
    while (!running.isEmpty() && !isReady.getAsBoolean()) {
      handOver();
    }
  }

  private void handOver() throws IOException {
    Running oldest = running.remove();
    Sifted sifted = result(oldest.sifted());
    if (!enough) {
      enough = !receiver.take(oldest.source(), oldest.block(), sifted);
    }
    oldest.source().reuse(oldest.block());
  }

  private static Sifted result(Future<Sifted> sifted) throws IOException {
    try {
      return sifted.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      InterruptedIOException interrupted =
          new InterruptedIOException("interrupted while filtering");
      interrupted.initCause(e);
      throw interrupted;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException("a rule failed on the data", e.getCause());
    }
  }

  /** Gives up what is running. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
