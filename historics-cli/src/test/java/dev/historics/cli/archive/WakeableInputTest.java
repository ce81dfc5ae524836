package dev.historics.cli.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.SequenceInputStream;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WakeableInputTest {
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void gives_the_same_bytes_however_they_are_read(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] bytes = new byte[random.nextInt(300_000)];
    random.nextBytes(bytes);
    WakeableInput input = new WakeableInput(new ByteArrayInputStream(bytes));

    byte[] read = new byte[bytes.length];
    int at = 0;
    while (at < read.length) {
      int count = input.read(read, at, Math.min(read.length - at, 1 + random.nextInt(100_000)));
      assertThat(count).isPositive();
      at += count;
    }

    assertThat(input.read()).isEqualTo(-1);
    assertThat(read).isEqualTo(bytes);
  }

  @Test
  void a_reader_that_waits_is_woken_and_finds_the_end() throws Exception {
    try (PipedOutputStream pipe = new PipedOutputStream();
        WakeableInput input = new WakeableInput(new PipedInputStream(pipe))) {
      pipe.write('a');
      pipe.flush();
      assertThat(input.read()).isEqualTo('a');
      CompletableFuture<Integer> waiting = CompletableFuture.supplyAsync(() -> readOne(input));

      input.wake();

      assertThat(waiting.get()).isEqualTo(-1);
      assertThat(input.read()).isEqualTo(-1);
    }
  }

  private static int readOne(InputStream input) {
    try {
      return input.read();
    } catch (IOException e) {
      throw new IllegalStateException("the pipe is sound", e);
    }
  }

  @Test
  void what_came_before_a_failure_is_given_first() throws IOException {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("the cable is out");
          }

          @Override
          public int read(byte[] bytes, int offset, int length) throws IOException {
            return read();
          }
        };
    WakeableInput input =
        new WakeableInput(
            new SequenceInputStream(new ByteArrayInputStream(new byte[] {1, 2}), broken));

    assertThat(input.readNBytes(2)).containsExactly(1, 2);
    assertThatThrownBy(input::read).isInstanceOf(IOException.class).hasMessage("the cable is out");
  }
}
