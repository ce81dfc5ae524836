package dev.historics.archive.testing;

import dev.historics.archive.testing.Faults.Effect;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FilterFileSystem;
import org.apache.hadoop.fs.FsServerDefaults;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.Syncable;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * A Hadoop file system that fails or lies as its {@link Faults} say, over another one: {@code
 * faulty://NAME/path}. Nothing that was not synced survives a loss of power. Owned by one thread.
 */
public final class FaultyFileSystem extends FilterFileSystem {
  static final String SCHEME = "faulty";

  /** Hadoop wants one where there is a host. */
  static final int PORT = 1;

  private static final Map<String, Storage> STORAGES = new ConcurrentHashMap<>();

  private Storage storage;
  private URI uri;

  /** A storage with faults, known under a name. */
  private record Storage(URI target, Faults faults, Map<String, Long> unsynced) {}

  /**
   * Settings under which {@code faulty://NAME/} is the file system {@code target} with faults.
   *
   * @param target such as {@code file:///} or {@code hdfs://host:port/}
   * @param name of a host, as it were: letters, digits and hyphens
   * @param settings the target's
   */
  public static Configuration over(URI target, Faults faults, String name, Configuration settings) {
    STORAGES.put(name, new Storage(target, faults, new TreeMap<>()));
    Configuration all = new Configuration(settings);
    all.setClass("fs.faulty.impl", FaultyFileSystem.class, FileSystem.class);
    all.setClass(
        "fs.AbstractFileSystem.faulty.impl",
        FaultyContext.class,
        org.apache.hadoop.fs.AbstractFileSystem.class);
    return all;
  }

  /** A place in a storage of this name. */
  public static URI at(String name, String path) {
    return URI.create(SCHEME + "://" + name + path);
  }

  @Override
  public void initialize(URI name, Configuration conf) throws IOException {
    storage = STORAGES.get(name.getAuthority());
    if (storage == null) {
      throw new IOException(name + ": expected the name of a storage with faults");
    }
    fs = withoutChecksums(FileSystem.newInstance(storage.target(), conf));
    try {
      uri = new URI(SCHEME, name.getAuthority(), "/", null, null);
    } catch (URISyntaxException e) {
      throw new IOException(name + ": not a name", e);
    }
    setConf(conf);
  }

  /** Without Hadoop's checksum files beside the files of a local disk. */
  private static FileSystem withoutChecksums(FileSystem system) {
    return system instanceof LocalFileSystem local ? local.getRaw() : system;
  }

  @Override
  public URI getUri() {
    return uri;
  }

  @Override
  public String getScheme() {
    return SCHEME;
  }

  @Override
  protected int getDefaultPort() {
    return PORT;
  }

  @Override
  protected void checkPath(Path path) {
    // Everything that has a path is below the root.
  }

  @Override
  public Path getWorkingDirectory() {
    return new Path(uri.toString());
  }

  @Override
  public Path getHomeDirectory() {
    return new Path(uri.toString());
  }

  @Override
  public Path makeQualified(Path path) {
    return path.makeQualified(uri, getWorkingDirectory());
  }

  @Override
  public FsServerDefaults getServerDefaults(Path path) throws IOException {
    return fs.getServerDefaults(inner(path));
  }

  private Path inner(Path path) {
    return new Path(storage.target().resolve("/").toString(), path.toUri().getPath());
  }

  private FileStatus outer(FileStatus status) {
    status.setPath(makeQualified(new Path(status.getPath().toUri().getPath())));
    return status;
  }

  private <T> T run(Effect effect, String verb, Path path, Faults.Operation<T> operation)
      throws IOException {
    return storage.faults().run(effect, verb + " " + path.toUri().getPath(), operation);
  }

  @Override
  public FSDataOutputStream create(
      Path path,
      FsPermission permission,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    FSDataOutputStream out =
        run(
            Effect.NEEDS_ROOM,
            "create",
            path,
            () -> {
              // With a permission, Hadoop would start a process for each file on a local disk.
              FSDataOutputStream made =
                  fs.create(
                      inner(path), null, overwrite, bufferSize, replication, blockSize, progress);
              storage.unsynced().put(path.toUri().getPath(), 0L);
              return made;
            });
    return new FSDataOutputStream(new FaultyOutput(path, out), null);
  }

  @Override
  public FSDataInputStream open(Path path, int bufferSize) throws IOException {
    FSDataInputStream in = run(Effect.READS, "open", path, () -> fs.open(inner(path), bufferSize));
    return new FSDataInputStream(new FaultyInput(storage.faults(), path, in));
  }

  @Override
  public FileStatus getFileStatus(Path path) throws IOException {
    return outer(run(Effect.LOOKS, "status", path, () -> fs.getFileStatus(inner(path))));
  }

  @Override
  public FileStatus getFileLinkStatus(Path path) throws IOException {
    return getFileStatus(path);
  }

  @Override
  public FileStatus[] listStatus(Path path) throws IOException {
    FileStatus[] all = run(Effect.LOOKS, "list", path, () -> fs.listStatus(inner(path)));
    return Arrays.stream(all).map(this::outer).toArray(FileStatus[]::new);
  }

  @Override
  public boolean mkdirs(Path path, FsPermission permission) throws IOException {
    return run(Effect.CHANGES, "mkdirs", path, () -> fs.mkdirs(inner(path)));
  }

  @Override
  public boolean mkdirs(Path path) throws IOException {
    return mkdirs(path, FsPermission.getDirDefault());
  }

  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    return run(Effect.CHANGES, "delete", path, () -> fs.delete(inner(path), recursive));
  }

  @Override
  protected void rename(Path from, Path to, Options.Rename... options) throws IOException {
    boolean isLie = storage.faults().isNext(Faults.Kind.RENAME_LIES);
    run(
        Effect.RENAMES,
        "rename " + from.toUri().getPath() + " to",
        to,
        () -> {
          if (!isLie) {
            move(inner(from), inner(to), options);
            moveUnsynced(from.toUri().getPath(), to.toUri().getPath());
          }
          return true;
        });
  }

  private void move(Path from, Path to, Options.Rename... options) throws IOException {
    if (!from.toUri().getScheme().equals("file")) {
      FileContext.getFileContext(storage.target(), getConf()).rename(from, to, options);
    } else if (fs.exists(to) || !fs.rename(from, to)) {
      throw new FileAlreadyExistsException(to.toString());
    }
  }

  private void moveUnsynced(String from, String to) {
    Long length = storage.unsynced().remove(from);
    if (length != null) {
      storage.unsynced().put(to, length);
    }
  }

  /**
   * What a loss of power leaves: of each file only what was synced. To be called when the process
   * that wrote is gone.
   */
  public static void losePower(String name, Configuration settings) throws IOException {
    Storage storage = STORAGES.remove(name);
    if (storage == null || !storage.faults().isOver()) {
      return;
    }
    try (FileSystem target = withoutChecksums(FileSystem.newInstance(storage.target(), settings))) {
      for (Map.Entry<String, Long> file : storage.unsynced().entrySet()) {
        truncate(target, new Path(storage.target().resolve("/").toString(), file.getKey()), file);
      }
    }
  }

  private static void truncate(FileSystem target, Path path, Map.Entry<String, Long> file)
      throws IOException {
    byte[] kept;
    try (FSDataInputStream in = target.open(path)) {
      kept = in.readNBytes(Math.toIntExact(file.getValue()));
    } catch (FileNotFoundException e) {
      return;
    }
    try (OutputStream out = target.create(path, true)) {
      out.write(kept);
    }
  }

  /** A file being written: what was not synced is remembered as lost if the power goes. */
  private final class FaultyOutput extends OutputStream implements Syncable {
    private final Path path;
    private final FSDataOutputStream out;
    private long written;

    FaultyOutput(Path path, FSDataOutputStream out) {
      this.path = path;
      this.out = out;
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (storage.faults().isNext(Faults.Kind.TORN)) {
        out.write(bytes, offset, length / 2);
      }
      run(
          Effect.NEEDS_ROOM,
          "write " + length,
          path,
          () -> {
            out.write(bytes, offset, length);
            written += length;
            return true;
          });
    }

    @Override
    public void hflush() throws IOException {
      run(
          Effect.NEEDS_ROOM,
          "hflush",
          path,
          () -> {
            out.hflush();
            return true;
          });
    }

    @Override
    public void hsync() throws IOException {
      run(
          Effect.NEEDS_ROOM,
          "hsync",
          path,
          () -> {
            out.hsync();
            storage.unsynced().computeIfPresent(path.toUri().getPath(), (name, was) -> written);
            return true;
          });
    }

    @Override
    public void close() throws IOException {
      if (storage.faults().isOver()) {
        // The process is gone, and only the handle is left to give back.
        out.close();
        return;
      }
      run(
          Effect.CHANGES,
          "close",
          path,
          () -> {
            out.close();
            return true;
          });
    }
  }
}
