package dev.historics.archive.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.historics.archive.RecordMapper;
import dev.historics.archive.RejectedRecordException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the shipped mappings make of real records. */
class RealDataTest {
  /** The key of the one post that the events of Bluesky say was deleted. */
  private static final String DELETED_POST = "3mpt73z3ejc2p";

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          bluesky,   bluesky-jetstream-2026-07-04,         151,   /did
          datasift,  datasift-amazon-2014,                 10,    /interaction/id
          datasift,  datasift-instagram-2014,              25,    /interaction/id
          datasift,  datasift-mixed-2013-07-08,            101,   /interaction/id
          twitter,   datasift-mixed-2013-07-08,            101,   /interaction/id
          datasift,  datasift-reddit-2014,                 33,    /interaction/id
          datasift,  datasift-twitter-2014-05-30,          1000,  /interaction/id
          twitter,   datasift-twitter-2014-05-30,          1000,  /interaction/id
          datasift,  datasift-youtube-2014,                7,     /interaction/id
          github,    github-events-2021-07-21,             800,   /id
          twitter,   twitter-v1-mtsw,                      98,    /id_str
          twitter,   twitter-v1-search-ja-2014-08-31,      100,   /id_str
          twitter,   twitter-v1-stream-2013-12-11,         50,    /id_str
          twitter,   twitter-v1-timelines,                 695,   /id_str
          usgs,      usgs-earthquakes-2018-01-31_02-07,    1707,  /id
          wikipedia, wikipedia-edits-2015-09-12,           39244, /time
          """)
  void every_record_that_has_an_id_is_taken(
      String source, String file, int accepted, String idPointer) throws IOException {
    List<byte[]> lines = Repository.lines(Repository.data("rich/" + file + ".ndjson.gz"));
    int withId = 0;
    for (byte[] line : lines) {
      JsonNode id = TreeReference.JSON.readTree(line).at(idPointer);
      boolean isNotice =
          TreeReference.JSON.readTree(line).at("/commit/rkey").asText().equals(DELETED_POST);
      withId += id.isMissingNode() || id.isNull() || isNotice ? 0 : 1;
    }

    Map<String, Integer> outcomes = outcomes(source, lines);

    assertThat(withId).isEqualTo(accepted);
    assertThat(outcomes.get("accepted")).isEqualTo(accepted);
    assertThat(outcomes.values().stream().mapToInt(n -> n).sum()).isEqualTo(lines.size());
  }

  @Test
  void every_troll_tweet_is_taken_and_exact_copies_have_one_id() throws Exception {
    Map<String, Integer> perFile = new TreeMap<>();
    int records = 0;
    try (Stream<Path> files = Files.list(Repository.data("troll-tweets"))) {
      for (Path file : files.sorted().toList()) {
        List<byte[]> lines = Repository.lines(file);
        records += lines.size();
        assertThat(outcomes("trolltweets", lines)).isEqualTo(Map.of("accepted", lines.size()));
        perFile.put(file.getFileName().toString().substring(0, 10), lines.size());
      }
    }
    List<byte[]> sparse =
        Repository.lines(Repository.data("troll-tweets-sparse-2014-06_2014-10.ndjson.gz"));

    assertThat(records).isEqualTo(165_225);
    assertThat(perFile).containsEntry("2017-08-24", 557).containsEntry("2017-08-16", 14_663);
    assertThat(outcomes("trolltweets", sparse)).isEqualTo(Map.of("accepted", 450));
  }

  @Test
  void every_language_of_the_troll_tweets_has_a_tag_but_the_undefined_one() throws Exception {
    Map<String, Integer> untagged = new TreeMap<>();
    RecordMapper mapper = Repository.shipped("trolltweets").mapper();
    for (String day : List.of("2017-08-05", "2017-08-16", "2017-09-04")) {
      Path file = Repository.data("troll-tweets/" + day + ".ndjson.gz");
      for (byte[] line : Repository.lines(file)) {
        JsonNode interaction = TreeReference.JSON.readTree(mapper.map(line).raw());
        if (interaction.at("/language/tag").isMissingNode()) {
          untagged.merge(interaction.at("/trolltweets/language").asText(), 1, Integer::sum);
        }
      }
    }

    assertThat(untagged.keySet()).isSubsetOf("LANGUAGE UNDEFINED");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          troll-backslash                                  | 40  | trolltweets
          troll-c1-control                                 | 100 | trolltweets
          troll-empty                                      | 1   | trolltweets
          troll-exact-duplicate                            | 120 | trolltweets
          troll-late-next-day                              | 40  | trolltweets
          troll-late-over-30-days                          | 60  | trolltweets
          troll-longer-than-280                            | 60  | trolltweets
          troll-mojibake                                   | 142 | trolltweets
          troll-nbsp                                       | 20  | trolltweets
          troll-negative-count                             | 2   | trolltweets
          troll-replacement-char                           | 60  | trolltweets
          troll-same-key-other-fields                      | 120 | trolltweets
          troll-zero-width-or-bidi                         | 100 | trolltweets
          """)
  void odd_texts_are_no_reason_to_refuse_a_record(String file, int accepted, String source)
      throws IOException {
    List<byte[]> lines = Repository.lines(Repository.data("dirty/" + file + ".ndjson.gz"));

    assertThat(outcomes(source, lines)).isEqualTo(Map.of("accepted", accepted));
  }

  @Test
  void a_string_that_holds_json_is_not_an_interaction() throws IOException {
    List<byte[]> lines =
        Repository.lines(
            Repository.data("dirty/datasift-twitter-json-inside-json-string.ndjson.gz"));

    Map<String, Integer> outcomes = outcomes("twitter", lines);

    assertThat(outcomes.values().stream().mapToInt(n -> n).sum()).isEqualTo(100);
    assertThat(outcomes.keySet())
        .allSatisfy(
            reason ->
                assertThat(reason)
                    .startsWith(
                        "expected a JSON object, found one in a string (a mapping with 'unpack:"
                            + " json_string' takes it): \"{\\\""));
  }

  @Test
  void a_blank_line_between_statuses_is_refused_for_what_it_is() throws IOException {
    List<byte[]> lines =
        Repository.lines(
            Repository.data("dirty/twitter-stream-as-captured-with-blank-lines.txt.gz"));

    assertThat(outcomes("twitter", lines))
        .isEqualTo(
            Map.of(
                "accepted", 50,
                "a delete notice, not a status", 8,
                "not JSON: the record is empty", 57));
  }

  @Test
  void a_line_of_tab_separated_values_is_refused_for_what_it_is() throws IOException {
    List<byte[]> lines = Repository.lines(Repository.data("dirty/twitter-tab-prefixed.tsv.gz"));

    Map<String, Integer> outcomes = outcomes("twitter", lines);

    assertThat(outcomes).hasSize(100);
    assertThat(outcomes.keySet())
        .contains(
            "expected a JSON object, found one behind other columns (a mapping with 'unpack:"
                + " {after_tabs: 3}' takes it): 801455863\\u0009twitter,statuses/user_timeline"
                + "\\u00091384499355578\\u0009{\"contributors\":null,\"tex…");
  }

  /** How many records were accepted, and how many were refused for each reason. */
  private static Map<String, Integer> outcomes(String source, List<byte[]> lines) {
    RecordMapper mapper = Repository.shipped(source).mapper();
    Map<String, Integer> outcomes = new TreeMap<>();
    for (byte[] line : lines) {
      String outcome = "accepted";
      try {
        assertThat(mapper.map(line).id()).isNotEmpty();
      } catch (RejectedRecordException e) {
        outcome = e.getMessage();
      }
      outcomes.merge(outcome, 1, Integer::sum);
    }
    return outcomes;
  }
}
