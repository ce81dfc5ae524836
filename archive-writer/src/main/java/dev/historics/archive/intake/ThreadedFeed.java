package dev.historics.archive.intake;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Reads on one thread and maps on others, a few blocks ahead of who asks. Blocks come out in the
 * order in which they were read, whichever was mapped first.
 */
final class ThreadedFeed implements Feed {
  private static final Block<Outcome> NOTHING =
      new Block<>(-1, "", List.of(), 0, 0, Block.Marks.NONE, null);

  private final InputBlocks blocks;
  private final ExecutorService mappers;
  private final BlockingQueue<Mapping> idle;
  private final Thread reader;
  private final int aheadMax;

  /** Guards everything below. */
  private final Object lock = new Object();

  private final Queue<Future<Block<Outcome>>> ahead = new ArrayDeque<>();
  private boolean isOver;
  private boolean isRung;
  private Throwable failure;

  /**
   * Starts to read.
   *
   * @param mapping makes one for each thread
   */
  ThreadedFeed(InputBlocks blocks, Supplier<Mapping> mapping, int threads) {
    this.blocks = blocks;
    this.idle = new LinkedBlockingQueue<>();
    for (int i = 0; i < threads; i++) {
      idle.add(mapping.get());
    }
    this.mappers = Executors.newFixedThreadPool(threads, ThreadedFeed::daemon);
    this.aheadMax = 2 * threads + 2;
    this.reader = daemon(this::read);
    reader.start();
  }

  /** A reader at a pipe may wait for ever, and must not keep the process from ending. */
  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "historics-import");
    thread.setDaemon(true);
    return thread;
  }

  private void read() {
    try (blocks) {
      Optional<Block<InputRecord>> block = blocks.next();
      while (block.isPresent() && offer(block.get())) {
        block = blocks.next();
      }
      end(null);
    } catch (IOException | RuntimeException | Error e) {
      end(e);
    }
  }

  /** Whether more is wanted. */
  private boolean offer(Block<InputRecord> block) throws InterruptedIOException {
    synchronized (lock) {
      await(() -> ahead.size() < aheadMax || isOver);
      if (isOver) {
        return false;
      }
      ahead.add(mappers.submit(() -> map(block)));
      lock.notifyAll();
      return true;
    }
  }

  private Block<Outcome> map(Block<InputRecord> block) throws InterruptedException {
    Mapping mapping = idle.take();
    try {
      return mapping.map(block);
    } finally {
      idle.add(mapping);
    }
  }

  private void end(Throwable cause) {
    synchronized (lock) {
      isOver = true;
      failure = cause;
      lock.notifyAll();
    }
  }

  /** Makes {@link #next} return soon, whatever there is; any thread may call it. */
  void ring() {
    synchronized (lock) {
      isRung = true;
      lock.notifyAll();
    }
  }

  @Override
  public Optional<Block<Outcome>> next() throws IOException {
    Future<Block<Outcome>> next;
    synchronized (lock) {
      await(() -> !ahead.isEmpty() || isOver || isRung);
      isRung = false;
      next = ahead.poll();
      lock.notifyAll();
      if (next == null) {
        return isOver ? ended() : Optional.of(NOTHING);
      }
    }
    return Optional.of(result(next));
  }

  private Optional<Block<Outcome>> ended() throws IOException {
    if (failure != null) {
      throw failed(failure);
    }
    return Optional.empty();
  }

  private static Block<Outcome> result(Future<Block<Outcome>> mapped) throws IOException {
    try {
      return mapped.get();
    } catch (InterruptedException e) {
      throw interrupted(e);
    } catch (ExecutionException e) {
      throw failed(e.getCause());
    }
  }

  private static IOException failed(Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    if (cause instanceof IOException io) {
      return new IOException(io.getMessage(), io);
    }
    throw new IllegalStateException("a thread of the import failed: " + cause.getMessage(), cause);
  }

  private void await(BooleanSupplier condition) throws InterruptedIOException {
    try {
      while (!condition.getAsBoolean()) {
        lock.wait();
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static InterruptedIOException interrupted(InterruptedException cause) {
    Thread.currentThread().interrupt();
    InterruptedIOException interrupted = new InterruptedIOException("interrupted while importing");
    interrupted.initCause(cause);
    return interrupted;
  }

  @Override
  public boolean isCutShort() {
    return blocks.isCutShort();
  }

  /** Ends the threads; the reader closes its input when it no longer waits there. */
  @Override
  public void close() {
    synchronized (lock) {
      isOver = true;
      lock.notifyAll();
    }
    reader.interrupt();
    mappers.shutdownNow();
  }
}
