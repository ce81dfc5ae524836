package dev.historics.archive.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.historics.archive.Shredder;
import dev.historics.archive.Stripping;
import dev.historics.archive.TargetColumn;
import dev.historics.archive.TargetColumn.Kind;
import dev.historics.archive.testing.PlainStripping;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a mapping says about links and mentions, and what becomes of real tweets. */
class StrippedTweetsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<TargetColumn> TEXTS =
      List.of(
          new TargetColumn("interaction.content", Kind.TEXT),
          new TargetColumn("interaction.raw_content", Kind.TEXT),
          new TargetColumn("twitter.text", Kind.TEXT));

  /** Takes one text a target. */
  private record Texts(Map<String, String> found) implements Shredder.Sink {
    @Override
    public void text(int column, byte[] bytes, int from, int to) {
      String value = new String(bytes, from, to - from, StandardCharsets.UTF_8);
      assertThat(found.put(TEXTS.get(column).target(), value)).isNull();
    }

    @Override
    public void integer(int column, long value) {
      throw new AssertionError("no such column");
    }

    @Override
    public void decimal(int column, double value) {
      throw new AssertionError("no such column");
    }

    @Override
    public void geo(int column, double latitude, double longitude) {
      throw new AssertionError("no such column");
    }
  }

  /**
   * @param offsetsMatterMin of how many tweets the looks would give another content at least
   */
  @ParameterizedTest
  @CsvSource({
    "rich/twitter-v1-mtsw.ndjson.gz, 0",
    "rich/twitter-v1-search-ja-2014-08-31.ndjson.gz, 2",
    "rich/twitter-v1-stream-2013-12-11.ndjson.gz, 0",
    "rich/twitter-v1-timelines.ndjson.gz, 2"
  })
  void real_tweets_are_stripped_as_their_own_offsets_say(String path, int offsetsMatterMin)
      throws Exception {
    SourceMapping twitter = Repository.shipped("twitter");
    Shredder.Reading shredder = new Shredder(TEXTS, twitter.stripping()).reading();
    int offsetsMatter = 0;
    for (byte[] line : Repository.lines(Repository.data(path))) {
      JsonNode tweet = JSON.readTree(line);
      if (!tweet.has("delete")) {
        JsonNode spoken = tweet.has("retweeted_status") ? tweet.path("retweeted_status") : tweet;
        String text = spoken.path("text").asText();
        String expected = PlainStripping.strip(text, spoken.path("entities"));
        Texts values = new Texts(new TreeMap<>());

        byte[] raw = twitter.mapper().map(line).raw();
        shredder.shred(raw, 0, raw.length, values);

        assertThat(values.found())
            .containsExactlyInAnyOrderEntriesOf(
                Map.of(
                    "interaction.content",
                    expected,
                    "interaction.raw_content",
                    text,
                    "twitter.text",
                    PlainStripping.strip(tweet.path("text").asText(), tweet.path("entities"))));
        offsetsMatter += expected.equals(PlainStripping.strip(text)) ? 0 : 1;
      }
    }
    assertThat(offsetsMatter).isGreaterThanOrEqualTo(offsetsMatterMin);
  }

  private static Stripping stripping(String yaml) throws InvalidMappingException {
    return SourceMapping.parse("m.yaml", yaml).stripping();
  }

  @Test
  void a_mapping_says_whether_and_where() throws InvalidMappingException {
    String mapped = "source: s\nid: {path: i}\ncreated_at: {path: t}\n";

    assertThat(stripping(mapped)).isEqualTo(Stripping.STANDARD);
    assertThat(stripping(mapped + "strip: false")).isEqualTo(Stripping.STANDARD);
    assertThat(stripping(mapped + "strip: true")).isEqualTo(Stripping.all(List.of()));
    assertThat(stripping(mapped + "strip: {entities: a.entities}"))
        .isEqualTo(Stripping.all(List.of("s.a.entities")));
    assertThat(stripping(mapped + "strip: {entities: [e, b.E]}"))
        .isEqualTo(Stripping.all(List.of("s.e", "s.b.E")));
    assertThat(stripping("source: s\nshape: datasift\nstrip: true"))
        .isEqualTo(Stripping.all(List.of()));
  }

  @Test
  void of_the_shipped_mappings_that_of_tweets_asks_for_it() {
    assertThat(Repository.shipped("twitter").stripping()).isEqualTo(Stripping.all(List.of()));
    for (String source : List.of("trolltweets", "bluesky", "datasift", "github", "usgs")) {
      assertThat(Repository.shipped(source).stripping()).isEqualTo(Stripping.STANDARD);
    }
  }
}
