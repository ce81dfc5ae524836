package dev.historics.cli;

import dev.historics.cli.session.Surroundings;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;

/**
 * Runs the commands that people wait for, so that the JVM can archive the classes they load.
 * Started by {@code bin/historics-warm-up}; what the commands answer does not matter.
 */
final class WarmUp {
  private static final String RULE =
      "interaction.content contains \"a\" and not language.tag == \"b\"";
  private static final String[][] COMMANDS = {
    {"version"},
    {"config", "show"},
    {"validate", "--csdl", RULE},
    {"validate", "--csdl", "interaction.contnet contains"},
    {"targets", "--like", "user"},
    {"explain", "--csdl", RULE},
    {"filter", "--csdl", RULE},
    {"queue"},
    {"status", "--output", "json"},
  };

  private WarmUp() {}

  public static void main(String[] args) {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    Surroundings surroundings =
        new Surroundings(
            new ByteArrayInputStream(new byte[0]),
            nowhere,
            nowhere,
            Map.of("HISTORICS_HOME", args[0]),
            false,
            InstantSource.system());
    for (String[] command : COMMANDS) {
      Main.run(surroundings, command);
    }
  }
}
