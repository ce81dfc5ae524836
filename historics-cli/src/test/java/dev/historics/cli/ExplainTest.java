package dev.historics.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * A rule's plan and cost, and what it finds in an archive so small that the look sees all of it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExplainTest {
  private static final String RULE =
      """
      // what people sing
      tag.topic "song" { interaction.content contains_any "music, song" }
      tag.score 2.50 { twitter.user.followers_count > 500 }
      return {
        (interaction.content CONTAINS "the" or interaction.content regex_partial "(?i)mus(ic|eum)")
        and not language.tag == "ja" and interaction.sample < 50
      }
      """;

  private Path folder;
  private Shell shell;
  private Path rule;
  private final List<Original> records = new ArrayList<>();

  @BeforeAll
  void an_archive_of_three_days(@TempDir Path folder) throws IOException {
    this.folder = folder;
    shell = new Shell(folder.resolve("home"));
    rule = Files.writeString(folder.resolve("song.csdl"), RULE);
    Path out = folder.resolve("firehose");
    String[] generate =
        "generate --source twitter --from 2017-08-05 --days 3 --rate 0.02".split(" ");
    shell.ok(with(generate, "--out", out.toString()));
    for (String day : List.of("2017-08-05", "2017-08-06", "2017-08-07")) {
      records.addAll(
          Original.read(
              out.resolve(day + ".ndjson"),
              json -> json.at("/interaction/id").asText(),
              json -> EndToEndTest.created(json.at("/interaction/created_at").asText())));
    }
    shell.ok("archive", "import", "--source", "twitter", out.toString());
    shell.ok("archive", "compact", "--source", "twitter");
  }

  private static String[] with(String[] words, String... more) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  private double share(Predicate<Original> plain) {
    return (double) records.stream().filter(plain).count() / records.size();
  }

  private static double share(JsonNode step) {
    return step.path("share").asDouble();
  }

  @Test
  void people_see_the_rule_its_targets_and_the_order_in_which_it_is_asked() {
    assertThat(shell.ok("explain", rule.toString()).out())
        .isEqualTo(
            """
            hash        f6ed076baffdd962875f4c01363ee06f
            complexity  32

            tag.topic "song" { interaction.content contains_any "music, song" }
            tag.score 2.5 { twitter.user.followers_count > 500 }
            return {
              (
                interaction.content contains "the"
                or interaction.content regex_partial "(?i)mus(ic|eum)"
              )
              and not language.tag == "ja"
              and interaction.sample < 50
            }

            TARGET                        TYPE   NOTE
            interaction.content           text   main text of the post
            interaction.sample            float  0 <= sample < 100, the same for an interaction on every run
            language.tag                  text   language code, mostly two letters
            twitter.user.followers_count  int    -

            ASKED IN THIS ORDER                                      UNITS     NS  HOW
            and                                                          -  2,062  -
              interaction.sample < 50                                    1      2  value by value
              not                                                        -     10  -
                language.tag == "ja"                                     1     10  value by value
              or                                                         -  2,050  -
                interaction.content contains "the"                       1     50  search for a literal
                interaction.content regex_partial "(?i)mus(ic|eum)"     26  2,000  value by value
            tag.topic "song"                                             -      -  -
              interaction.content contains_any "music, song"             2     60  value by value
            tag.score 2.5                                                -      -  -
              twitter.user.followers_count > 500                         1      2  value by value
            """);
  }

  @Test
  void programs_get_the_same() throws IOException {
    JsonNode explained = shell.json("explain", rule.toString());

    assertThat(explained.path("hash"))
        .isEqualTo(shell.json("validate", rule.toString()).path("hash"));
    assertThat(explained.path("canonical").asText()).startsWith("tag.topic \"song\" { ");
    assertThat(explained.path("costs"))
        .extracting(cost -> cost.path("target").asText() + " " + cost.path("units").asInt())
        .containsExactly(
            "interaction.content 1",
            "interaction.content 26",
            "language.tag 1",
            "interaction.sample 1",
            "interaction.content 2",
            "twitter.user.followers_count 1");
    assertThat(explained.path("complexity").asInt())
        .isEqualTo(
            explained.path("costs").findValues("units").stream().mapToInt(JsonNode::asInt).sum());
    assertThat(explained.path("targets").get(1).toString())
        .isEqualTo(
            "{\"target\":\"interaction.sample\",\"type\":\"float\",\"array\":false,"
                + "\"note\":\"0 <= sample < 100, the same for an interaction on every run\"}");
    assertThat(explained.path("plan").path("condition").asText()).isEqualTo("and");
    assertThat(explained.at("/plan/parts/1/parts/0/condition").asText())
        .isEqualTo("language.tag == \"ja\"");
    assertThat(explained.path("tags"))
        .extracting(tag -> tag.path("tag").asText())
        .containsExactly("tag.topic \"song\"", "tag.score 2.5");
    assertThat(explained.has("sample")).isFalse();
    assertThat(explained.findValues("share")).isEmpty();
  }

  @Test
  void each_condition_has_its_share_of_the_records() throws IOException {
    JsonNode explained = shell.json("explain", rule.toString(), "--source", "twitter");

    JsonNode plan = explained.path("plan");
    assertThat(share(plan.at("/parts/1/parts/0")))
        .isCloseTo(share(record -> record.text("/language/tag").equals("ja")), within(1e-9));
    assertThat(share(plan.at("/parts/2/parts/0")))
        .isCloseTo(share(record -> record.hasWord("/interaction/content", "the")), within(1e-9));
    assertThat(share(plan.at("/parts/0"))).isBetween(0.45, 0.55);
    assertThat(share(plan)).isPositive().isLessThan(share(plan.at("/parts/2/parts/0")));
    assertThat(plan.at("/parts/1").has("share")).isFalse();
    assertThat(share(explained.at("/tags/1/plan")))
        .isCloseTo(
            share(record -> record.json().at("/twitter/user/followers_count").asInt(0) > 500),
            within(1e-9));
    assertThat(explained.path("sample").toString())
        .isEqualTo(
            ("{\"sources\":[\"twitter\"],\"from\":\"2017-08-05T00:00:00Z\",\"to\":\"2017-08-08T00:00:00Z\","
                    + "\"days\":3,\"days_read\":3,\"records_read\":%d}")
                .formatted(records.size()));
  }

  @Test
  void a_range_measures_what_is_in_it() throws IOException {
    long noon =
        records.stream()
            .filter(record -> record.within("2017-08-05T12:00:00Z", "2017-08-06T00:00:00Z"))
            .count();

    JsonNode explained =
        shell.json(
            "explain",
            rule.toString(),
            "--source",
            "twitter",
            "--from",
            "2017-08-05T12:00:00Z",
            "--to",
            "2017-08-06");

    assertThat(explained.at("/sample/records_read").asLong()).isEqualTo(noon);
    assertThat(explained.at("/sample/days").asInt()).isEqualTo(1);
  }

  @Test
  void late_hours_of_a_day_that_is_not_sealed_are_found() throws IOException {
    StringBuilder day = new StringBuilder();
    for (int i = 0; i < 9000; i++) {
      String hour = i < 8990 ? "10" : "23";
      day.append(
          Lines.interaction(
              "late" + i, "Tue, 08 Aug 2017 %s:30:00 +0000".formatted(hour), "word " + i % 2));
    }
    Path landing = Files.writeString(folder.resolve("late.ndjson"), day);
    shell.ok("archive", "import", "--source", "tumblr", landing.toString());

    JsonNode explained =
        shell.json(
            "explain",
            "--source",
            "tumblr",
            "--from",
            "2017-08-08T23:00:00Z",
            "--to",
            "2017-08-09",
            "--csdl",
            "interaction.content contains \"1\"");

    assertThat(explained.at("/sample/records_read").asInt()).isPositive();
    assertThat(share(explained.path("plan"))).isEqualTo(0.5);
  }

  @Test
  void a_range_without_data_has_no_shares_and_says_so() throws IOException {
    String[] line = "explain --source twitter --from 2019-01-01 --to 2019-02-01 --csdl".split(" ");

    JsonNode explained = shell.json(with(line, "interaction.title exists"));

    assertThat(explained.at("/sample/records_read").asInt()).isZero();
    assertThat(explained.findValues("share")).isEmpty();
    assertThat(shell.ok(with(line, "interaction.title exists")).out())
        .endsWith(
            "nothing was measured: there is no record in [2019-01-01T00:00:00Z, 2019-02-01T00:00:00Z) of twitter\n");
  }

  @Test
  void a_rule_of_tags_alone_is_explained_too() throws IOException {
    JsonNode explained =
        shell.json(
            "explain",
            "--source",
            "twitter",
            "--csdl",
            "tag \"all\" { interaction.content exists }");

    assertThat(explained.path("plan").isNull()).isTrue();
    assertThat(share(explained.at("/tags/0/plan"))).isEqualTo(1);
  }

  @Test
  void a_thousand_conditions_are_measured_in_a_moment() throws IOException {
    String many = "language.tag == \"x%d\"";
    List<String> conditions = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      conditions.add(many.formatted(i));
    }
    Path wide = Files.writeString(folder.resolve("wide.csdl"), String.join(" and ", conditions));

    JsonNode explained = shell.json("explain", wide.toString(), "--source", "twitter");

    assertThat(explained.at("/plan/parts")).hasSize(1000);
    assertThat(share(explained.path("plan"))).isZero();
  }
}
