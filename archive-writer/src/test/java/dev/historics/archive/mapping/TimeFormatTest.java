package dev.historics.archive.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeFormatTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          iso     | 2017-08-05T10:30:00Z                | 2017-08-05T10:30:00Z
          iso     | 2017-08-05T10:30:00.123456789Z      | 2017-08-05T10:30:00.123456789Z
          iso     | 2017-08-05T23:30:00-01:00           | 2017-08-06T00:30:00Z
          iso     | 2017-08-05T10:30:00+0130            | 2017-08-05T09:00:00Z
          iso     | 2017-08-05T10:30:00+02              | 2017-08-05T08:30:00Z
          # Without an offset it is the zone's time: Berlin is at +2 in August.
          iso     | 2017-08-05T10:30                    | 2017-08-05T08:30:00Z
          iso     | 2017-08-05                          | 2017-08-04T22:00:00Z
          iso     | 2017-8-5                            | -
          iso     | 2017-02-29                          | -
          iso     | 2017-08-05T24:00:00Z                | -
          iso     | 2017-08-05T10:30:00Z tail           | -
          rfc1123 | Tue, 05 Aug 2014 17:27:40 +0100     | 2014-08-05T16:27:40Z
          rfc1123 | Tue, 5 Aug 2014 17:27:40 GMT        | 2014-08-05T17:27:40Z
          # It was a Tuesday.
          rfc1123 | Mon, 05 Aug 2014 17:27:40 +0100     | -
          rfc1123 | Tue, 05 Aug 2014 17:27:40           | -
          unix    | 1407256060                          | 2014-08-05T16:27:40Z
          unix    | 1407256060.5                        | 2014-08-05T16:27:40.500Z
          unix    | 1.4014686953022E9                   | 2014-05-30T16:51:35.302200Z
          unix    | 1.0000000000001E-9                  | 1970-01-01T00:00:00.000000001Z
          unix    | 99999999999999999999                | -
          unix    | 1e40                                | -
          unix    | 0x10                                | -
          unix    | -                                   | -
          unix_millis | 1517966773840                   | 2018-02-07T01:26:13.840Z
          unix_micros | 1783175888085434                | 2026-07-04T14:38:08.085434Z
          EEE MMM dd HH:mm:ss Z yyyy | Wed Dec 11 22:27:34 +0000 2013 | 2013-12-11T22:27:34Z
          EEE MMM dd HH:mm:ss Z yyyy | Thu Dec 11 22:27:34 +0000 2013 | -
          EEE MMM dd HH:mm:ss Z yyyy | Mit Dez 11 22:27:34 +0000 2013 | -
          yyyy-MM-dd HH:mm:ss        | 2017-08-05 00:00:00            | 2017-08-04T22:00:00Z
          yyyy-MM-dd HH:mm:ss        | 2017-08-05 24:00:00            | -
          dd/MM/yy                   | 05/08/17                       | 2017-08-04T22:00:00Z
          dd/MM/uuuu                 | 31/04/2017                     | -
          """)
  void a_text_is_the_moment_it_says_or_no_moment(String format, String text, Instant expected) {
    ZoneId zone = ZoneId.of("Europe/Berlin");
    TimeFormat parser =
        switch (format) {
          case "iso" -> TimeFormat.iso(zone);
          case "rfc1123" -> TimeFormat.rfc1123();
          case "unix" -> TimeFormat.Unix.SECONDS;
          case "unix_millis" -> TimeFormat.Unix.MILLISECONDS;
          case "unix_micros" -> TimeFormat.Unix.MICROSECONDS;
          default -> TimeFormat.pattern(format, zone);
        };

    assertThat(parser.parse(text == null ? "" : text).orElse(null)).isEqualTo(expected);
  }
}
