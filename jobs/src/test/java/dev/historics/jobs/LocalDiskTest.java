package dev.historics.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalDiskTest {
  @TempDir private java.nio.file.Path folder;
  private final LocalDisk disk = new LocalDisk();

  @BeforeEach
  void open() throws IOException {
    disk.initialize(URI.create("file:///"), new Configuration());
  }

  private Path path(String name) {
    return new Path(folder.resolve(name).toUri());
  }

  @ParameterizedTest
  @ValueSource(shorts = {0644, 0600, 0777, 0400, 0751})
  void permissions_are_what_was_set(short mode) throws IOException {
    java.nio.file.Path file = Files.writeString(folder.resolve("file"), "text");

    disk.setPermission(path("file"), new FsPermission(mode));

    assertThat(disk.getFileStatus(path("file")).getPermission().toShort()).isEqualTo(mode);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo(new FsPermission(mode).toString());
  }

  @Test
  void a_status_is_the_one_that_hadoop_gives() throws IOException {
    Files.writeString(folder.resolve("file"), "text");
    Files.createDirectory(folder.resolve("folder"));
    Files.createSymbolicLink(folder.resolve("link"), folder.resolve("file"));
    try (LocalFileSystem hadoop = new LocalFileSystem()) {
      hadoop.initialize(URI.create("file:///"), new Configuration());

      for (String name : List.of("file", "folder", "link")) {
        assertThat(facts(disk.getFileStatus(path(name))))
            .isEqualTo(facts(hadoop.getFileStatus(path(name))));
        assertThat(facts(disk.getFileLinkStatus(path(name))))
            .isEqualTo(facts(hadoop.getFileLinkStatus(path(name))));
      }
      assertThat(disk.listStatus(path(""))).hasSize(3);
    }
  }

  @Test
  void a_task_that_was_interrupted_makes_nothing() {
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> disk.create(path("file")))
          .isInstanceOf(InterruptedIOException.class);
      assertThatThrownBy(() -> disk.mkdirs(path("folder")))
          .isInstanceOf(InterruptedIOException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(folder).isEmptyDirectory();
  }

  private static List<Object> facts(FileStatus status) throws IOException {
    List<Object> facts = new ArrayList<>();
    facts.add(status.getPath());
    facts.add(status.isDirectory());
    facts.add(status.isSymlink());
    facts.add(status.getLen());
    facts.add(status.getModificationTime());
    facts.add(status.getPermission());
    facts.add(status.getOwner());
    facts.add(status.getGroup());
    return facts;
  }

  @Test
  void a_file_that_is_not_there_is_not_found() {
    assertThatThrownBy(() -> disk.getFileStatus(path("none")))
        .isInstanceOf(FileNotFoundException.class)
        .hasMessageContaining("none");
  }

  @Test
  void hadoop_opens_it_where_a_job_says_so() throws IOException {
    Configuration conf = new Configuration();
    conf.set(LocalDisk.SETTING, LocalDisk.class.getName());

    try (FileSystem opened = FileSystem.newInstance(URI.create("file:///"), conf)) {
      assertThat(opened).isInstanceOf(LocalDisk.class);
    }
  }
}
