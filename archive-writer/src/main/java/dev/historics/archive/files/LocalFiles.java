package dev.historics.archive.files;

import dev.historics.archive.kill.KillPoint;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Files on a local disk, which must have hard links: a link is the only exclusive move there. */
public final class LocalFiles implements ArchiveFiles {
  private final Path root;
  private final PendingSyncs syncs;

  public LocalFiles(Path root) {
    this(root, new PendingSyncs());
  }

  LocalFiles(Path root, PendingSyncs syncs) {
    this.root = root.toAbsolutePath().normalize();
    this.syncs = syncs;
  }

  @Override
  public URI root() {
    return root.toUri();
  }

  @Override
  public ArchiveOutput create(String path) throws IOException {
    Path file = resolve(path);
    makeDirectories(file.getParent());
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
    return new LocalOutput(file, channel, syncs);
  }

  @Override
  public ArchiveInput open(String path) throws IOException {
    FileChannel channel = FileChannel.open(resolve(path), StandardOpenOption.READ);
    try {
      return new LocalInput(channel, channel.size());
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public boolean publish(String from, String to) throws IOException {
    Path source = resolve(from);
    Path target = resolve(to);
    makeDirectories(target.getParent());
    syncs.settle();
    boolean published = link(source, target);
    PendingSyncs.syncNow(target.getParent());
    if (published) {
      KillPoint.FILE_AFTER_LINK.reached();
      Files.deleteIfExists(source);
    }
    return published;
  }

  private static boolean link(Path source, Path target) throws IOException {
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    try {
      Files.createLink(target, source);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (UnsupportedOperationException e) {
      throw new IOException(
          "%s: this file system has no hard links, which the archive needs to publish safely"
              .formatted(target.getParent()),
          e);
    }
  }

  @Override
  public List<String> list(String directory) throws IOException {
    try (Stream<Path> entries = Files.list(resolve(directory))) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (NotDirectoryException e) {
      throw new IOException("%s: expected a directory, found a file".formatted(e.getFile()), e);
    }
  }

  @Override
  public boolean exists(String path) {
    return Files.exists(resolve(path));
  }

  @Override
  public long length(String path) throws IOException {
    return Files.size(resolve(path));
  }

  @Override
  public Instant modified(String path) throws IOException {
    return Files.getLastModifiedTime(resolve(path)).toInstant();
  }

  @Override
  public void delete(String path) throws IOException {
    Files.deleteIfExists(resolve(path));
  }

  @Override
  public void deleteTree(String directory) throws IOException {
    Path top = resolve(directory);
    if (!Files.exists(top, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (Stream<Path> below = Files.walk(top)) {
      for (Path path : below.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }

  @Override
  public void close() throws IOException {
    syncs.settle();
  }

  private Path resolve(String path) {
    return root.resolve(ArchivePaths.checked(path));
  }

  /** Makes missing directories. */
  private void makeDirectories(Path directory) throws IOException {
    if (Files.isDirectory(directory)) {
      return;
    }
    makeDirectories(directory.getParent());
    try {
      Files.createDirectory(directory);
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(directory)) {
        throw new IOException("%s: expected a directory, found a file".formatted(directory), e);
      }
    }
    syncs.directory(directory.getParent());
  }

  private static final class LocalOutput extends ArchiveOutput {
    private final Path file;
    private final FileChannel channel;
    private final PendingSyncs syncs;
    private boolean isClosed;

    LocalOutput(Path file, FileChannel channel, PendingSyncs syncs) {
      this.file = file;
      this.channel = channel;
      this.syncs = syncs;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
      try {
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
      } catch (IOException e) {
        throw PendingSyncs.failed(file, e);
      }
    }

    @Override
    public void close() {
      if (!isClosed) {
        isClosed = true;
        syncs.file(file, channel);
      }
    }
  }

  private static final class LocalInput implements ArchiveInput {
    private final FileChannel channel;
    private final long length;

    LocalInput(FileChannel channel, long length) {
      this.channel = channel;
      this.length = length;
    }

    @Override
    public long length() {
      return length;
    }

    @Override
    public int read(long position, byte[] target, int offset, int count) throws IOException {
      return channel.read(ByteBuffer.wrap(target, offset, count), position);
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
