package dev.historics.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What rules can name, and what is said of names that look misspelt. */
class TargetsTest {
  private static final String OWN_MAPPING =
      """
      source: diary
      id: {path: id}
      created_at: {path: at}
      interaction:
        content: {path: text}
      targets:
        diary.mood: int
        diary.place: geo
        interaction.author.id: text
      """;

  @TempDir Path folder;
  private Shell shell;

  @BeforeEach
  void a_home_with_a_mapping_of_its_own() throws IOException {
    Path sources = Files.createDirectories(folder.resolve("home/conf/sources"));
    Files.writeString(sources.resolve("diary.yaml"), OWN_MAPPING);
    shell = new Shell(folder.resolve("home"));
  }

  private static List<JsonNode> named(JsonNode targets, String name) {
    return StreamSupport.stream(targets.spliterator(), false)
        .filter(target -> target.path("target").asText().equals(name))
        .toList();
  }

  @Test
  void a_target_has_its_type_whether_it_is_an_array_and_a_note() throws IOException {
    JsonNode all = shell.json("targets");

    assertThat(named(all, "interaction.content"))
        .singleElement()
        .hasToString(
            "{\"target\":\"interaction.content\",\"type\":\"text\",\"array\":false,"
                + "\"note\":\"main text of the post\"}");
    assertThat(named(all, "interaction.hashtags").get(0).path("array").asBoolean()).isTrue();
    assertThat(named(all, "interaction.sample").get(0).path("type").asText()).isEqualTo("float");
  }

  @Test
  void without_a_source_there_is_what_every_mapping_declares() throws IOException {
    JsonNode all = shell.json("targets");

    assertThat(named(all, "diary.mood"))
        .singleElement()
        .hasToString(
            "{\"target\":\"diary.mood\",\"type\":\"int\",\"array\":false,\"source\":\"diary\",\"note\":\"\"}");
    assertThat(named(all, "trolltweets.followers")).hasSize(1);
    assertThat(named(all, "interaction.author.id"))
        .extracting(target -> target.path("source").asText("") + ":" + target.path("type").asText())
        .contains(":int", "diary:text");
  }

  @Test
  void of_a_source_there_is_what_its_rules_can_name() throws IOException {
    JsonNode diary = shell.json("targets", "diary");

    assertThat(diary)
        .extracting(target -> target.path("target").asText())
        .contains("interaction.content", "language.tag", "links.url", "diary.mood", "diary.place")
        .noneMatch(name -> name.startsWith("twitter."))
        .isSorted();
    assertThat(named(diary, "interaction.content").get(0).path("note").asText())
        .isEqualTo("main text of the post");
    assertThat(named(diary, "interaction.author.id").get(0).path("type").asText())
        .isEqualTo("text");
    assertThat(shell.ok("targets", "diary").err())
        .isEqualTo("any other field under 'diary.' can be named too, as text\n");
  }

  @Test
  void a_source_that_came_in_with_a_mapping_from_elsewhere_is_known() throws IOException {
    Path mapping =
        Files.writeString(
            folder.resolve("log.yaml"),
            OWN_MAPPING.replace("diary", "log").replace("interaction.author.id: text", ""));
    Path record =
        Files.writeString(
            folder.resolve("log.ndjson"),
            "{\"id\":\"1\",\"at\":\"2017-08-05T10:30:00Z\",\"text\":\"x\"}\n");
    shell.ok(
        "archive", "import", "--source", "log", "--mapping", mapping.toString(), record.toString());

    assertThat(named(shell.json("targets", "log"), "interaction.content")).hasSize(1);
  }

  @Test
  void people_see_arrays_marked() {
    assertThat(shell.ok("targets", "--like", "Without #").out())
        .isEqualTo(
            """
            TARGET                TYPE    SOURCE  NOTE
            interaction.hashtags  text[]  -       without #
            """);
  }

  @Test
  void every_target_that_is_listed_compiles() throws IOException {
    JsonNode twitter = shell.json("targets", "twitter");

    for (JsonNode target : twitter) {
      shell.ok(
          "validate", "--source", "twitter", "--csdl", target.path("target").asText() + " exists");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      textBlock =
          """
          targets --like follwers           => no target has 'follwers' in its name or note => the nearest: trolltweets.followers, yammer.group.stats.followers
          targets --like contnet            => no target has 'contnet' in its name or note => the nearest: interaction.content, 2ch.content, amazon.content
          targets diary --like DIARY.MODD   => no target of 'diary' has 'DIARY.MODD' in its name or note => the nearest: diary.mood
          targets diary --like xyzzyx       => no target of 'diary' has 'xyzzyx' in its name or note => 'historics targets diary' lists them all
          targets --like xyzzyx             => no target has 'xyzzyx' in its name or note => 'historics targets' lists them all
          targets dairy                     => there is no source 'dairy'; known with a mapping: bluesky, datasift, diary, github, trolltweets, twitter, usgs, wikipedia => did you mean 'diary'?
          targets moonbase                  => there is no source 'moonbase'; known with a mapping: bluesky, datasift, diary, github, trolltweets, twitter, usgs, wikipedia => 'historics targets' lists the targets of all sources
          """)
  void what_is_not_there_is_answered_with_what_is_near(String line, String cause, String advice) {
    Shell.Ran ran = shell.run(line.split(" +"));

    assertThat(ran.exitCode()).isEqualTo(3);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.complaint()).containsExactly("historics: " + cause, advice);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      textBlock =
          """
          twitter.user.folowers_count => twitter.user.followers_count
          twitter.followers_count     => twitter.user.followers_count
          diary.mood_                 => diary.mood
          diary.moods                 => diary.mood
          """)
  void a_field_that_nothing_declares_is_valid_and_remarked_where_it_looks_misspelt(
      String name, String meant) {
    Shell.Ran ran = shell.ok("validate", "--csdl", name + " exists");

    assertThat(ran.out()).startsWith("valid: ");
    assertThat(ran.complaint())
        .containsExactly(
            "note: '%s' is declared nowhere and taken as text; did you mean '%s'?"
                .formatted(name, meant));
    assertThat(shell.ok("validate", "--quiet", "--csdl", name + " exists").err()).isEmpty();
  }

  @Test
  void other_fields_are_not_remarked() {
    assertThat(shell.ok("validate", "--csdl", "twitter.foo exists and diary.weather exists").err())
        .isEmpty();
  }
}
