package dev.historics.schedule.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * A lock that one process has at a time; the kernel takes it back when the process dies.
 *
 * <p>Closing any channel to a file gives up all of a process's locks on it, so within this process
 * the paths held are also kept in a set, and no second channel to them is opened.
 */
final class FileLock implements AutoCloseable {
  private static final Set<Path> HELD = new HashSet<>();

  private final Path path;
  private final FileChannel channel;

  private FileLock(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /** The lock, unless somebody has it. */
  static Optional<FileLock> tryTake(Path file) throws IOException {
    Path path = file.toAbsolutePath().normalize();
    synchronized (HELD) {
      if (HELD.contains(path)) {
        return Optional.empty();
      }
      FileChannel channel = open(path);
      if (channel.tryLock() == null) {
        channel.close();
        return Optional.empty();
      }
      HELD.add(path);
      return Optional.of(new FileLock(path, channel));
    }
  }

  /** Waits until nobody else has the lock. */
  static FileLock take(Path file) throws IOException {
    Path path = file.toAbsolutePath().normalize();
    synchronized (HELD) {
      while (HELD.contains(path)) {
        try {
          HELD.wait();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new IOException("interrupted while waiting for " + path, e);
        }
      }
      HELD.add(path);
    }
    try {
      FileChannel channel = open(path);
      channel.lock();
      return new FileLock(path, channel);
    } catch (IOException | RuntimeException e) {
      release(path);
      throw e;
    }
  }

  private static FileChannel open(Path path) throws IOException {
    return FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  private static void release(Path path) {
    synchronized (HELD) {
      HELD.remove(path);
      HELD.notifyAll();
    }
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      release(path);
    }
  }
}
