package dev.historics.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Real tweets and what is known of their authors, told in order; against a join made by hand. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AugmentTest {
  private static final String LEFT = "author.account_category == \"LeftTroll\"";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String GONE = "BlackNewsOutlet";

  private final List<Original> tweets = new ArrayList<>();
  private Map<String, String> categories;
  private Path authors;
  private Path folder;
  private Shell shell;

  @BeforeAll
  void tweets_come_in(@TempDir Path folder) throws IOException {
    this.folder = folder;
    shell = new Shell(folder.resolve("home"));
    authors = shared("side/troll-authors.csv");
    categories = categories(authors);
    load("2017-08-05");
    load("2017-08-06");
  }

  private static Path shared(String path) {
    Path above = Path.of("").toAbsolutePath();
    while (above != null && !Files.exists(above.resolve("shared/data").resolve(path))) {
      above = above.getParent();
    }
    assumeTrue(above != null, "no shared/data/" + path);
    return above.resolve("shared/data").resolve(path);
  }

  /** By author; no field of this table is quoted. */
  private static Map<String, String> categories(Path table) throws IOException {
    Map<String, String> categories = new HashMap<>();
    for (String line : Files.readAllLines(table)) {
      List<String> fields = List.of(line.split(",", -1));
      categories.put(fields.get(0), fields.get(4));
    }
    return categories;
  }

  private void load(String day) throws IOException {
    Path file = shared("troll-tweets/" + day + ".ndjson.gz");
    tweets.addAll(
        Original.read(
            file,
            json -> json.path("author_id") + "|" + json.path("publish_date") + json.path("content"),
            json -> Instant.parse(json.path("publish_date").asText().replace(' ', 'T') + "Z")));
    shell.ok("archive", "import", "--source", "trolltweets", file.toString());
  }

  private JsonNode augment(Path table, String... more) throws IOException {
    List<String> line =
        new ArrayList<>(
            List.of("augment", "--source", "trolltweets", "--table", table.toString(), "--as"));
    line.addAll(List.of("author", "--on", "interaction.author.username=author_id"));
    line.addAll(List.of(more));
    return shell.json(line.toArray(String[]::new));
  }

  private boolean isLeft(Original tweet) {
    return "LeftTroll".equals(categories.get(tweet.text("/author_id")));
  }

  private long count(Predicate<Original> wanted) {
    return tweets.stream().filter(wanted).count();
  }

  /** What a rule finds, as the tweets' authors, times and texts. */
  private List<JsonNode> found(String rule) {
    String query = shell.submit("alice", rule, "trolltweets", "2017-08-05", "2017-08-08");
    shell.ok("run", "--until-idle");
    return shell.ok("results", query).out().lines().map(AugmentTest::parsed).toList();
  }

  private static JsonNode parsed(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException e) {
      throw new IllegalArgumentException(line, e);
    }
  }

  @Test
  @Order(1)
  void a_trial_counts_and_changes_nothing() throws IOException {
    JsonNode tried = augment(authors, "--dry-run");

    assertThat(tried.path("matched").asLong())
        .isEqualTo(count(tweet -> categories.containsKey(tweet.text("/author_id"))));
    assertThat(shell.run("validate", "--source", "trolltweets", "--csdl", LEFT).exitCode())
        .isEqualTo(2);
  }

  @Test
  @Order(2)
  void a_rule_over_the_new_target_finds_what_a_join_by_hand_finds() throws IOException {
    JsonNode augmented = augment(authors);

    assertThat(augmented.path("days")).hasSize(2);
    assertThat(augmented.path("records").asLong()).isEqualTo(tweets.size());
    assertThat(augmented.path("without_key").asLong()).isZero();
    List<JsonNode> found = found(LEFT);
    assertThat(found.stream().map(line -> line.path("trolltweets")).toList())
        .containsExactlyInAnyOrderElementsOf(
            tweets.stream().filter(this::isLeft).map(Original::json).toList());
    assertThat(found)
        .isNotEmpty()
        .allSatisfy(
            line -> {
              assertThat(line.path("author").path("account_category").asText())
                  .isEqualTo("LeftTroll");
              assertThat(line.path("author").path("in_congress_2018").isInt()).isTrue();
            });
  }

  @Test
  @Order(3)
  void rules_know_the_new_targets() throws IOException {
    assertThat(shell.json("validate", "--csdl", LEFT).path("valid").asBoolean()).isTrue();
    assertThat(shell.ok("explain", "--csdl", LEFT, "--source", "trolltweets").out())
        .contains("author.account_category");
    assertThat(shell.ok("targets", "trolltweets", "--like", "account_c").out())
        .contains("author.account_category");
    Path delivered = Files.write(folder.resolve("left.ndjson"), lines(found(LEFT)));
    assertThat(shell.ok("filter", "--count", "--csdl", LEFT, delivered.toString()).out())
        .isEqualTo(shell.ok(filterOfSource(LEFT, delivered)).out())
        .isEqualTo(count(this::isLeft) + "\n");
    Shell.Ran wrong = shell.run("validate", "--csdl", LEFT.replace("category", "catgory"));
    assertThat(wrong.exitCode()).isEqualTo(2);
    assertThat(wrong.err()).contains("author.account_category");
  }

  private static List<String> lines(List<JsonNode> interactions) {
    return interactions.stream().map(JsonNode::toString).toList();
  }

  private static String[] filterOfSource(String rule, Path file) {
    return new String[] {
      "filter", "--source", "trolltweets", "--count", "--csdl", rule, file.toString()
    };
  }

  @Test
  @Order(4)
  void what_comes_in_later_has_no_values_until_it_is_done_again() throws IOException {
    long before = count(this::isLeft);
    load("2017-08-07");
    assertThat(found(LEFT)).hasSize((int) before);
    shell.ok("archive", "compact");
    assertThat(found(LEFT)).hasSize((int) before);

    JsonNode again = augment(authors);

    assertThat(again.path("days").findValuesAsText("state"))
        .containsExactly("done", "done", "augmented");
    assertThat(found(LEFT)).hasSize((int) count(this::isLeft));
    assertThat(shell.ok("archive", "compact").err()).contains("every day is sealed");
    assertThat(shell.json("archive", "verify").path("problems")).isEmpty();
  }

  @Test
  @Order(5)
  void a_takedown_and_resealing_keep_the_values_of_all_others() throws IOException {
    shell.ok("archive", "takedown", "--source", "trolltweets", "--author", GONE);
    tweets.removeIf(tweet -> tweet.text("/author_id").equals(GONE));

    assertThat(found(LEFT)).hasSize((int) count(this::isLeft));
    assertThat(augment(authors).path("days").findValuesAsText("state")).containsOnly("done");
    assertThat(shell.json("archive", "verify").path("problems")).isEmpty();
  }

  @Test
  @Order(6)
  void another_table_replaces_the_values_and_tells_who_is_missing() throws IOException {
    Path some = folder.resolve("some.csv");
    Collection<String> lines =
        Files.readAllLines(authors).stream().filter(line -> !line.contains("LeftTroll")).toList();
    Files.write(some, lines);

    JsonNode replaced = augment(some, "--columns", "account_category");

    assertThat(replaced.path("without_partner").asLong()).isEqualTo(count(this::isLeft));
    JsonNode lonely = replaced.path("frequent_without_partner").get(0);
    assertThat(categories.get(lonely.path("key").asText())).isEqualTo("LeftTroll");
    assertThat(found(LEFT)).isEmpty();
    assertThat(found("author.account_category exists"))
        .hasSize((int) count(tweet -> !isLeft(tweet) && isKnown(tweet)))
        .allSatisfy(line -> assertThat(line.path("author").size()).isEqualTo(1));
  }

  private boolean isKnown(Original tweet) {
    return categories.containsKey(tweet.text("/author_id"));
  }

  @Test
  @Order(7)
  void mistakes_are_told_with_what_to_do() throws IOException {
    Path twice = Files.writeString(folder.resolve("twice.csv"), "k,c\na,1\nb,2\na,3\n");
    Path texts = Files.writeString(folder.resolve("texts.csv"), "k,in_congress_2018\na,yes\n");
    Path alone = Files.writeString(folder.resolve("alone.csv"), "k\na\n");
    String user = "interaction.author.username=k";

    refuses(3, "does not exist", "--table", folder + "/none.csv", "--on", user);
    refuses(2, "no column 'k'", "--table", authors.toString(), "--on", user);
    refuses(2, "'a' stands twice", "--table", twice.toString(), "--on", user);
    refuses(2, "no column but its key", "--table", alone.toString(), "--on", user);
    refuses(2, "is int already, and would be text", "--table", texts.toString(), "--on", user);
    refuses(2, "expected a file", "--table", "/dev/null", "--on", user);
    refuses(2, "expected TARGET=COLUMN", "--table", texts.toString(), "--on", "k");
    refuses(
        2,
        "did you mean interaction.author.username",
        "--table",
        texts.toString(),
        "--on",
        "interaction.author.usrname=k");
    refuses(2, "is geo", "--table", texts.toString(), "--on", "interaction.geo=k");
    refuses(
        2,
        "did you mean 'in_congress_2018'",
        "--table",
        texts.toString(),
        "--on",
        user,
        "--columns",
        "in_congres_2018");
    for (String taken :
        List.of("interaction", "language", "trolltweets", "klout", "Author", "a.b", "tag")) {
      Shell.Ran ran =
          shell.run(
              "augment",
              "--source",
              "trolltweets",
              "--table",
              texts.toString(),
              "--on",
              user,
              "--as",
              taken);
      assertThat(ran.exitCode()).as(taken).isEqualTo(2);
      assertThat(ran.err()).contains("--as");
    }
    assertThat(shell.json("archive", "verify").path("problems")).isEmpty();
  }

  @Test
  @Order(8)
  void a_table_is_refreshed_with_whole_numbers_and_cleared_by_its_header() throws IOException {
    String author = tweets.get(0).text("/author_id");
    Path table = folder.resolve("a:b.csv");

    Files.writeString(table, "\ufeff\"author id\",\"the note\",none\n" + author + ",5.5,\n");
    assertThat(noted(table).path("targets").findValuesAsText("target"))
        .containsExactly("noted.the_note");
    Files.writeString(table, "\ufeff\"author id\",\"the note\",none\n" + author + ",6,7\n");
    assertThat(noted(table).path("targets").findValuesAsText("type"))
        .containsExactly("float", "int");
    assertThat(found("noted.the_note == 6 AND noted.none == 7"))
        .hasSize((int) count(tweet -> tweet.text("/author_id").equals(author)));
    Files.writeString(table, "\ufeff\"author id\",\"the note\",none\n");
    noted(table);
    assertThat(found("noted.the_note exists")).isEmpty();
  }

  private JsonNode noted(Path table) throws IOException {
    return shell.json(
        "augment",
        "--source",
        "trolltweets",
        "--table",
        table.toString(),
        "--as",
        "noted",
        "--on",
        "interaction.author.username=author_id",
        "--columns",
        "the note,none");
  }

  private void refuses(int exitCode, String reason, String... arguments) {
    String[] line =
        Stream.concat(
                Stream.of("augment", "--source", "trolltweets", "--as", "author"),
                Stream.of(arguments))
            .toArray(String[]::new);
    Shell.Ran ran = shell.run(line);
    assertThat(ran.exitCode()).as(ran.err()).isEqualTo(exitCode);
    assertThat(ran.err()).contains(reason);
    assertThat(ran.complaint()).hasSizeLessThanOrEqualTo(3);
  }
}
