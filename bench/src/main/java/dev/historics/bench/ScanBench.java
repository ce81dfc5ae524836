package dev.historics.bench;

import dev.historics.archive.Archive;
import dev.historics.archive.Manifest;
import dev.historics.jobs.DayScan;
import dev.historics.jobs.Dialect;
import dev.historics.jobs.Stage;
import java.io.BufferedOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Our scan, alone and as a whole local job, beside DuckDB on the same sealed file and Lucene's
 * stored queries on the same texts; one thread each, in turn.
 */
final class ScanBench {
  private static final int RUNS = 7;

  /** What takes DuckDB a minute is run once. */
  private static final int MANY_RULES = 300;

  /** Each rider of a job gets files of its own; a scheduler lets 200 ride, if nobody says more. */
  private static final int RIDERS_MAX = 1_000;

  /** Beyond this DuckDB is not asked: it takes as much longer as there are more rules. */
  private static final int DUCKDB_RULES_MAX = 1_000;

  private static final int LUCENE_TEXTS = 20_000;
  private static final int NAMES = 100_000;

  /** A rule has a million bytes at most. */
  private static final int AUTHORS_MAX = 20_000;

  private static final Duration PROFILED = Duration.ofSeconds(3);
  private static final String EVERYTHING = "interaction.created_at exists";

  private final Data data;
  private final List<Integer> counts;
  private final PrintStream lines;
  private final Archive archive;
  private final Manifest day;
  private final Dialect dialect;
  private final Path work;
  private final Path file;
  private final DuckDb duck;
  private final List<ScanResult> results = new ArrayList<>();

  private ScanBench(Data data, List<Integer> counts, PrintStream lines, Path work, DuckDb duck)
      throws Exception {
    this.data = data;
    this.counts = List.copyOf(counts);
    this.lines = lines;
    this.work = work;
    this.duck = duck;
    this.day = data.sealed(work);
    this.archive = Data.archive(work);
    this.dialect = data.dialect();
    this.file = Path.of(archive.files().root()).resolve(day.pathOf(day.files().get(0)));
  }

  /**
   * Runs all cases.
   *
   * @param counts how many word rules at once
   * @param lines takes the table, line by line
   */
  static List<ScanResult> run(Data data, List<Integer> counts, PrintStream lines) throws Exception {
    Path work = Data.work();
    try (DuckDb duck = new DuckDb()) {
      return new ScanBench(data, counts, lines, work, duck).run();
    } finally {
      Data.delete(work);
    }
  }

  private List<ScanResult> run() throws Exception {
    lines.printf(
        Locale.ROOT,
        "%,d %s in one sealed file of %,d bytes, one thread%n%s%n",
        day.rows(),
        data.describe(),
        day.bytes(),
        ScanResult.HEADER);
    words();
    columns();
    deliveries();
    if (data.given() != null) {
      places();
    }
    return Collections.unmodifiableList(results);
  }

  /** Plain word rules: alone, in a job, in DuckDB, in Lucene. */
  private void words() throws Exception {
    Words words = Words.of(duck, file);
    List<String> texts =
        duck.column(
            "SELECT interaction.content FROM %s WHERE interaction.content IS NOT NULL LIMIT %d"
                .formatted(DuckDb.parquet(file), LUCENE_TEXTS));
    try (LocalJobs jobs = new LocalJobs(archive, dialect, work, 1)) {
      for (int count : counts) {
        List<String> chosen = count == 1 ? List.of(data.word()) : words.take(count);
        List<String> rules =
            chosen.stream().map(word -> "interaction.content contains \"" + word + "\"").toList();
        OptionalDouble lucene = OptionalDouble.of(luceneRate(chosen, texts));
        Runs scan =
            count <= DUCKDB_RULES_MAX
                ? compare("contains", rules, count(chosen), lucene)
                : alone("contains", rules, lucene);
        lines.println("  " + stages(rules));
        if (count <= RIDERS_MAX) {
          Runs[] both =
              Runs.inTurn(RUNS, () -> jobs.replay(day, rules), () -> deliver(rules, new long[2]));
          Runs job = both[0];
          Runs delivery = both[1];
          add("contains, whole job", rules.size(), job, OptionalDouble.empty());
          lines.printf(
              Locale.ROOT,
              "  the scan alone takes %.0f %% of the job's time, with delivering %.0f %%; the rest"
                  + " is %.2f s%n",
              100 * scan.median() / job.median(),
              100 * delivery.median() / job.median(),
              job.median() - delivery.median());
          lines.println("  " + stages(jobs.medians(RUNS)));
        }
      }
    }
  }

