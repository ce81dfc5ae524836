package dev.historics.archive.files;

import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;

/**
 * The files below one root. A path is relative to it, its segments are parted by {@code /}, and
 * none of them is empty, {@code .} or {@code ..}; the empty path is the root itself. Written files
 * never change. Safe for use by many threads.
 */
public interface ArchiveFiles extends Closeable {
  URI root();

  /**
   * Starts a new file; directories on the way are made. It counts as written only when {@link
   * ArchiveOutput#close} has returned: if that or any write fails, the file is dead and must be
   * deleted and written anew. It is on the disk for sure when a {@link #publish} or {@link #close}
   * after that has returned; those of other objects do not know of it.
   *
   * @throws java.nio.file.FileAlreadyExistsException if there is something at {@code path}
   */
  ArchiveOutput create(String path) throws IOException;

  /**
   * A written file, to be read.
   *
   * @throws java.nio.file.NoSuchFileException if there is no file at {@code path}
   */
  ArchiveInput open(String path) throws IOException;

  /**
   * Brings everything written so far to the disk, and moves a written file to a name that nobody
   * has yet, in one atomic step; it never replaces anything. Once it returns, true or false, {@code
   * to} is there to stay. If it throws, the move may or may not have happened: call it again and,
   * where that answers false, look at what lies there.
   *
   * @return false if there is a file at {@code to} already, whether or not {@code from} exists
   */
  boolean publish(String from, String to) throws IOException;

  /** The names directly in a directory, sorted; none if it does not exist. */
  List<String> list(String directory) throws IOException;

  boolean exists(String path) throws IOException;

  /**
   * The bytes in a file.
   *
   * @throws java.nio.file.NoSuchFileException if there is no file at {@code path}
   */
  long length(String path) throws IOException;

  /**
   * When the file was last written to, by the clock of the storage.
   *
   * @throws java.nio.file.NoSuchFileException if there is no file at {@code path}
   */
  Instant modified(String path) throws IOException;

  /** Removes a file; nothing happens if there is none. */
  void delete(String path) throws IOException;

  /**
   * Removes a directory with everything in it; nothing happens if there is none. Not atomic: for
   * directories that nobody else uses any more.
   */
  void deleteTree(String directory) throws IOException;

  /** Brings everything written so far to the disk, and ends the use of these files. */
  @Override
  void close() throws IOException;
}
