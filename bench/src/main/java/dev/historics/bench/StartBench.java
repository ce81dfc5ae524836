package dev.historics.bench;

import java.io.PrintStream;
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
    Path launcher = Commands.launcher();
    try {
      Commands.requireArchive(work);
      Runs.Work jvm =
          Commands.of(
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
                Commands.of(work, Map.of("HISTORICS_CDS", "off"), line),
                Commands.of(work, Map.of(), line));
        Runs[] bare = Runs.inTurn(RUNS, Commands.of(work, Map.of(), line), jvm);
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
}
