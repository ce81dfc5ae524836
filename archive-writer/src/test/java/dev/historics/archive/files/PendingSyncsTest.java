package dev.historics.archive.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PendingSyncsTest {
  @TempDir Path folder;

  private final PendingSyncs syncs = new PendingSyncs();

  private FileChannel written(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
    channel.write(ByteBuffer.wrap(new byte[] {1}));
    return channel;
  }

  @Test
  void what_is_settled_is_closed() throws IOException {
    FileChannel[] channels = new FileChannel[100];
    for (int i = 0; i < channels.length; i++) {
      Path file = folder.resolve("f" + i);
      channels[i] = written(file);
      syncs.file(file, channels[i]);
    }

    syncs.settle();

    assertThat(channels).noneMatch(FileChannel::isOpen);
  }

  @Test
  void once_the_disk_has_refused_something_nothing_is_ever_settled() throws IOException {
    Path file = folder.resolve("dead");
    FileChannel channel = written(file);
    channel.close();
    syncs.file(file, channel);

    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(syncs::settle)
          .isInstanceOf(IOException.class)
          .hasMessageContaining(file + ": cannot be written");
    }
    Path later = folder.resolve("later");
    syncs.file(later, written(later));
    assertThatThrownBy(syncs::settle).hasMessageContaining(file.toString());
  }

  /** Who closes them learns what the disk refused, and so has waited for it. */
  @Test
  void local_files_are_closed_when_everything_is_settled() throws IOException {
    Path file = folder.resolve("dead");
    FileChannel channel = written(file);
    channel.close();
    LocalFiles files = new LocalFiles(folder, syncs);
    syncs.file(file, channel);

    assertThatThrownBy(files::close).hasMessageContaining(file + ": cannot be written");
  }

  @Test
  void a_directory_that_was_removed_meanwhile_is_not_missed() throws IOException {
    Path gone = Files.createDirectory(folder.resolve("gone"));
    syncs.directory(gone);
    Files.delete(gone);

    syncs.settle();
  }
}
