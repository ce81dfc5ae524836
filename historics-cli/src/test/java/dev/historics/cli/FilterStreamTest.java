package dev.historics.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.historics.cli.session.Surroundings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A filter between two programs: one that writes when it likes, and one that stops reading. */
@Timeout(60)
class FilterStreamTest {
  private static final String MATCH = "{\"interaction\":{\"content\":\"solar\"}}\n";

  @TempDir Path folder;

  private int filter(InputStream in, OutputStream out, String... more) {
    String[] line = new String[more.length + 3];
    line[0] = "filter";
    line[1] = "--csdl";
    line[2] = "interaction.content contains \"solar\"";
    System.arraycopy(more, 0, line, 3, more.length);
    PrintStream err = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    return Main.run(
        new Surroundings(
            in,
            new PrintStream(out, false, StandardCharsets.UTF_8),
            err,
            Map.of("HISTORICS_HOME", folder.toString()),
            false,
            InstantSource.fixed(Shell.START)),
        line);
  }

  /** Takes lines one by one. */
  private static final class Reader extends OutputStream {
    private final LinkedBlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    @Override
    public synchronized void write(int b) {
      if (b == '\n') {
        lines.add(line.toString(StandardCharsets.UTF_8));
        line.reset();
      } else {
        line.write(b);
      }
    }
  }

  @Test
  void a_match_is_shown_while_the_input_waits() throws Exception {
    Reader reader = new Reader();
    ExecutorService threads = Executors.newSingleThreadExecutor();
    try (PipedInputStream in = new PipedInputStream()) {
      Future<Integer> running;
      try (PipedOutputStream writer = new PipedOutputStream(in)) {
        running = threads.submit(() -> filter(in, reader));
        for (int i = 0; i < 3; i++) {
          write(writer, MATCH);
          write(writer, "{\"interaction\":{\"content\":\"wind\"}}\n{\"interac");

          assertThat(reader.lines.poll(30, TimeUnit.SECONDS))
              .isEqualTo("{\"interaction\":{\"content\":\"solar\"}}");

          write(writer, "tion\":{}}\n");
        }
      }

      assertThat(running.get(30, TimeUnit.SECONDS)).isZero();
      assertThat(reader.lines).isEmpty();
    } finally {
      threads.shutdownNow();
    }
  }

  private static void write(OutputStream writer, String text) throws IOException {
    writer.write(text.getBytes(StandardCharsets.UTF_8));
    writer.flush();
  }

  /** The same line for ever. */
  private static final class Endless extends InputStream {
    private long given;

    @Override
    public int read() {
      return MATCH.charAt((int) (given++ % MATCH.length()));
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      for (int i = 0; i < length; i++) {
        bytes[offset + i] = (byte) read();
      }
      return length;
    }

    @Override
    public int available() {
      return 1;
    }
  }

  @Test
  void a_reader_that_has_seen_enough_ends_an_endless_run() {
    OutputStream closing =
        new OutputStream() {
          private int left = 100_000;

          @Override
          public void write(int b) throws IOException {
            write(new byte[1], 0, 1);
          }

          @Override
          public void write(byte[] bytes, int offset, int length) throws IOException {
            left -= length;
            if (left < 0) {
              throw new IOException("Broken pipe");
            }
          }
        };

    assertThat(filter(new Endless(), closing)).isZero();
    assertThat(filter(new Endless(), closing, "--explain")).isZero();
  }

  @Test
  void as_many_as_were_asked_for_end_an_endless_run() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    assertThat(filter(new Endless(), out, "--max-count", "100000")).isZero();
    assertThat(out.size()).isEqualTo(100_000 * MATCH.length());
  }
}
