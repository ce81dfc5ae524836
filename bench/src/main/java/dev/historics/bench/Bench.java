package dev.historics.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.logging.LogManager;
import java.util.stream.Collectors;
import org.openjdk.jmh.Main;

/**
 * Runs one benchmark: {@code start}, {@code import}, {@code bytes}, {@code memory}, {@code
 * rules-memory}, {@code job}, {@code scan}, {@code allocation}, {@code estimates}, {@code filter},
 * {@code queue}, {@code join}, {@code scaling} or {@code kernels}.
 */
public final class Bench {
  private static final String USAGE =
      """
      usage: scripts/bench start
             scripts/bench import [--data FILE|DIR] [--rows N]
             scripts/bench bytes [--data FILE|DIR] [--rows N]
             scripts/bench memory [--rows N]
             scripts/bench rules-memory [--data FILE|DIR] [--rows N]
             scripts/bench job
             scripts/bench scan [--data FILE|DIR] [--rows N] [--rules N,N…] [--output table|json]
             scripts/bench allocation [--data FILE|DIR] [--rows N]
             scripts/bench estimates [--data FILE|DIR] [--rows N] [--jobs N]
             scripts/bench filter [--rows N]
             scripts/bench queue [--chunks N,N…] [--output table|json]
             scripts/bench join [--data DIR] [--rows N] [--reducers N] [--facts zipf|authors|regions]
             scripts/bench scaling [--rows N] [--runs N]
             scripts/bench kernels [PATTERN] [an option of JMH…]
      --data: tweets as the mapping conf/sources/trolltweets.yaml takes them; without it interactions are made
              up, except that scan, rules-memory, allocation, estimates and join take
              ../shared/data/troll-tweets-bulk if it is there; join needs the folder side beside it
      --rows: how many interactions (default: 1000000; join: 10000000)
      --rules: how many word rules at once (default: 1,10,100,1000,10000)
      --jobs: how many jobs are judged (default: 200)
      --chunks: how many chunks wait (default: 100000,1000000)
      --facts: what is joined (default: all three)
      --reducers: on how many the rows are joined (default: 16)
      --output: json prints a list with the figures (scan: rows a second on one core); the table goes to stderr
      """;
  private static final long ROWS = 1_000_000;
  private static final String RULES = "1,10,100,1000,10000";
  private static final Path TWEETS = Path.of("..", "shared", "data", "troll-tweets-bulk");
  private static final long MEMORY_ROWS = 200_000;

  private static final int JOBS = 200;
  private static final long JOIN_ROWS = 10_000_000;
  private static final int REDUCERS = 16;
  private static final String CHUNKS = "100000,1000000";

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
      case "rules-memory" -> RulesMemoryBench.run(withTweets(data), out);
      case RulesMemoryBench.CHILD ->
          RulesMemoryBench.runChild(data, Path.of(option(words, "--work")), out);
      case "job" -> JobBench.run(out);
      case "scan" -> scan(words, data, out);
      case "allocation" -> AllocationBench.run(withTweets(data), out);
      case "kernels" -> Main.main(words.subList(1, words.size()).toArray(String[]::new));
      case "estimates" ->
          EstimatesBench.run(
              withTweets(data),
              option(words, "--jobs") == null ? JOBS : Integer.parseInt(option(words, "--jobs")),
              out);
      case "queue" -> queue(words, out);
      case "join", "join-child" -> join(words, out);
      case "filter" -> FilterBench.run(new Data(null, data.rows()), out);
      default -> {
        out.print(USAGE);
        System.exit(2);
      }
    }
  }

  private static void scan(List<String> words, Data data, PrintStream out) throws Exception {
    String counts = option(words, "--rules");
    List<ScanResult> results =
        ScanBench.run(
            withTweets(data),
            numbers(counts == null ? RULES : counts),
            json(words) ? new PrintStream(System.err, true, StandardCharsets.UTF_8) : out);
    if (json(words)) {
      out.println(
          results.stream().map(ScanResult::json).collect(Collectors.joining(",\n ", "[", "]")));
    }
  }

  private static void queue(List<String> words, PrintStream out) throws IOException {
    String counts = option(words, "--chunks");
    PrintStream table =
        json(words) ? new PrintStream(System.err, true, StandardCharsets.UTF_8) : out;
    List<Integer> chunks = numbers(counts == null ? CHUNKS : counts);
    List<String> results = new ArrayList<>();
    QueueBench.run(chunks, table).forEach(result -> results.add(result.json()));
    StateBench.run(chunks, table).forEach(result -> results.add(result.json()));
    if (json(words)) {
      out.println(results.stream().collect(Collectors.joining(",\n ", "[", "]")));
    }
  }

  private static void join(List<String> words, PrintStream out) throws Exception {
    String given = option(words, "--data");
    Path tweets = given != null ? Path.of(given) : Files.isDirectory(TWEETS) ? TWEETS : null;
    String count = option(words, "--rows");
    long rows = count == null ? JOIN_ROWS : Long.parseLong(count);
    String parts = option(words, "--reducers");
    int reducers = parts == null ? REDUCERS : Integer.parseInt(parts);
    String chosen = option(words, "--facts");
    List<JoinCase> cases =
        chosen == null
            ? List.of(JoinCase.values())
            : List.of(JoinCase.valueOf(chosen.toUpperCase(Locale.ROOT)));
    if (words.get(0).equals("join")) {
      JoinBench.run(cases, rows, reducers, tweets, out);
    } else {
      JoinWay way = JoinWay.valueOf(option(words, "--way"));
      JoinBench.runChild(cases.get(0), way, rows, reducers, tweets, out);
    }
  }

  private static boolean json(List<String> words) {
    return "json".equals(option(words, "--output"));
  }

  private static List<Integer> numbers(String list) {
    return Arrays.stream(list.split(",", -1)).map(Integer::valueOf).toList();
  }

  private static Data withTweets(Data data) {
    return data.given() == null && Files.isDirectory(TWEETS) ? new Data(TWEETS, data.rows()) : data;
  }

  private static String option(List<String> words, String name) {
    int at = words.indexOf(name);
    return at >= 0 && at + 1 < words.size() ? words.get(at + 1) : null;
  }
}