  /** Where the time of a job went, and what of it is reading and matching. */
  private static String stages(Map<Stage, Double> seconds) {
    double all = seconds.values().stream().mapToDouble(Double::doubleValue).sum();
    String each =
        seconds.entrySet().stream()
            .map(
                stage ->
                    String.format(
                        Locale.ROOT,
                        "%s %.3f s",
                        stage.getKey().name().toLowerCase(Locale.ROOT),
                        stage.getValue()))
            .collect(Collectors.joining(", "));
    return String.format(
        Locale.ROOT,
        "%s; scan and raw are %.0f %%",
        each,
        100 * (seconds.get(Stage.SCAN) + seconds.get(Stage.RAW)) / all);
  }

  /** One word as a regular expression, which is faster there; several as what they contain. */
  private String count(List<String> words) {
    if (words.size() == 1) {
      return counting(wordInSql(words.get(0)));
    }
    String filters =
        words.stream()
            .map(word -> "count(*) FILTER (WHERE contains(content, '" + word + "'))")
            .collect(Collectors.joining(", "));
    return "SELECT %s FROM (SELECT lower(interaction.content) AS content FROM %s)"
        .formatted(filters, DuckDb.parquet(file));
  }

  private static String wordInSql(String word) {
    return "regexp_matches(interaction.content, '(?i)\\b" + word + "\\b')";
  }

  private String counting(String where) {
    return "SELECT count(*) FROM %s WHERE %s".formatted(DuckDb.parquet(file), where);
  }

  /**
   * Texts a second, one text at a time: so stored queries are fed as a rule, and so Lucene's own
   * interface has it first. Batches need texts that wait for each other; that rate is printed.
   */
  private double luceneRate(List<String> words, List<String> texts) throws Exception {
    try (LuceneMonitor lucene = new LuceneMonitor(words)) {
      Runs[] runs =
          Runs.inTurn(
              RUNS, () -> lucene.matchesOneByOne(texts), () -> lucene.matchesInBatches(texts));
      lines.printf(
          Locale.ROOT,
          "  Lucene, %,d rules, %,d texts one at a time: %s; a thousand at a time: %s, %,.0f"
              + " texts/s%n",
          words.size(),
          texts.size(),
          runs[0],
          runs[1],
          texts.size() / runs[1].median());
      return texts.size() / runs[0].median();
    }
  }

  /** Rules on one column, and the same in SQL, or as near as SQL comes. */
  private void columns() throws Exception {
    String word = data.word();
    String other = data.otherWord();
    String stem = word.substring(0, word.length() - 1);
    one(
        "substr",
        "interaction.content substr \"" + word + "\"",
        "contains(lower(interaction.content), '" + word + "')");
    one("language ==", "language.tag == \"en\"", "language.tag = 'en'");
    one("number >", data.count() + " > 10000", data.count() + " > 10000");
    one(
        "regex with a literal",
        "interaction.content regex_partial \"(?i)" + stem + "[a-z]+ [a-z]+ed\"",
        "regexp_matches(interaction.content, '(?i)" + stem + "[a-z]+ [a-z]+ed')");
    one(
        "regex without",
        "interaction.content regex_partial \"[0-9]{3}-[0-9]{4}\"",
        "regexp_matches(interaction.content, '[0-9]{3}-[0-9]{4}')");
    one(
        "near",
        "interaction.content contains_near \"" + word + ", " + other + ":4\"",
        "regexp_matches(interaction.content, '(?i)\\b%1$s(\\W+\\w+){0,3}\\W+%2$s\\b|\\b%2$s(\\W+\\w+){0,3}\\W+%1$s\\b')"
            .formatted(word, other));
    names();
  }

  /** A list of names, every other one of an author in the data as far as they go. */
  private void names() throws Exception {
    List<String> authors =
        duck.column(
            "SELECT DISTINCT interaction.author.username AS n FROM %s WHERE n IS NOT NULL ORDER BY hash(n) LIMIT %d"
                .formatted(DuckDb.parquet(file), AUTHORS_MAX));
    List<String> names = new ArrayList<>(authors.subList(0, (authors.size() + 1) / 2));
    IntStream.range(names.size(), NAMES).forEach(i -> names.add("n" + i));
    duck.run("CREATE TABLE names (name VARCHAR)");
    for (int from = 0; from < NAMES; from += 1_000) {
      duck.run(
          names.subList(from, from + 1_000).stream()
              .map(name -> "('" + name.replace("'", "''") + "')")
              .collect(Collectors.joining(", ", "INSERT INTO names VALUES ", "")));
    }
    String list =
        names.stream()
            .map(name -> name.replace("\\", "\\\\").replace(",", "\\,").replace("\"", "\\\""))
            .collect(Collectors.joining(","));
    one(
        "list of 100,000 names",
        "interaction.author.username in \"" + list + "\"",
        "interaction.author.username IN (FROM names)");
  }

