package dev.historics.archive.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Files and directories that are on their way to the disk. A disk takes many at once in the time
 * that it takes for one; so nobody waits for a file until all must be there. Once the disk has
 * refused one, nothing is ever settled again: what it has lost since cannot be known. Safe for use
 * by many threads.
 */
final class PendingSyncs {
  private static final int THREADS = 16;
  private static final long IDLE_SECONDS = 2;
  private static final ThreadPoolExecutor POOL = pool();

  private final List<Future<?>> waiting = new ArrayList<>();
  private final Set<Path> directories = new LinkedHashSet<>();
  private IOException refusal;

  private static ThreadPoolExecutor pool() {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, "archive-sync");
              thread.setDaemon(true);
              return thread;
            });
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  /**
   * Begins to bring a written file to the disk.
   *
   * @param channel of the file; it is closed when that is done
   */
  synchronized void file(Path file, FileChannel channel) {
    directories.add(file.getParent());
    submit(
        () -> {
          try (channel) {
            channel.force(true);
          } catch (IOException e) {
            throw failed(file, e);
          }
        });
  }

  /** Something that the disk may refuse. */
  @FunctionalInterface
  private interface Sync {
    void run() throws IOException;
  }

  private synchronized void submit(Sync sync) {
    waiting.add(
        POOL.submit(
            () -> {
              try {
                sync.run();
              } catch (IOException e) {
                refuse(e);
              }
            }));
  }

  private synchronized void refuse(IOException cause) {
    refusal = cause;
  }

  /** Notes that a directory has a new entry. */
  synchronized void directory(Path directory) {
    directories.add(directory);
  }

  /**
   * Waits until everything noted so far is on the disk.
   *
   * @throws IOException if the disk refused something, now or ever before
   */
  void settle() throws IOException {
    List<Future<?>> waited;
    synchronized (this) {
      directories.forEach(directory -> submit(() -> syncNow(directory)));
      directories.clear();
      waited = List.copyOf(waiting);
    }
    for (Future<?> each : waited) {
      await(each);
    }
    synchronized (this) {
      waiting.removeIf(Future::isDone);
      if (refusal != null) {
        throw new IOException(refusal.getMessage(), refusal);
      }
    }
  }

  private static void await(Future<?> sync) throws IOException {
    try {
      sync.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("what the disk refuses is noted", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for the disk", e);
    }
  }

  /** Waits until a directory is on the disk, if it is still there. */
  static void syncNow(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (NoSuchFileException e) {
      // Somebody has removed it, and what was in it.
    } catch (IOException e) {
      throw failed(directory, e);
    }
  }

  /** The JDK does not say which file it was. */
  static IOException failed(Path file, IOException cause) {
    return new IOException("%s: cannot be written: %s".formatted(file, cause.getMessage()), cause);
  }
}
