package dev.historics.bench;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.logging.LogManager;

/**
 * Runs one benchmark: {@code start}, {@code import}, {@code bytes}, {@code memory}, {@code job},
 * {@code scan} or {@code filter}.
 */
public final class Bench {
  private static final String USAGE =
      """
      usage: scripts/bench start
             scripts/bench import [--data FILE|DIR] [--rows N]
             scripts/bench bytes [--data FILE|DIR] [--rows N]
             scripts/bench memory [--rows N]
             scripts/bench job
             scripts/bench scan [--data FILE|DIR] [--rows N]
             scripts/bench filter [--rows N]
      --data: tweets as the mapping conf/sources/trolltweets.yaml takes them; without it they are made up
      --rows: how many interactions at most (default: 1000000)
      """;
  private static final long ROWS = 1_000_000;
  private static final long MEMORY_ROWS = 200_000;

  private Bench() {}

  public static void main(String[] args) throws Exception {
    // Hadoop and Crunch would tell their steps between the lines of the table.
    LogManager.getLogManager().reset();
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    List<String> words = Arrays.asList(args);
    if (words.isEmpty()) {
      out.print(USAGE);
      System.exit(2);
    }
    Data data =
        new Data(
            option(words, "--data") == null ? null : Path.of(option(words, "--data")),
            option(words, "--rows") == null ? ROWS : Long.parseLong(option(words, "--rows")));
    switch (words.get(0)) {
      case "start" -> StartBench.run(out);
      case "import" -> ImportBench.run(data, out);
      case "bytes" -> BytesBench.run(data, out);
      case "memory" -> MemoryBench.run(Math.min(data.rows(), MEMORY_ROWS), out);
      case "memory-child" -> MemoryBench.runChild(new Data(null, data.rows()), out);
      case "job" -> JobBench.run(out);
      case "scan" -> ScanBench.run(data, out);
      case "filter" -> FilterBench.run(new Data(null, data.rows()), out);
      default -> {
        out.print(USAGE);
        System.exit(2);
      }
    }
  }

  private static String option(List<String> words, String name) {
    int at = words.indexOf(name);
    return at >= 0 && at + 1 < words.size() ? words.get(at + 1) : null;
  }
}
