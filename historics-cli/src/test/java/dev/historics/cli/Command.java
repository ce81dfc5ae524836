package dev.historics.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** A command that runs in a process of its own, and what it has said so far. */
final class Command {
  private static final long PATIENCE_SECONDS = 120;

  private final String line;
  private final Process process;
  private final Words out;
  private final Words err;

  Command(String line, Process process) {
    this.line = line;
    this.process = process;
    this.out = new Words(process.getInputStream());
    this.err = new Words(process.getErrorStream());
  }

  /** One stream of a process, read by a thread of its own so that it never fills up. */
  private static final class Words {
    private final StringBuilder said = new StringBuilder();
    private final Thread reader;
    private boolean over;

    Words(InputStream stream) {
      reader = new Thread(() -> read(stream), "reader");
      reader.setDaemon(true);
      reader.start();
    }

    private void read(InputStream stream) {
      try (BufferedReader lines =
          new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
        for (String each = lines.readLine(); each != null; each = lines.readLine()) {
          add(each);
        }
      } catch (IOException e) {
        add("(its stream broke: %s)".formatted(e.getMessage()));
      } finally {
        end();
      }
    }

    private synchronized void add(String each) {
      said.append(each).append('\n');
      notifyAll();
    }

    private synchronized void end() {
      over = true;
      notifyAll();
    }

    /** Waits until {@code part} was said, at most so long as patience lasts. */
    synchronized boolean await(String part) throws InterruptedException {
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
      while (said.indexOf(part) < 0 && !over) {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (left <= 0) {
          return false;
        }
        wait(left);
      }
      return said.indexOf(part) >= 0;
    }

    String whole() throws InterruptedException {
      reader.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
      return soFar();
    }

    synchronized String soFar() {
      return said.toString();
    }
  }

  /** Waits until the standard error has {@code part}. */
  void awaitErr(String part) throws InterruptedException {
    assertThat(err.await(part)).as("waiting for '%s' of %s", part, this).isTrue();
  }

  OutputStream input() {
    return process.getOutputStream();
  }

  void closeInput() throws IOException {
    process.getOutputStream().close();
  }

  /** What Ctrl-C sends. */
  void interrupt() throws IOException, InterruptedException {
    Process kill =
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).inheritIO().start();
    assertThat(kill.waitFor()).isZero();
  }

  /** Ends it at once, as a power cut does. */
  void kill() {
    process.destroyForcibly();
  }

  /** Waits for the end. */
  int exitCode() throws InterruptedException {
    boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (!ended) {
      process.destroyForcibly();
    }
    assertThat(ended).as("%s ended", this).isTrue();
    return process.exitValue();
  }

  String out() throws InterruptedException {
    return out.whole();
  }

  String err() throws InterruptedException {
    return err.whole();
  }

  @Override
  public String toString() {
    return "'%s' which said: %s".formatted(line, err.soFar());
  }
}
