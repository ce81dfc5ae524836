package dev.historics.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What it costs to start the command, with and without the class-data archive. */
final class StartBench {
  private static final int RUNS = 15;

  private StartBench() {}

  static void run(PrintStream out) throws Exception {
    Path work = Data.work();
    Path launcher = Path.of("scripts", "historics").toAbsolutePath();
    try {
      requireArchive(launcher, work);
      Runs.Work jvm =
          command(
              work, Map.of(), "java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-version");
      for (List<String> words :
          List.of(
              List.of("version"),
              List.of("validate", "--csdl", "interaction.content contains \"music\""),
              List.of("status"))) {
        String[] line = new String[words.size() + 1];
        line[0] = launcher.toString();
        System.arraycopy(words.toArray(new String[0]), 0, line, 1, words.size());
        Runs[] runs =
            Runs.inTurn(
                RUNS,
                command(work, Map.of("HISTORICS_CDS", "off"), line),
                command(work, Map.of(), line));
        Runs[] bare = Runs.inTurn(RUNS, command(work, Map.of(), line), jvm);
        out.printf(
            Locale.ROOT,
            "%-9s %s; without class-data archive %.2f times that; a JVM alone %.2f of it%n",
            words.get(0),
            runs[1],
            runs[0].ratioTo(runs[1]),
            bare[1].ratioTo(bare[0]));
      }
    } finally {
      Data.delete(work);
    }
  }

  /** The archive is made in the background of the first command; here it has to be there. */
  private static void requireArchive(Path launcher, Path work) throws Exception {
    command(work, Map.of("HISTORICS_CDS", "make"), launcher.toString(), "version").run();
  }

  private static Runs.Work command(Path home, Map<String, String> environment, String... words) {
    return () -> {
      ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
      builder.redirectOutput(home.resolve("output").toFile());
      builder.environment().put("HISTORICS_HOME", home.resolve("home").toString());
      builder.environment().putAll(environment);
      int exit = builder.start().waitFor();
      if (exit != 0) {
        throw new IOException(
            "%s ended with %d: %s"
                .formatted(
                    String.join(" ", words), exit, Files.readString(home.resolve("output"))));
      }
    };
  }
}
