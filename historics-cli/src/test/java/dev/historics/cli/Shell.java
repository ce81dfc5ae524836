package dev.historics.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.historics.cli.session.Surroundings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** Somebody at a prompt: runs commands in this process, on one home, with a clock of its own. */
final class Shell {
  static final Instant START = Instant.parse("2026-01-02T03:04:05Z");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, String> environment = new HashMap<>();
  private final InstantSource clock;
  private byte[] in = new byte[0];

  /** A clock that goes on by {@code step} whenever it is asked. */
  Shell(Path home, Duration step) {
    environment.put("HISTORICS_HOME", home.toString());
    AtomicLong asked = new AtomicLong();
    this.clock = () -> START.plus(step.multipliedBy(asked.getAndIncrement()));
  }

  Shell(Path home) {
    this(home, Duration.ofMillis(1));
  }

  Shell with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /** What the next commands find on their standard input. */
  Shell typing(String text) {
    in = text.getBytes(StandardCharsets.UTF_8);
    return this;
  }

  /**
   * What a command left behind.
   *
   * @param out the standard output
   * @param err the standard error
   */
  record Ran(int exitCode, String out, String err) {
    JsonNode json() throws IOException {
      return JSON.readTree(out);
    }

    List<JsonNode> jsonLines() throws IOException {
      List<JsonNode> lines = new ArrayList<>();
      for (String line : out.lines().toList()) {
        lines.add(JSON.readTree(line));
      }
      return lines;
    }

    /** The lines of the standard error. */
    List<String> complaint() {
      return err.lines().toList();
    }
  }

  Ran run(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream answers = new PrintStream(out, false, StandardCharsets.UTF_8);
    PrintStream complaints = new PrintStream(err, true, StandardCharsets.UTF_8);
    Surroundings surroundings =
        new Surroundings(
            new ByteArrayInputStream(in), answers, complaints, environment, false, clock);
    int exitCode = Main.run(surroundings, arguments);
    answers.flush();
    return new Ran(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** Runs a command that must end well. */
  Ran ok(String... arguments) {
    Ran ran = run(arguments);
    assertThat(ran.exitCode()).as("%s: %s", String.join(" ", arguments), ran.err()).isZero();
    return ran;
  }

  /** Runs a command that must end well; its answer as JSON. */
  JsonNode json(String... arguments) throws IOException {
    String[] all = new String[arguments.length + 2];
    System.arraycopy(arguments, 0, all, 0, arguments.length);
    all[arguments.length] = "--output";
    all[arguments.length + 1] = "json";
    return ok(all).json();
  }

  /** Queues a query; its id. */
  String submit(String user, String rule, String sources, String from, String to, String... more) {
    List<String> line =
        new ArrayList<>(
            List.of("submit", "--user", user, "--csdl", rule, "--source", sources, "--quiet"));
    line.addAll(List.of("--from", from, "--to", to));
    line.addAll(List.of(more));
    return ok(line.toArray(String[]::new)).out().strip();
  }
}