  /**
   * Rules whose matches are delivered with all their JSON. DuckDB reads a file of its own, with the
   * JSON as a column.
   */
  private void deliveries() throws Exception {
    Path json = work.resolve("raw.ndjson");
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(json))) {
      DayScan.deliver(
          archive,
          day,
          List.of(EVERYTHING),
          dialect,
          (bytes, offset, length) -> {
            out.write(bytes, offset, length);
            out.write('\n');
          });
    }
    Path raw = work.resolve("raw.parquet");
    duck.run(
        """
        COPY (SELECT {'content': json->>'$.interaction.content'} AS interaction, json::VARCHAR AS raw
              FROM read_ndjson_objects('%s')) TO '%s' (FORMAT parquet, COMPRESSION zstd)
        """
            .formatted(json, raw));
    Files.delete(json);
    for (double share : new double[] {0.0001, 0.01, 0.1}) {
      String word = Words.inShare(duck, file, share);
      String rule = "interaction.content contains \"" + word + "\"";
      String query =
          "SELECT count(*), sum(strlen(raw)) FROM %s WHERE %s"
              .formatted(DuckDb.parquet(raw), wordInSql(word));
      long[] delivered = new long[2];
      Runs[] runs =
          Runs.inTurn(RUNS, () -> deliver(List.of(rule), delivered), () -> duck.row(query));
      String name = String.format(Locale.ROOT, "%s %% delivered", percent(share));
      add(name, 1, runs[0], OptionalDouble.of(day.rows() / runs[1].median()));
      lines.printf(
          Locale.ROOT,
          "  '%s': %,d interactions (DuckDB %,d), %,d bytes of JSON; %s%n",
          word,
          delivered[0],
          duck.row(query).get(0),
          delivered[1],
          Stages.of(() -> deliver(List.of(rule), delivered), PROFILED));
    }
  }

  private static String percent(double share) {
    return share < 0.01 ? "0.01" : Long.toString(Math.round(100 * share));
  }

  private void deliver(List<String> rules, long[] delivered) throws Exception {
    delivered[0] = 0;
    delivered[1] = 0;
    DayScan.deliver(
        archive,
        day,
        rules,
        dialect,
        (bytes, offset, length) -> {
          delivered[0]++;
          delivered[1] += length;
        });
  }

  /** Real tweets have no places; made-up ones do. */
  private void places() throws Exception {
    Data madeUp = new Data(null, data.rows());
    Path folder = Data.work();
    try {
      ScanBench places = new ScanBench(madeUp, List.of(), lines, folder, duck);
      places.place();
      results.addAll(places.results);
    } finally {
      Data.delete(folder);
    }
  }

  private void place() throws Exception {
    one(
        "geo_box, made-up interactions",
        "interaction.geo geo_box \"60,-10:40,20\"",
        "interaction.geo.latitude BETWEEN 40 AND 60 AND interaction.geo.longitude BETWEEN -10 AND"
            + " 20");
  }

  private void one(String name, String rule, String where) throws Exception {
    compare(name, List.of(rule), counting(where), OptionalDouble.empty());
  }

  private Runs alone(String name, List<String> rules, OptionalDouble lucene) throws Exception {
    Runs ours = Runs.warmed(RUNS, () -> DayScan.count(archive, day, rules, dialect));
    add(name, rules.size(), ours, OptionalDouble.empty(), lucene);
    return ours;
  }

  /**
   * @return our runs
   */
  private Runs compare(String name, List<String> rules, String query, OptionalDouble lucene)
      throws Exception {
    List<List<Long>> found = new ArrayList<>(List.of(List.of(), List.of()));
    Runs.Work ours = () -> found.set(0, DayScan.count(archive, day, rules, dialect));
    Runs.Work theirs = () -> found.set(1, duck.row(query));
    Runs[] both =
        rules.size() > MANY_RULES
            ? new Runs[] {Runs.warmed(RUNS, ours), Runs.once(theirs)}
            : Runs.inTurn(RUNS, ours, theirs);
    add(name, rules.size(), both[0], OptionalDouble.of(day.rows() / both[1].median()), lucene);
    lines.printf(Locale.ROOT, "  matches: %,d, DuckDB %,d%n", sum(found.get(0)), sum(found.get(1)));
    return both[0];
  }

  private static long sum(List<Long> counts) {
    return counts.stream().mapToLong(Long::longValue).sum();
  }

  private String stages(List<String> rules) throws Exception {
    return Stages.of(() -> DayScan.count(archive, day, rules, dialect), PROFILED);
  }

  private void add(String name, int rules, Runs ours, OptionalDouble duckdb) {
    add(name, rules, ours, duckdb, OptionalDouble.empty());
  }

  private void add(
      String name, int rules, Runs ours, OptionalDouble duckdb, OptionalDouble lucene) {
    ScanResult result =
        new ScanResult(name, rules, day.rows(), day.rows() / ours.median(), duckdb, lucene);
    results.add(result);
    lines.println(result.line());
  }
}
