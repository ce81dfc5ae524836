package dev.historics.archive.hdfs;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.historics.archive.files.ArchiveFiles;
import dev.historics.archive.files.ArchiveOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Syncable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file whose data nodes are gone. */
class HadoopOutputTest {
  @TempDir private Path root;
  private ArchiveFiles files;

  /** Like those of HDFS, its streams throw one and the same exception from then on. */
  public static final class WithoutDataNodes extends LocalFileSystem {
    @Override
    public FSDataOutputStream create(org.apache.hadoop.fs.Path file, boolean overwrite)
        throws IOException {
      return new FSDataOutputStream(new Dead(), null);
    }
  }

  private static final class Dead extends OutputStream implements Syncable {
    private final IOException reason = new IOException("written to 0 of the 1 nodes");
    private boolean isDead;

    @Override
    public void write(int value) throws IOException {
      if (value == 1) {
        isDead = true;
        throw reason;
      }
    }

    @Override
    public void hflush() throws IOException {
      hsync();
    }

    @Override
    public void hsync() throws IOException {
      isDead = true;
      throw reason;
    }

    @Override
    public void close() throws IOException {
      if (isDead) {
        throw reason;
      }
    }
  }

  @BeforeEach
  void open() throws IOException {
    Configuration conf = new Configuration();
    conf.setClass("fs.file.impl", WithoutDataNodes.class, LocalFileSystem.class);
    files = HadoopFiles.at(root.toUri(), conf);
  }

  private void write(int value) throws IOException {
    try (ArchiveOutput out = files.create("file")) {
      out.write(value);
    }
  }

  @Test
  void why_it_cannot_be_closed_is_told() {
    assertThatThrownBy(() -> write(0))
        .hasMessage("written to 0 of the 1 nodes")
        .hasNoSuppressedExceptions();
  }

  @Test
  void why_it_cannot_be_written_is_told() {
    assertThatThrownBy(() -> write(1))
        .hasMessage("written to 0 of the 1 nodes")
        .hasNoSuppressedExceptions();
  }
}
