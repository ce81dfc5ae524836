package dev.historics.archive.hdfs;

import dev.historics.archive.files.ArchiveFiles;
import dev.historics.archive.files.ArchiveInput;
import dev.historics.archive.files.ArchiveOutput;
import dev.historics.archive.files.ArchivePaths;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.IOUtils;
import org.apache.hadoop.ipc.RemoteException;

/**
 * Files on HDFS. Publishing is {@code FileContext.rename} without OVERWRITE, which the name node
 * carries out in one step; on a file system whose rename is not atomic and exclusive (Hadoop's own
 * view of a local disk, object stores) two writers could still meet.
 */
public final class HadoopFiles implements ArchiveFiles {
  /** What a name node says of a file that somebody has started and not closed: it is there, too. */
  private static final Set<String> BEING_WRITTEN =
      Set.of(
          "org.apache.hadoop.hdfs.protocol.AlreadyBeingCreatedException",
          "org.apache.hadoop.hdfs.protocol.RecoveryInProgressException");

  private final Path root;
  private final FileSystem system;
  private final FileContext context;

  private HadoopFiles(Path root, FileSystem system, FileContext context) {
    this.root = root;
    this.system = system;
    this.context = context;
  }

  /** The files below {@code root}, with the settings found on the class path. */
  public static HadoopFiles at(URI root) throws IOException {
    return at(root, new Configuration());
  }

  /**
   * The files below {@code root}.
   *
   * @param settings Hadoop's; how to reach the name node
   */
  public static HadoopFiles at(URI root, Configuration settings) throws IOException {
    return new HadoopFiles(
        new Path(root),
        FileSystem.newInstance(root, settings),
        FileContext.getFileContext(root, settings));
  }

  @Override
  public URI root() {
    return root.toUri();
  }

  @Override
  public ArchiveOutput create(String path) throws IOException {
    try {
      return new HadoopOutput(system.create(resolve(path), false));
    } catch (FileAlreadyExistsException e) {
      throw exists(path, e);
    } catch (RemoteException e) {
      throw BEING_WRITTEN.contains(e.getClassName()) ? exists(path, e) : e;
    }
  }

  @Override
  public ArchiveInput open(String path) throws IOException {
    FileStatus status = status(path);
    return new HadoopInput(system.open(status.getPath()), status.getLen());
  }

  @Override
  public boolean publish(String from, String to) throws IOException {
    Path target = resolve(to);
    if (system.exists(target)) {
      return false;
    }
    system.mkdirs(target.getParent());
    try {
      context.rename(resolve(from), target, Options.Rename.NONE);
      requireMoved(from, target);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  /** Costs one question, and without an answer a storage that lies would lose a day. */
  private void requireMoved(String from, Path target) throws IOException {
    if (!system.exists(target)) {
      throw new IOException(
          "%s: the storage said that it had moved '%s' there, but there is no such file"
              .formatted(target, from));
    }
  }

  @Override
  public List<String> list(String directory) throws IOException {
    try {
      return Arrays.stream(system.listStatus(resolve(directory)))
          .map(status -> status.getPath().getName())
          .sorted()
          .toList();
    } catch (FileNotFoundException e) {
      return List.of();
    }
  }

  @Override
  public boolean exists(String path) throws IOException {
    return system.exists(resolve(path));
  }

  @Override
  public long length(String path) throws IOException {
    return status(path).getLen();
  }

  @Override
  public Instant modified(String path) throws IOException {
    return Instant.ofEpochMilli(status(path).getModificationTime());
  }

  @Override
  public void delete(String path) throws IOException {
    Path file = resolve(path);
    if (!system.delete(file, false) && system.exists(file)) {
      throw new IOException("%s: could not be deleted".formatted(file));
    }
  }

  @Override
  public void deleteTree(String directory) throws IOException {
    Path top = resolve(directory);
    if (!system.delete(top, true) && system.exists(top)) {
      throw new IOException("%s: could not be deleted".formatted(top));
    }
  }

  @Override
  public void close() throws IOException {
    system.close();
  }

  private Path resolve(String path) {
    return path.isEmpty() ? root : new Path(root, new Path(null, null, ArchivePaths.checked(path)));
  }

  private FileStatus status(String path) throws IOException {
    try {
      return system.getFileStatus(resolve(path));
    } catch (FileNotFoundException e) {
      NoSuchFileException missing = new NoSuchFileException(resolve(path).toString());
      missing.initCause(e);
      throw missing;
    }
  }

  private IOException exists(String path, IOException cause) {
    IOException exists = new java.nio.file.FileAlreadyExistsException(resolve(path).toString());
    exists.initCause(cause);
    return exists;
  }

  /**
   * A stream of HDFS that failed throws the very same exception at each later call, which a caller
   * could not add to the first one. So the first is the only one.
   */
  private static final class HadoopOutput extends ArchiveOutput {
    private final FSDataOutputStream out;
    private boolean failed;
    private boolean closed;

    HadoopOutput(FSDataOutputStream out) {
      this.out = out;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      try {
        out.write(bytes, offset, length);
      } catch (IOException e) {
        failed = true;
        throw e;
      }
    }

    @Override
    public void close() throws IOException {
      if (closed) {
        return;
      }
      closed = true;
      if (failed) {
        IOUtils.closeStream(out);
        return;
      }
      try {
        out.hsync();
      } catch (IOException e) {
        IOUtils.closeStream(out);
        throw e;
      }
      out.close();
    }
  }

  private static final class HadoopInput implements ArchiveInput {
    private final FSDataInputStream in;
    private final long length;

    HadoopInput(FSDataInputStream in, long length) {
      this.in = in;
      this.length = length;
    }

    @Override
    public long length() {
      return length;
    }

    @Override
    public int read(long position, byte[] target, int offset, int count) throws IOException {
      return in.read(position, target, offset, count);
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
