package dev.historics.archive.testing;

import dev.historics.archive.files.ArchiveFiles;
import dev.historics.archive.files.ArchiveInput;
import dev.historics.archive.files.ArchiveOutput;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;

/**
 * Files whose n-th operation fails; all operations are counted, those on open files too. After it,
 * everything works again, unless the storage is to stay broken.
 */
public final class FaultyFiles implements ArchiveFiles {
  /** What happens at the n-th operation. */
  public enum Fault {
    /** It is not done, and reported as failed. */
    FAILS,
    /** It is done, and reported as failed. */
    ANSWER_LOST,
    /** It is done and reported as failed; the one after it is not done, and reported as failed. */
    ANSWER_LOST_THEN_FAILS,
    /** Half of the bytes are written, and it is reported as failed. */
    TORN,
    /** It and everything after it fails: the process might as well be dead. */
    DEAD,
    /** It is done, but that and everything after it is reported as failed. */
    DEAD_AFTER;

    private boolean isReported(int distance) {
      return switch (this) {
        case FAILS, ANSWER_LOST, TORN -> distance == 0;
        case ANSWER_LOST_THEN_FAILS -> distance == 0 || distance == 1;
        case DEAD, DEAD_AFTER -> distance >= 0;
      };
    }

    private boolean isDone(int distance) {
      return switch (this) {
        case FAILS, TORN, DEAD -> false;
        case ANSWER_LOST, ANSWER_LOST_THEN_FAILS, DEAD_AFTER -> distance == 0;
      };
    }
  }

  private final ArchiveFiles files;
  private final Fault fault;
  private final int at;
  private int count;

  public FaultyFiles(ArchiveFiles files, Fault fault, int at) {
    this.files = files;
    this.fault = fault;
    this.at = at;
  }

  /** Operations so far. */
  public int count() {
    return count;
  }

  private interface Operation<T> {
    T run() throws IOException;
  }

  private <T> T run(String what, Operation<T> operation) throws IOException {
    int distance = ++count - at;
    if (!fault.isReported(distance)) {
      return operation.run();
    }
    if (fault.isDone(distance)) {
      close(operation.run());
    }
    throw new IOException("made to fail: operation %d, %s".formatted(count, what));
  }

  private static void close(Object result) throws IOException {
    if (result instanceof AutoCloseable open) {
      try {
        open.close();
      } catch (IOException e) {
        throw e;
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Override
  public URI root() {
    return files.root();
  }

  @Override
  public ArchiveOutput create(String path) throws IOException {
    ArchiveOutput out = run("create " + path, () -> files.create(path));
    return new ArchiveOutput() {
      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        if (fault == Fault.TORN && count + 1 == at) {
          out.write(bytes, offset, length / 2);
        }
        run(
            "write " + path,
            () -> {
              out.write(bytes, offset, length);
              return true;
            });
      }

      @Override
      public void close() throws IOException {
        run(
            "close " + path,
            () -> {
              out.close();
              return true;
            });
      }
    };
  }

  @Override
  public ArchiveInput open(String path) throws IOException {
    ArchiveInput in = run("open " + path, () -> files.open(path));
    return new ArchiveInput() {
      @Override
      public long length() {
        return in.length();
      }

      @Override
      public int read(long position, byte[] target, int offset, int length) throws IOException {
        return run("read " + path, () -> in.read(position, target, offset, length));
      }

      @Override
      public void close() throws IOException {
        in.close();
      }
    };
  }

  @Override
  public boolean publish(String from, String to) throws IOException {
    return run("publish " + to, () -> files.publish(from, to));
  }

  @Override
  public List<String> list(String directory) throws IOException {
    return run("list " + directory, () -> files.list(directory));
  }

  @Override
  public boolean exists(String path) throws IOException {
    return run("exists " + path, () -> files.exists(path));
  }

  @Override
  public long length(String path) throws IOException {
    return run("length " + path, () -> files.length(path));
  }

  @Override
  public Instant modified(String path) throws IOException {
    return run("modified " + path, () -> files.modified(path));
  }

  @Override
  public void delete(String path) throws IOException {
    run(
        "delete " + path,
        () -> {
          files.delete(path);
          return true;
        });
  }

  @Override
  public void deleteTree(String directory) throws IOException {
    run(
        "deleteTree " + directory,
        () -> {
          files.deleteTree(directory);
          return true;
        });
  }

  @Override
  public void close() throws IOException {
    files.close();
  }
}
