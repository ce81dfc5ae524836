package dev.historics.archive;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.historics.archive.testing.PlainStripping;
import dev.historics.archive.testing.SharedData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinksAndMentionsTest {
  private static final int TEXTS = 20_000;
  private static final int LONG = 2_000_000;

  private static final List<String> PIECES =
      List.of(
          "http",
          "HTTPS",
          "https",
          "://",
          ":/",
          "/",
          "www",
          "WWW.",
          "t.co",
          "t.co/",
          "bit.ly/",
          "BIT.LY/x",
          "youtu.be/",
          "goo.gl",
          "@",
          "@",
          "＠",
          "a",
          "Z",
          "_",
          "9",
          "é",
          "見",
          "ſ",
          "\u212A",
          "😂",
          "\uD83D",
          "\uDE02",
          " ",
          "\n",
          "\t",
          "\u00A0",
          "\u3000",
          "\u2009",
          "\u0085",
          "\u001C",
          ".",
          "-",
          "abcdefghijklmno",
          "#",
          "lnkd.in/");

  private static String strip(String text) {
    String stripped = LinksAndMentions.without(text, TextEntities.NONE);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (!LinksAndMentions.mayBeIn(bytes, 0, bytes.length)) {
      assertThat(stripped).as("nothing was expected in '%s'", text).isEqualTo(text);
    }
    return stripped;
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '`',
      textBlock =
          """
          # ~ is a space that stands for what was there
          @datasift launched today! http://bitly.com/r6pmP0 => ~ launched today! ~
          no links, no mentions.                => no links, no mentions.
          see https://a.b/c?d#e, and            => see ~ and
          (http://a.b)                          => (~
          HTTP://A                              => ~
          xhttp://a                             => x~
          http:// a                             => http:// a
          http://                               => http://
          https//a                              => https//a
          www.a.b                               => ~
          www. a                                => www. a
          xwww.a                                => xwww.a
          見www.a                               => 見~
          bit.ly/x t.co/x Youtu.Be/x            => ~ ~ ~
          bit.ly bit.ly/ bit.lyx                => bit.ly bit.ly/ bit.lyx
          rabbit.ly/x                           => rabbit.ly/x
          tinyurl.com/x                         => ~
          example.com/x                         => example.com/x
          RT @a: b                              => RT ~: b
          @a@b                                  => ~@b
          a@b.c                                 => a@b.c
          @                                     => @
          @ a                                   => @ a
          @@a                                   => @~
          @é                                    => @é
          é@a                                   => é~
          こんにちは@aさん                      => こんにちは~さん
          @abcdefghijklmnopq                    => ~pq
          @a.b                                  => ~.b
          😂@a😂                                => 😂~😂
          ＠a                                   => ＠a
          #tag stays                            => #tag stays
          http://a/@b c                         => ~ c
          """)
  void takes_out_what_looks_like_a_link_or_a_mention(String text, String expected) {
    assertThat(strip(text)).isEqualTo(expected.replace('~', ' '));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void agrees_with_a_regular_expression(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < TEXTS; i++) {
      StringBuilder text = new StringBuilder();
      for (int left = random.nextInt(12); left > 0; left--) {
        text.append(PIECES.get(random.nextInt(PIECES.size())));
      }

      assertThat(strip(text.toString()))
          .as("'%s'", text)
          .isEqualTo(PlainStripping.strip(text.toString()));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "troll-tweets/2017-08-24.ndjson.gz",
        "dirty/troll-zero-width-or-bidi.ndjson.gz",
        "dirty/troll-c1-control.ndjson.gz",
        "dirty/troll-nbsp.ndjson.gz",
        "dirty/troll-mojibake.ndjson.gz"
      })
  void agrees_with_a_regular_expression_on_real_tweets(String path) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    int stripped = 0;
    for (String line : SharedData.lines(path)) {
      JsonNode tweet = mapper.readTree(line);
      String text = tweet.path("content").asText();
      String without = strip(text);

      assertThat(without).isEqualTo(PlainStripping.strip(text));
      stripped += without.equals(text) ? 0 : 1;
    }
    assertThat(stripped).isPositive();
  }

  /** Whatever is tried at each place, little of the text is read for it. */
  @Test
  @Timeout(20)
  void a_hostile_text_is_read_once() {
    for (String piece :
        List.of(
            "http",
            "http:// ",
            "@",
            "a@a",
            "www. ",
            "t.co/ ",
            "@aaaaaaaaaaaaaaaaaaaa",
            "h",
            " @a")) {
      assertThat(strip(piece.repeat(LONG / piece.length()))).isNotEmpty();
    }
    assertThat(strip("http://" + "x".repeat(LONG))).isEqualTo(" ");
  }
}
