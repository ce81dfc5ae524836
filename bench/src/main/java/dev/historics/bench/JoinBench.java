package dev.historics.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Left joins of facts whose keys are skewed with a side table, by Crunch's plain and sharded joins
 * and by ours. Each runs in a process of its own, as local jobs, with a heap that could not hold
 * the facts of the most frequent key.
 */
final class JoinBench {
  static final String HEAP = "-Xmx256m";

  private final PrintStream out;
  private final long rows;
  private final int reducers;
  private final Path tweets;

  private JoinBench(long rows, int reducers, Path tweets, PrintStream out) {
    this.rows = rows;
    this.reducers = reducers;
    this.tweets = tweets;
    this.out = out;
  }

  /**
   * @param rows how many facts; of given tweets all, if they are fewer
   * @param tweets a folder of tweets, beside which {@code side} has the tables; null for none
   */
  static void run(List<JoinCase> cases, long rows, int reducers, Path tweets, PrintStream out)
      throws Exception {
    new JoinBench(rows, reducers, tweets, out).run(cases);
  }

  private void run(List<JoinCase> cases) throws Exception {
    out.printf(
        Locale.ROOT,
        "left joins on %d reducers, each in a process with %s%n%-8s %-8s %12s %8s %14s %14s %12s%n",
        reducers,
        HEAP,
        "facts",
        "join",
        "rows",
        "same",
        "largest/mean",
        "longest, CPU s",
        "all, CPU s");
    for (JoinCase each : cases) {
      if (each == JoinCase.ZIPF || tweets != null) {
        compare(each);
      }
    }
  }

  private void compare(JoinCase facts) throws Exception {
    List<JoinResult> results = new ArrayList<>();
    for (JoinWay way : JoinWay.values()) {
      JoinResult result = child(facts, way);
      results.add(result);
      JoinResult plain = results.get(0);
      out.printf(
          Locale.ROOT,
          "%-8s %-8s %,12d %8s %14.2f %6.1f (%.2f x) %5.1f (%.2f x)%n",
          facts.name().toLowerCase(Locale.ROOT),
          way.name().toLowerCase(Locale.ROOT),
          result.rows(),
          result.hasSameRows(plain) ? "yes" : "NO",
          result.unevenness(),
          result.longestSeconds(),
          result.longestSeconds() / plain.longestSeconds(),
          result.seconds(),
          result.seconds() / plain.seconds());
    }
  }

  private JoinResult child(JoinCase facts, JoinWay way) throws IOException, InterruptedException {
    List<String> words =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                HEAP,
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Bench.class.getName(),
                "join-child",
                "--rows",
                String.valueOf(rows),
                "--reducers",
                String.valueOf(reducers),
                "--facts",
                facts.name(),
                "--way",
                way.name()));
    if (tweets != null) {
      words.addAll(List.of("--data", tweets.toString()));
    }
    Process process =
        new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String answer =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (process.waitFor() != 0) {
      throw new IOException("the process for %s of %s failed".formatted(way, facts));
    }
    return JoinResult.parse(answer);
  }

  /** What a process of its own does; it prints what came out as a line. */
  static void runChild(
      JoinCase facts, JoinWay way, long rows, int reducers, Path tweets, PrintStream out)
      throws Exception {
    Path work = Data.work();
    try {
      out.println(new JoinRun(work, rows, reducers, tweets).run(facts, way).line());
    } finally {
      Data.delete(work);
    }
  }
}
