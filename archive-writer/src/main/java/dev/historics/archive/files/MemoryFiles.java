package dev.historics.archive.files;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Files in memory, for trying things out; gone with the object. */
public final class MemoryFiles implements ArchiveFiles {
  private final InstantSource clock;
  private final Map<String, Stored> files = new TreeMap<>();

  /** No files, which take their times from {@code clock}. */
  public MemoryFiles(InstantSource clock) {
    this.clock = clock;
  }

  private record Stored(ByteArrayOutputStream content, Instant modified) {}

  @Override
  public URI root() {
    return URI.create("memory:/");
  }

  @Override
  public synchronized ArchiveOutput create(String path) throws IOException {
    if (files.containsKey(ArchivePaths.checked(path))) {
      throw new FileAlreadyExistsException(path);
    }
    Stored file = new Stored(new ByteArrayOutputStream(), clock.instant());
    files.put(path, file);
    return new MemoryOutput(file.content());
  }

  @Override
  public synchronized ArchiveInput open(String path) throws IOException {
    return new MemoryInput(file(path).content().toByteArray());
  }

  @Override
  public synchronized boolean publish(String from, String to) throws IOException {
    if (files.containsKey(ArchivePaths.checked(to))) {
      return false;
    }
    files.put(to, file(from));
    files.remove(from);
    return true;
  }

  @Override
  public synchronized List<String> list(String directory) {
    String start = directory.isEmpty() ? "" : ArchivePaths.checked(directory) + "/";
    TreeSet<String> names = new TreeSet<>();
    for (String path : files.keySet()) {
      if (path.startsWith(start)) {
        String rest = path.substring(start.length());
        int slash = rest.indexOf('/');
        names.add(slash < 0 ? rest : rest.substring(0, slash));
      }
    }
    return List.copyOf(names);
  }

  @Override
  public synchronized boolean exists(String path) {
    return files.containsKey(ArchivePaths.checked(path));
  }

  @Override
  public synchronized long length(String path) throws IOException {
    return file(path).content().size();
  }

  @Override
  public synchronized Instant modified(String path) throws IOException {
    return file(path).modified();
  }

  @Override
  public synchronized void delete(String path) {
    files.remove(ArchivePaths.checked(path));
  }

  @Override
  public synchronized void deleteTree(String directory) {
    String start = ArchivePaths.checked(directory) + "/";
    files.keySet().removeIf(path -> path.startsWith(start));
  }

  @Override
  public void close() {
    // Nothing is held open.
  }

  private Stored file(String path) throws NoSuchFileException {
    Stored file = files.get(ArchivePaths.checked(path));
    if (file == null) {
      throw new NoSuchFileException(path);
    }
    return file;
  }

  private static final class MemoryOutput extends ArchiveOutput {
    private final ByteArrayOutputStream content;

    MemoryOutput(ByteArrayOutputStream content) {
      this.content = content;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      content.write(bytes, offset, length);
    }

    @Override
    public void close() {
      // What was written is there.
    }
  }

  private static final class MemoryInput implements ArchiveInput {
    private final byte[] content;

    MemoryInput(byte[] content) {
      this.content = content;
    }

    @Override
    public long length() {
      return content.length;
    }

    @Override
    public int read(long position, byte[] target, int offset, int count) {
      if (position >= content.length) {
        return -1;
      }
      int read = (int) Math.min(count, content.length - position);
      System.arraycopy(content, (int) position, target, offset, read);
      return read;
    }

    @Override
    public void close() {
      // Nothing is held open.
    }
  }
}
