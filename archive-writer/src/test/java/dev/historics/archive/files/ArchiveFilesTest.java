package dev.historics.archive.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.historics.archive.hdfs.HadoopFiles;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every adapter promises. Hadoop's is tried on a local disk, one caller at a time. */
class ArchiveFilesTest {
  @TempDir Path root;

  enum Adapter {
    LOCAL,
    MEMORY,
    HADOOP
  }

  private ArchiveFiles files(Adapter adapter) throws IOException {
    return switch (adapter) {
      case LOCAL -> new LocalFiles(root);
      case MEMORY -> new MemoryFiles(InstantSource.fixed(Instant.EPOCH));
      case HADOOP -> HadoopFiles.at(URI.create("file://" + root.toAbsolutePath()));
    };
  }

  private static void write(ArchiveFiles files, String path, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try (ArchiveOutput out = files.create(path)) {
      out.write(bytes, 0, bytes.length);
    }
  }

  private static String read(ArchiveFiles files, String path) throws IOException {
    try (ArchiveInput in = files.open(path)) {
      return new String(in.stream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @ParameterizedTest
  @EnumSource
  void what_is_written_can_be_read_listed_and_deleted(Adapter adapter) throws IOException {
    try (ArchiveFiles files = files(adapter)) {
      write(files, "source=a/day=2017-08-05/data/two.txt", "two");
      write(files, "source=a/day=2017-08-05/data/one.txt", "one and more");

      assertThat(read(files, "source=a/day=2017-08-05/data/two.txt")).isEqualTo("two");
      assertThat(files.list("source=a/day=2017-08-05/data")).containsExactly("one.txt", "two.txt");
      assertThat(files.list("")).containsExactly("source=a");
      assertThat(files.length("source=a/day=2017-08-05/data/one.txt")).isEqualTo(12);
      files.delete("source=a/day=2017-08-05/data/one.txt");
      files.delete("source=a/day=2017-08-05/data/one.txt");
      assertThat(files.exists("source=a/day=2017-08-05/data/one.txt")).isFalse();
      assertThat(files.list("source=a/day=2017-08-05/data")).containsExactly("two.txt");
    }
  }

  @ParameterizedTest
  @EnumSource
  void bytes_are_read_at_any_place_and_an_early_end_is_an_error(Adapter adapter)
      throws IOException {
    try (ArchiveFiles files = files(adapter)) {
      write(files, "numbers", "0123456789");
      try (ArchiveInput in = files.open("numbers")) {
        byte[] three = new byte[3];
        in.readFully(4, three, 0, 3);

        assertThat(in.length()).isEqualTo(10);
        assertThat(three).asString(StandardCharsets.UTF_8).isEqualTo("456");
        assertThat(in.read(10, three, 0, 3)).isEqualTo(-1);
        assertThatThrownBy(() -> in.readFully(8, three, 0, 3)).isInstanceOf(IOException.class);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_file_is_never_made_twice(Adapter adapter) throws IOException {
    try (ArchiveFiles files = files(adapter)) {
      write(files, "a/b", "first");

      assertThatThrownBy(() -> files.create("a/b")).isInstanceOf(FileAlreadyExistsException.class);
      assertThat(read(files, "a/b")).isEqualTo("first");
    }
  }

  @ParameterizedTest
  @EnumSource
  void publishing_moves_once_and_never_replaces(Adapter adapter) throws IOException {
    try (ArchiveFiles files = files(adapter)) {
      write(files, "staged/1", "first");
      write(files, "staged/2", "second");

      assertThat(files.publish("staged/1", "made/for/it/1")).isTrue();
      assertThat(files.publish("staged/2", "made/for/it/1")).isFalse();
      assertThat(files.publish("staged/1", "made/for/it/1")).isFalse();
      assertThat(read(files, "made/for/it/1")).isEqualTo("first");
      assertThat(files.list("staged")).containsExactly("2");
    }
  }

  @ParameterizedTest
  @EnumSource
  void what_is_not_there_is_said_to_be_missing(Adapter adapter) throws IOException {
    try (ArchiveFiles files = files(adapter)) {
      assertThat(files.list("no/such")).isEmpty();
      assertThat(files.exists("no/such")).isFalse();
      assertThatThrownBy(() -> files.open("no/such")).isInstanceOf(NoSuchFileException.class);
      assertThatThrownBy(() -> files.length("no/such")).isInstanceOf(NoSuchFileException.class);
      assertThatThrownBy(() -> files.modified("no/such")).isInstanceOf(NoSuchFileException.class);
      assertThatThrownBy(() -> files.publish("no/such", "to")).isInstanceOf(IOException.class);
      assertThat(files.exists("to")).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"../up", "a/../../up", "/absolute", "a//b", "a/", ".", "a\\b", "a\0b"})
  void no_path_leads_out_of_the_root(String path) {
    assertThatThrownBy(() -> new LocalFiles(root).create(path))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("expected a path below the archive");
  }

  @Test
  void of_many_who_publish_at_the_same_time_exactly_one_wins() throws Exception {
    ArchiveFiles files = new LocalFiles(root);
    int callers = 8;
    ExecutorService threads = Executors.newFixedThreadPool(callers);
    try {
      for (int round = 0; round < 50; round++) {
        String target = "published/" + round;
        List<Callable<Boolean>> publishers =
            IntStream.range(0, callers)
                .mapToObj(
                    caller ->
                        (Callable<Boolean>)
                            () -> {
                              write(files, target + "-staged-" + caller, "by " + caller);
                              return files.publish(target + "-staged-" + caller, target);
                            })
                .toList();
        int won = 0;
        for (Future<Boolean> publisher : threads.invokeAll(publishers)) {
          won += publisher.get() ? 1 : 0;
        }
        assertThat(won).isEqualTo(1);
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
