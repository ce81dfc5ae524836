package dev.historics.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Real records of four sources, asked by several users; every count against a plain count. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealDataTest {
  private static final String MONTH_FROM = "2017-08-05";
  private static final String MONTH_TO = "2017-09-05";

  /**
   * A question and what a plain reading answers.
   *
   * @param from a day, as {@code to}
   */
  private record Question(
      String user, String source, String from, String to, String rule, Predicate<Original> plain) {}

  private static final List<Question> QUESTIONS =
      List.of(
          month(
              "alice",
              "interaction.content contains \"trump\"",
              tweet -> tweet.hasWord("/content", "trump")),
          month(
              "bob",
              "language.tag == \"ru\" or language.tag == \"de\"",
              tweet -> List.of("Russian", "German").contains(tweet.text("/language"))),
          month(
              "carol",
              "trolltweets.followers > 10000 and not interaction.content contains \"rt\"",
              tweet ->
                  tweet.json().path("followers").asInt(0) > 10_000
                      && !tweet.hasWord("/content", "rt")),
          month(
              "alice",
              "interaction.author.username == \"TEN_GOP\" or trolltweets.region == \"Italy\"",
              tweet ->
                  tweet.text("/author_id").equals("TEN_GOP")
                      || tweet.text("/region").equals("Italy")),
          new Question(
              "bob",
              "twitter",
              "2014-05-30",
              "2014-05-31",
              "klout.score >= 50 and interaction.content contains \"the\"",
              tweet ->
                  tweet.json().at("/klout/score").asInt(0) >= 50
                      && tweet.hasWord("/interaction/content", "the")),
          new Question(
              "dave",
              "twitter",
              "2014-05-30",
              "2014-05-31",
              "interaction.raw_content contains \"@\" and not interaction.content contains \"@\""
                  + " and not interaction.content substr \"http\"",
              tweet ->
                  tweet.text("/interaction/content").contains("@")
                      && !tweet.seen("/interaction/content").contains("@")
                      && !tweet
                          .seen("/interaction/content")
                          .toLowerCase(Locale.ROOT)
                          .contains("http")),
          new Question(
              "alice",
              "twitter",
              "2014-05-30",
              "2014-05-31",
              "twitter.text contains \"i\" or twitter.retweet.text contains \"i\"",
              tweet ->
                  tweet.hasWord("/twitter/text", "i")
                      || tweet.hasWord("/twitter/retweet/text", "i")),
          new Question(
              "carol",
              "github",
              "2021-07-21",
              "2021-07-22",
              "github.type == \"PushEvent\" and github.payload.size > 1",
              event ->
                  event.text("/type").equals("PushEvent")
                      && event.json().at("/payload/size").asInt(0) > 1),
          new Question(
              "dave",
              "wikipedia",
              "2015-09-08",
              "2015-09-21",
              "wikipedia.isRobot == 1 and language.tag == \"en\"",
              edit ->
                  edit.json().path("isRobot").asBoolean()
                      && List.of("#en.wikipedia", "#simple.wikipedia")
                          .contains(edit.text("/channel"))));

  private static Question month(String user, String rule, Predicate<Original> plain) {
    return new Question(user, "trolltweets", MONTH_FROM, MONTH_TO, rule, plain);
  }

  private final Map<String, List<Original>> originals = new HashMap<>();
  private final Map<Question, String> queries = new HashMap<>();
  private Shell shell;

  @BeforeAll
  void everything_is_archived_and_asked(@TempDir Path folder) throws IOException {
    shell = new Shell(folder.resolve("home"));
    archive("trolltweets", "troll-tweets", RealDataTest::tweetId, RealDataTest::tweetTime);
    archive(
        "twitter",
        "rich/datasift-twitter-2014-05-30.ndjson.gz",
        json -> json.at("/interaction/id").asText(),
        json -> mailTime(json.at("/interaction/created_at").asText()));
    archive(
        "github",
        "rich/github-events-2021-07-21.ndjson.gz",
        json -> json.path("id").asText(),
        json -> Instant.parse(json.path("created_at").asText()));
    archive(
        "wikipedia",
        "rich/wikipedia-edits-2015-09-12.ndjson.gz",
        RealDataTest::editId,
        json -> Instant.parse(json.path("time").asText()));
    for (Question question : QUESTIONS) {
      queries.put(
          question,
          shell.submit(
              question.user(), question.rule(), question.source(), question.from(), question.to()));
    }
    shell.ok("run", "--until-idle");
  }

  private static String tweetId(JsonNode json) {
    return json.path("author_id") + "\n" + json.path("publish_date") + "\n" + json.path("content");
  }

  private static Instant tweetTime(JsonNode json) {
    return Instant.parse(json.path("publish_date").asText().replace(' ', 'T') + "Z");
  }

  private static String editId(JsonNode json) {
    StringBuilder id = new StringBuilder();
    for (String field :
        List.of("time", "channel", "page", "user", "comment", "delta", "added", "deleted")) {
      id.append(json.path(field)).append('\n');
    }
    return id.toString();
  }

  private static Instant mailTime(String text) {
    return OffsetDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
  }

  private void archive(
      String source, String at, Function<JsonNode, String> id, Function<JsonNode, Instant> created)
      throws IOException {
    Path input = shared(at);
    List<Original> records = new ArrayList<>();
    for (Path file : files(input)) {
      records.addAll(Original.read(file, id, created));
    }
    originals.put(source, records);

    JsonNode ledger =
        shell.json(
            "archive", "import", "--source", source, "-Dimport.future=365d", input.toString());
    shell.ok("archive", "compact", "--source", source);

    assertThat(ledger.path("stored").asInt()).as(source).isEqualTo(records.size());
    assertThat(ledger.path("quarantined").asInt()).as(source).isZero();
  }

  private static List<Path> files(Path input) throws IOException {
    if (Files.isRegularFile(input)) {
      return List.of(input);
    }
    try (Stream<Path> files = Files.list(input)) {
      return files.sorted().toList();
    }
  }

  private static Path shared(String path) {
    Path above = Path.of("").toAbsolutePath();
    while (above != null && !Files.exists(above.resolve("shared/data").resolve(path))) {
      above = above.getParent();
    }
    assumeTrue(above != null, "no shared/data/" + path);
    return above.resolve("shared/data").resolve(path);
  }

  @Test
  void everybody_gets_exactly_what_a_plain_count_finds() throws IOException {
    for (Question question : QUESTIONS) {
      String query = queries.get(question);
      List<Original> inRange =
          originals.get(question.source()).stream()
              .filter(
                  record ->
                      record.within(question.from() + "T00:00:00Z", question.to() + "T00:00:00Z"))
              .toList();
      long expected = inRange.stream().filter(question.plain()).count();

      JsonNode status = shell.json("status", query);

      assertThat(expected).as(question.rule()).isPositive();
      assertThat(status.path("status").asText()).isEqualTo("succeeded");
      assertThat(status.path("matched").asLong()).as(question.rule()).isEqualTo(expected);
      assertThat(status.path("read").asLong()).as(question.rule()).isEqualTo(inRange.size());
      EndToEndTest.requireBalance(
          shell.json("results", query, "--manifest"), inRange.size(), expected);
    }
  }

  @Test
  void the_original_object_is_delivered_whole() throws IOException {
    for (Question question : QUESTIONS) {
      if (!question.source().equals("twitter")) {
        Set<JsonNode> expected =
            originals.get(question.source()).stream()
                .filter(question.plain())
                .map(Original::json)
                .collect(Collectors.toSet());

        List<JsonNode> delivered =
            shell.ok("results", queries.get(question)).jsonLines().stream()
                .map(line -> line.path(question.source()))
                .toList();

        assertThat(expected.containsAll(delivered)).as(question.rule()).isTrue();
        assertThat(delivered)
            .hasSize(shell.json("status", queries.get(question)).path("matched").asInt());
      }
    }
  }

  @Test
  void questions_over_the_same_days_share_their_scans() throws IOException {
    List<String> jobs = new ArrayList<>();
    for (Question question : QUESTIONS) {
      if (question.source().equals("trolltweets")) {
        JsonNode chunks = shell.json("status", queries.get(question)).path("chunks");
        assertThat(chunks).hasSize(31);
        chunks.forEach(chunk -> jobs.add(chunk.path("job").asText()));
      }
    }

    assertThat(jobs).hasSize(4 * 31);
    assertThat(jobs.stream().distinct().count()).isLessThan(3 * 31);
  }

  @Test
  void the_archive_verifies() throws IOException {
    JsonNode report = shell.json("archive", "verify");

    long stored = originals.values().stream().mapToLong(List::size).sum();
    assertThat(report.path("records").asLong()).isEqualTo(stored);
    assertThat(report.path("problems")).isEmpty();
  }
}
