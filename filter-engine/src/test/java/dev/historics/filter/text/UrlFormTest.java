package dev.historics.filter.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.historics.filter.Seeds;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class UrlFormTest {
  private static final List<String> PIECES =
      List.of(
          "http://",
          "https://",
          "//",
          "ftp+x://",
          "www.",
          "WWW.",
          "Example.com",
          "x",
          "K",
          "é",
          "/",
          "/",
          "/index.php",
          "/Index.HTM",
          "/index.html",
          "/default.asp",
          "index.php",
          ".html",
          "?",
          "?",
          "&",
          "utm_source=a",
          "UTM_x",
          "utm",
          "b=1",
          "=",
          "#",
          "top",
          ":",
          "8080",
          " ",
          "\t",
          "\u000B",
          "\u00A0",
          "\u0301",
          "%20",
          "a");

  static LongStream seeds() {
    return Seeds.first(60);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '`',
      textBlock =
          """
          http://datasift.com                          => datasift.com
          HTTPS://WWW.DataSift.com/                    => datasift.com
          //www.example.com/a/                         => example.com/a
          https://example.com/index.php                => example.com
          example.com/default.aspx                     => example.com
          example.com/a/index.htm#x                    => example.com/a
          example.com/a/default.php                    => example.com/a/default.php
          example.com/myindex.html                     => example.com/myindex.html
          example.com/index.html/x                     => example.com/index.html/x
          example.com/a?utm_source=x&utm_medium=y      => example.com/a
          example.com/a/?utm_source=x&b=2&UTM_c=3&d=4  => example.com/a?b=2&d=4
          example.com/a?b=2&utm_c                      => example.com/a?b=2
          example.com/a?                               => example.com/a
          example.com/index.php?id=1                   => example.com?id=1
          example.com/a?u=http://www.b.com/            => example.com/a?u=http://www.b.com/
          example.com/a#top?utm_x=1                    => example.com/a
          http://http://www.www.a.com//                => a.com
          http://user@a.com:8080/B                     => user@a.com:8080/b
          ` http://a.com/ `                            => a.com
          http://www.                                  => ``
          """)
  void an_address_has_one_form(String url, String normal) {
    assertThat(UrlForm.normalise(url)).isEqualTo(normal);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void normalising_what_is_normal_changes_nothing(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 1000; round++) {
      StringBuilder url = new StringBuilder();
      for (int count = random.nextInt(12); count > 0; count--) {
        url.append(Seeds.oneOf(random, PIECES));
      }
      String normal = UrlForm.normalise(url.toString());

      assertThat(UrlForm.normalise(normal)).as(url.toString()).isEqualTo(normal);
    }
  }
}
