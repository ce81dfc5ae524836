package dev.historics.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.historics.archive.TargetColumn.Kind;
import dev.historics.archive.testing.PlainStripping;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Content as rules see it, from the JSON of whole interactions. */
class StrippingTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<TargetColumn> TEXTS =
      List.of(
          new TargetColumn("interaction.content", Kind.TEXT),
          new TargetColumn("interaction.raw_content", Kind.TEXT),
          new TargetColumn("twitter.text", Kind.TEXT),
          new TargetColumn("twitter.retweet.text", Kind.TEXT),
          new TargetColumn("interaction.title", Kind.TEXT));
  private static final Stripping ALL = Stripping.all(List.of("beta.tweet.entities"));
  private static final int TWEETS = 3_000;

  private static List<String> shred(String json, Stripping stripping) throws IOException {
    return shred(json.getBytes(StandardCharsets.UTF_8), stripping, TEXTS);
  }

  private static List<String> shred(byte[] json, Stripping stripping, List<TargetColumn> columns)
      throws IOException {
    List<String> seen = new ArrayList<>();
    new Shredder(columns, stripping)
        .reading()
        .shred(
            json,
            0,
            json.length,
            new Shredder.Sink() {
              @Override
              public void text(int column, byte[] bytes, int from, int to) {
                String value = new String(bytes, from, to - from, StandardCharsets.UTF_8);
                String target = columns.get(column).target();
                seen.add(target.substring(target.indexOf('.') + 1) + "=" + value);
              }

              @Override
              public void integer(int column, long value) {
                seen.add(column + "=" + value);
              }

              @Override
              public void decimal(int column, double value) {
                throw new AssertionError("no such column");
              }

              @Override
              public void geo(int column, double latitude, double longitude) {
                throw new AssertionError("no such column");
              }
            });
    return seen;
  }

  @Test
  void the_tweet_of_the_reference_has_neither_its_mention_nor_its_link() throws IOException {
    String text = "@datasift launched today! http://bitly.com/r6pmP0";
    String json =
        """
        {"interaction":{"content":"%s","type":"twitter"},
         "twitter":{"text":"%s","retweet":{"text":"RT %s"}}}"""
            .formatted(text, text, text);

    assertThat(shred(json, Stripping.STANDARD))
        .containsExactlyInAnyOrder(
            "content=  launched today!  ",
            "raw_content=" + text,
            "text=  launched today!  ",
            "retweet.text=RT   launched today!  ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '`',
      textBlock =
          """
          # who asks, members of interaction => values of content, raw content and title
          TWEETS | "content":"a @b","type":"twitter"              => [raw_content=a @b, content=a  ]
          TWEETS | "type":"twitter","content":"a @b"              => [raw_content=a @b, content=a  ]
          TWEETS | "type":["x","twitter"],"content":"a @b"        => [raw_content=a @b, content=a  ]
          TWEETS | "type":["twitter","x"],"content":"a @b"        => [raw_content=a @b, content=a  ]
          TWEETS | "content":"a @b","TYPE":"twitter"              => [raw_content=a @b, content=a  ]
          TWEETS | "content":"a @b","type":"facebook"             => [raw_content=a @b, content=a @b]
          TWEETS | "content":"a @b"                               => [raw_content=a @b, content=a @b]
          ALL    | "content":"a @b","type":"facebook"             => [raw_content=a @b, content=a  ]
          ALL    | "content":"a @b"                               => [raw_content=a @b, content=a  ]
          ALL    | "content":"a b"                                => [content=a b, raw_content=a b]
          ALL    | "content":["a","@b","c"]                       => [content=a, raw_content=a, raw_content=@b, raw_content=c, content= , content=c]
          ALL    | "content":"@b","raw_content":"own @b"          => [raw_content=own @b, content= ]
          ALL    | "raw_content":"own @b","content":"@b"          => [raw_content=own @b, content= ]
          ALL    | "raw_content":"","content":"b"                 => [content=b, raw_content=b]
          ALL    | "raw_content":null,"content":"b"               => [content=b, raw_content=b]
          ALL    | "raw_content":"own"                            => [raw_content=own]
          ALL    | "title":"@b http://c"                          => [title=@b http://c]
          ALL    | "content":1.50                                 => [raw_content=1.50, content=1.50]
          """)
  void who_is_stripped_of_what(String input, String expected) throws IOException {
    String[] parts = input.split("\\|", 2);
    Stripping stripping = parts[0].strip().equals("ALL") ? ALL : Stripping.STANDARD;

    assertThat(shred("{\"interaction\":{" + parts[1] + "}}", stripping)).hasToString(expected);
  }

  @Test
  void the_texts_of_tweets_stay_whole_in_what_is_no_tweet() throws IOException {
    String json =
        """
        {"interaction":{"type":"x"},"twitter":{"text":"a @b","retweet":{"text":"@c"}}}""";

    assertThat(shred(json, ALL)).containsExactly("text=a @b", "retweet.text=@c");
  }

  @Test
  void only_columns_that_are_asked_for_are_given() throws IOException {
    byte[] json =
        """
        {"interaction":{"content":"7","type":"twitter","raw_content":"r"}}"""
            .getBytes(StandardCharsets.UTF_8);

    assertThat(shred(json, ALL, List.of(new TargetColumn("interaction.content", Kind.INT))))
        .containsExactly("0=7");
    assertThat(shred(json, ALL, List.of(new TargetColumn("interaction.type", Kind.TEXT))))
        .containsExactly("type=twitter");
    assertThat(shred(json, ALL, TEXTS.subList(1, 2))).containsExactly("raw_content=r");
    assertThat(shred(json, ALL, TEXTS.subList(0, 1))).containsExactly("content=7");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '`',
      textBlock =
          """
          # the text | the entities beside it => what is left, ~ for a space in its place
          a t.coと@b  | {"urls":[{"url":"t.co","indices":[2,6]}]}                          => a ~と~
          😂 @b       | {"user_mentions":[{"indices":[2,4]}]}                              => 😂 ~
          😂 @b@c     | {"user_mentions":[{"indices":[4,6]},{"indices":[2,4]}]}            => 😂 ~~
          ＠b c       | {"user_mentions":[{"indices":[0,2]}]}                              => ~ c
          @b x.y/z    | {"urls":[{"url":"x.y/z","indices":[3,8]}],"user_mentions":[]}      => ~ ~
          @b a.b/c    | {"user_mentions":[{"indices":[0,2]}],"urls":[]}                    => ~ a.b/c
          @b http://c | {"user_mentions":[{"indices":[0,2]}],"urls":[]}                    => ~ ~
          @b http://c | {"urls":[],"user_mentions":[]}                                     => ~ ~
          @b http://c | {"media":[{"url":"http://c","indices":[3,11]},{"url":"http://c","indices":[3,11]}]} => ~ ~
          @b http://c | {"urls":[{"url":"http:","indices":[3,8]}]}                         => ~ ~//c
          # one that does not fit, and none is believed
          @b http://c | {"urls":[{"url":"httq:","indices":[3,8]}]}                         => ~ ~
          @b http://c | {"urls":[{"url":"http:","indices":[3,7]}]}                         => ~ ~
          @b http://c | {"urls":[{"url":"http:","indices":[3,8]}],"user_mentions":[{"indices":[1,2]}]} => ~ ~
          @b http://c | {"urls":[{"url":"http:","indices":[3,8]},{"url":"x","indices":[3,99]}]}   => ~ ~
          @b http://c | {"urls":[{"url":"http:","indices":[3,8]},{"url":"","indices":[3,3]}]}     => ~ ~
          @b http://c | {"urls":[{"url":"http:","indices":[3,8]},{"url":"x","indices":[-1,3]}]}   => ~ ~
          @b http://c | {"urls":[{"url":"http:","indices":[3,8]},{"url":"x"}]}             => ~ ~
          @b http://c | {"urls":[{"url":"http:","indices":[3,8]},7]}                       => ~ ~
          @b http://c | {"urls":[{"url":"http:","indices":[3,8]},[[]]]}                    => ~ ~
          @b http://c | {"urls":[{"url":"http:","indices":[3,8,9]}]}                       => ~ ~
          @b http://c | {"urls":[{"url":"http:","indices":[3,8e0]}]}                       => ~ ~
          @b http://c | {"urls":[{"url":"http:","indices":[3,99999999999]}]}               => ~ ~
          @b http://c | {"urls":[{"url":"http:","indices":["3","8"]}]}                     => ~ ~
          @b http://c | {"urls":{"url":"http:","indices":[3,8]}}                           => ~ ~
          @b http://c | [{"urls":[{"url":"http:","indices":[3,8]}]}]                       => ~ ~
          """)
  void what_a_record_says_of_its_text_counts_if_it_fits(String input, String expected)
      throws IOException {
    String[] parts = input.split("\\|", 2);
    String text = parts[0].strip();
    for (String place :
        List.of(
            "\"twitter\":{\"text\":\"%s\",\"entities\":%s}",
            "\"twitter\":{\"entities\":%2$s,\"full_text\":\"%1$s\"}",
            "\"twitter\":{\"extended_tweet\":{\"full_text\":\"%s\",\"entities\":%s}}",
            "\"twitter\":{\"text\":\"RT\",\"entities\":{\"urls\":[{\"indices\":[0,9]}]},"
                + "\"retweeted_status\":{\"text\":\"%s\",\"entities\":%s}}",
            "\"beta\":{\"tweet\":{\"text\":\"%s\",\"entities\":%s}}")) {
      String json =
          "{\"interaction\":{\"content\":\"%s\",\"type\":\"twitter\"},%s}"
              .formatted(text, place.formatted(text, parts[1].strip()));

      assertThat(shred(json, ALL).stream().filter(value -> value.startsWith("content=")))
          .as(json)
          .containsExactly("content=" + expected.replace('~', ' '));
    }
  }

  @Test
  void offsets_of_another_text_do_not_count() throws IOException {
    String json =
        """
        {"interaction":{"content":"see @b","type":"twitter"},
         "twitter":{"text":"RT @a: see","entities":{"user_mentions":[{"indices":[3,5]}]}}}""";

    assertThat(shred(json, Stripping.STANDARD))
        .containsExactlyInAnyOrder("raw_content=see @b", "content=see  ", "text=RT  : see");
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void offsets_of_all_sorts_are_used_as_a_plain_reading_uses_them(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    int byOffsets = 0;
    for (int i = 0; i < TWEETS; i++) {
      String text = text(random);
      ObjectNode entities = entities(text, random);
      ObjectNode record = JSON.createObjectNode();
      record.putObject("interaction").put("content", text).put("type", "twitter");
      record.putObject("twitter").put("text", text).set("entities", entities);
      String expected = PlainStripping.strip(text, entities);

      List<String> values =
          shred(JSON.writeValueAsBytes(record), Stripping.STANDARD, TEXTS.subList(0, 1));

      assertThat(values).as("%s", record).containsExactly("content=" + expected);
      byOffsets += expected.equals(PlainStripping.strip(text)) ? 0 : 1;
    }
    assertThat(byOffsets).isGreaterThan(TWEETS / 20);
  }

  private static String text(SplittableRandom random) {
    List<String> pieces = List.of("@ab", "@c", "http://d", "ef.gh", " ", " ", "😂", "見", "x", "＠i");
    StringBuilder text = new StringBuilder(".@");
    for (int left = 1 + random.nextInt(8); left > 0; left--) {
      text.append(pieces.get(random.nextInt(pieces.size())));
    }
    return text.toString();
  }

  /** Entities that stand apart; a few of them do not fit. */
  private static ObjectNode entities(String text, SplittableRandom random) {
    ObjectNode entities = JSON.createObjectNode();
    ArrayNode links = entities.putArray(random.nextBoolean() ? "urls" : "media");
    ArrayNode mentions = entities.putArray("user_mentions");
    int[] points = text.codePoints().toArray();
    int at = 0;
    while (at < points.length) {
      int end = at + 1 + random.nextInt(4);
      if (end <= points.length && points[at] != ' ' && random.nextInt(3) == 0) {
        int wrong = random.nextInt(40) == 0 ? 1 : 0;
        if (points[at] == '@' || points[at] == '＠') {
          mentions.addObject().putArray("indices").add(at + wrong).add(end);
        } else {
          ObjectNode link = links.addObject().put("url", new String(points, at, end - at));
          link.putArray("indices").add(at).add(end + wrong);
        }
        at = end;
      }
      at++;
    }
    return entities;
  }

  @Test
  @Timeout(20)
  void many_offsets_into_a_long_text_take_no_longer_than_reading_them() throws IOException {
    String text = "@" + "😂".repeat(200_000);
    StringBuilder mentions = new StringBuilder();
    for (int i = 0; i < 100_000; i++) {
      mentions
          .append(i == 0 ? "" : ",")
          .append("{\"indices\":[0,")
          .append(100_000 + i)
          .append("]}");
    }
    String json =
        """
        {"interaction":{"content":"%s","type":"twitter"},
         "twitter":{"text":"%s","entities":{"user_mentions":[%s]}}}"""
            .formatted(text, text, mentions);

    assertThat(
            shred(json.getBytes(StandardCharsets.UTF_8), Stripping.STANDARD, TEXTS.subList(0, 1)))
        .containsExactly("content= 😂😂");
  }

  @Test
  void two_ways_to_make_content_have_two_fingerprints() {
    assertThat(
            List.of(
                Stripping.STANDARD.fingerprint(),
                Stripping.all(List.of()).fingerprint(),
                ALL.fingerprint(),
                ""))
        .doesNotHaveDuplicates();
    assertThat(Stripping.all(List.of("twitter.entities"))).isEqualTo(Stripping.all(List.of()));
    assertThatThrownBy(() -> Stripping.all(List.of("entities")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected a path such as 'twitter.entities', got 'entities'");
  }
}
