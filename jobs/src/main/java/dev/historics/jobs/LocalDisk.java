package dev.historics.jobs;

import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsAction;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * The local disk as Hadoop's local runner uses it, in this process. Without its native library
 * Hadoop starts {@code chmod}, {@code ls} or {@code readlink} for each permission and link: some
 * fifty processes a job.
 */
final class LocalDisk extends LocalFileSystem {
  /** The setting that makes a job use it. */
  static final String SETTING = "fs.file.impl";

  /** Called by Hadoop. */
  LocalDisk() {
    super(new Raw());
  }

  private static final class Raw extends RawLocalFileSystem {
    @Override
    protected OutputStream createOutputStreamWithMode(
        Path path, boolean append, FsPermission permission) throws IOException {
      requireAlive();
      return super.createOutputStreamWithMode(path, append, permission);
    }

    @Override
    protected boolean mkOneDirWithMode(Path path, File folder, FsPermission permission)
        throws IOException {
      requireAlive();
      return super.mkOneDirWithMode(path, folder, permission);
    }

    /** A task of a job that was killed makes nothing any more, since that may be cleared away. */
    private static void requireAlive() throws InterruptedIOException {
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedIOException("the job was killed");
      }
    }

    @Override
    public void setPermission(Path path, FsPermission permission) throws IOException {
      PosixFileAttributeView view = view(path);
      if (view == null || permission.getStickyBit()) {
        super.setPermission(path, permission);
        return;
      }
      String symbols =
          permission.getUserAction().SYMBOL
              + permission.getGroupAction().SYMBOL
              + permission.getOtherAction().SYMBOL;
      view.setPermissions(PosixFilePermissions.fromString(symbols));
    }

    @Override
    public FileStatus getFileStatus(Path path) throws IOException {
      FileStatus found = super.getFileStatus(path);
      PosixFileAttributeView view = view(path);
      if (view == null) {
        return found;
      }
      try {
        PosixFileAttributes attributes = view.readAttributes();
        return new FileStatus(
            found.getLen(),
            found.isDirectory(),
            found.getReplication(),
            found.getBlockSize(),
            found.getModificationTime(),
            found.getAccessTime(),
            permission(PosixFilePermissions.toString(attributes.permissions())),
            attributes.owner().getName(),
            attributes.group().getName(),
            found.getPath());
      } catch (NoSuchFileException e) {
        FileNotFoundException gone = new FileNotFoundException(path + " is gone");
        gone.initCause(e);
        throw gone;
      }
    }

    @Override
    public FileStatus getFileLinkStatus(Path path) throws IOException {
      return Files.isSymbolicLink(pathToFile(path).toPath())
          ? super.getFileLinkStatus(path)
          : getFileStatus(path);
    }

    /** Null where files have no such permissions. */
    private PosixFileAttributeView view(Path path) {
      return Files.getFileAttributeView(pathToFile(path).toPath(), PosixFileAttributeView.class);
    }

    private static FsPermission permission(String symbols) {
      return new FsPermission(
          FsAction.getFsAction(symbols.substring(0, 3)),
          FsAction.getFsAction(symbols.substring(3, 6)),
          FsAction.getFsAction(symbols.substring(6)));
    }
  }
}
