package dev.historics.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Programs that are run from outside, as people do. */
final class Commands {
  private Commands() {}

  /** The launcher of a source checkout. */
  static Path launcher() {
    return Path.of("scripts", "historics").toAbsolutePath();
  }

  /** The archive is made in the background of the first command; here it has to be there. */
  static void requireArchive(Path work) throws Exception {
    of(work, Map.of("HISTORICS_CDS", "make"), launcher().toString(), "version").run();
  }

  /** Where the output of the last command is. */
  static Path output(Path work) {
    return work.resolve("output");
  }

  /** Whether there is such a program here. */
  static boolean exists(String program) {
    for (String folder : System.getenv("PATH").split(":", -1)) {
      if (Files.isExecutable(Path.of(folder, program))) {
        return true;
      }
    }
    return false;
  }

  /**
   * Runs a command with a home of its own; it has to end well.
   *
   * @param work the folder for home and output
   */
  static Runs.Work of(Path work, Map<String, String> environment, String... words) {
    return () -> {
      ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
      builder.redirectOutput(output(work).toFile());
      builder.environment().put("HISTORICS_HOME", work.resolve("home").toString());
      builder.environment().putAll(environment);
      int exit = builder.start().waitFor();
      if (exit != 0) {
        throw new IOException(
            "%s ended with %d: %s"
                .formatted(String.join(" ", words), exit, Files.readString(output(work))));
      }
    };
  }
}
