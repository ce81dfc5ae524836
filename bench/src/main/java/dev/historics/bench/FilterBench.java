package dev.historics.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Our filter beside jq and grep, on the same file of made-up interactions. */
final class FilterBench {
  private static final int RUNS = 3;
  private static final String RULE = "interaction.content contains \"music\"";

  private FilterBench() {}

  /** What is compared, as one types it but for the file. */
  private record Tool(String name, List<String> words) {}

  static void run(Data data, PrintStream out) throws Exception {
    Path work = Data.work();
    try {
      Commands.requireArchive(work);
      Path file = Path.of(data.inputs(work).get(0).name());
      out.printf(
          Locale.ROOT, "%,d made-up interactions, %,d bytes%n", data.rows(), Files.size(file));
      out.printf(Locale.ROOT, "%-36s %9s %26s %9s %7s%n", "", "lines", "time", "MB/s", "ratio");
      double first = 0;
      for (Tool tool : tools()) {
        List<String> words = new ArrayList<>(tool.words());
        words.add(file.toString());
        Runs runs = Runs.of(RUNS, Commands.of(work, Map.of(), words.toArray(String[]::new)));
        first = first == 0 ? runs.median() : first;
        out.printf(
            Locale.ROOT,
            "%-36s %,9d %26s %,9.0f %7.2f%n",
            tool.name(),
            lines(Commands.output(work)),
            runs,
            Files.size(file) / 1e6 / runs.median(),
            runs.median() / first);
      }
    } finally {
      Data.delete(work);
    }
  }

  private static List<Tool> tools() {
    String historics = Commands.launcher().toString();
    List<Tool> tools = new ArrayList<>();
    tools.add(new Tool("historics filter", List.of(historics, "filter", "--csdl", RULE)));
    tools.add(
        new Tool(
            "historics filter --strict", List.of(historics, "filter", "--strict", "--csdl", RULE)));
    tools.add(
        new Tool(
            "historics filter, regex_partial",
            List.of(
                historics,
                "filter",
                "--csdl",
                "interaction.content regex_partial \"(?i)\\\\bmusic\\\\b\"")));
    if (Commands.exists("jq")) {
      tools.add(
          new Tool(
              "jq select(.content|test(word;i))",
              List.of("jq", "-c", "select(.interaction.content|test(\"\\\\bmusic\\\\b\";\"i\"))")));
    }
    if (Commands.exists("grep")) {
      tools.add(new Tool("grep -i word", List.of("grep", "-i", "music")));
      tools.add(new Tool("grep -iw word", List.of("grep", "-iw", "music")));
    }
    return tools;
  }

  private static long lines(Path file) throws IOException {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.count();
    }
  }
}
