package dev.historics.archive.synthetic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.historics.archive.Interaction;
import dev.historics.archive.RecordMapper;
import dev.historics.archive.TargetColumn;
import dev.historics.archive.TargetColumn.Kind;
import dev.historics.archive.mapping.SourceMapping;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FirehoseTest {
  private static final LocalDate DAY = LocalDate.of(2017, 8, 5);
  private static final ObjectMapper JSON = new ObjectMapper();

  private static byte[] bytes(Firehose firehose) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    firehose.write(out);
    return out.toByteArray();
  }

  private static List<Interaction> interactions(Firehose firehose, String source) throws Exception {
    RecordMapper mapper = SourceMapping.datasift(source).mapper();
    List<Interaction> interactions = new ArrayList<>();
    for (String line : new String(bytes(firehose), UTF_8).split("\n", -1)) {
      if (!line.isEmpty()) {
        interactions.add(mapper.map(line.getBytes(UTF_8)));
      }
    }
    return interactions;
  }

  @Test
  void the_same_seed_gives_the_same_bytes_everywhere_and_for_ever() throws Exception {
    Locale locale = Locale.getDefault();
    TimeZone zone = TimeZone.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Apia"));
      byte[] bytes = bytes(new Firehose("twitter", DAY, 3, 0.01, 42));

      assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)))
          .isEqualTo("4c5042ea277292e3a456b3d11c82f3ab5cde48b703f3bed9cc728653890ec0c1");
    } finally {
      Locale.setDefault(locale);
      TimeZone.setDefault(zone);
    }
  }

  @Test
  void a_day_is_the_same_whatever_other_days_are_asked_for() throws Exception {
    Firehose three = new Firehose("twitter", DAY, 3, 0.01, 42);
    Firehose last = new Firehose("twitter", DAY.plusDays(2), 1, 0.01, 42);
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    three.writeDay(DAY.plusDays(2), out);

    assertThat(out.toByteArray()).isEqualTo(bytes(last));
    assertThat(bytes(three)).endsWith(out.toByteArray());
    assertThat(bytes(new Firehose("twitter", DAY, 1, 0.01, 43)))
        .isNotEqualTo(bytes(new Firehose("twitter", DAY, 1, 0.01, 42)));
  }

  @Test
  void ids_are_unique_and_times_in_order_from_midnight_to_midnight() throws Exception {
    Firehose firehose = new Firehose("forum", DAY, 4, 0.05, 7);

    List<Interaction> interactions = interactions(firehose, "forum");

    assertThat(interactions).hasSize(4 * 4_320).hasSize((int) firehose.lines());
    assertThat(interactions.stream().map(Interaction::id)).doesNotHaveDuplicates();
    assertThat(interactions.stream().map(Interaction::createdAt)).isSorted();
    Map<LocalDate, Integer> perDay = new HashMap<>();
    for (Interaction interaction : interactions) {
      perDay.merge(LocalDate.ofInstant(interaction.createdAt(), ZoneOffset.UTC), 1, Integer::sum);
    }
    assertThat(perDay.keySet()).containsExactlyInAnyOrderElementsOf(firehose.days());
    assertThat(perDay.values()).containsOnly(4_320);
    Instant first = interactions.get(0).createdAt();
    assertThat(first)
        .isBetween(Instant.parse("2017-08-05T00:00:00Z"), Instant.parse("2017-08-05T00:05:00Z"));
  }

  @Test
  void few_authors_and_few_words_make_up_most_of_it() throws Exception {
    Map<String, Integer> perAuthor = new HashMap<>();
    Map<String, Integer> perLanguage = new HashMap<>();
    Map<String, Integer> perContent = new HashMap<>();
    Map<String, Integer> perDomain = new HashMap<>();
    int[] perHour = new int[24];
    int placed = 0;
    int linked = 0;
    List<Interaction> all = interactions(new Firehose("twitter", DAY, 1, 0.4, 7), "twitter");
    for (Interaction interaction : all) {
      JsonNode json = JSON.readTree(interaction.raw());
      perAuthor.merge(json.at("/interaction/author/username").asText(), 1, Integer::sum);
      perLanguage.merge(json.at("/language/tag").asText(), 1, Integer::sum);
      perContent.merge(json.at("/interaction/content").asText(), 1, Integer::sum);
      json.at("/links/domain").forEach(d -> perDomain.merge(d.asText(), 1, Integer::sum));
      perHour[interaction.createdAt().atZone(ZoneOffset.UTC).getHour()]++;
      placed += json.at("/interaction/geo/latitude").isNumber() ? 1 : 0;
      linked += json.at("/links/url/0").isMissingNode() ? 0 : 1;
      assertThat(json.at("/twitter/text").isMissingNode())
          .isEqualTo(json.at("/twitter/retweet/text").isTextual());
    }

    double size = all.size();
    assertThat(Collections.max(perAuthor.values()) / size).isBetween(0.01, 0.06);
    assertThat(perAuthor).hasSizeBetween(8_000, 15_000);
    assertThat(perLanguage.keySet()).contains("en", "ja", "ru", "ar", "ko");
    assertThat(perLanguage.get("en") / size).isBetween(0.35, 0.55);
    assertThat(perContent.size() / size).isBetween(0.65, 0.8);
    assertThat(Collections.max(perDomain.values())).isGreaterThan(20 * perDomain.size() / 50);
    assertThat(perHour[18]).isGreaterThan(3 * perHour[4]);
    assertThat(placed / size).isBetween(0.01, 0.06);
    assertThat(linked / size).isBetween(0.15, 0.25);
  }

  @ParameterizedTest
  @CsvSource({"0.00001, 365, 316", "1, 1, 86400", "2.5, 2, 432000", "0.0003, 10, 259"})
  void the_rate_holds_on_the_average(double perSecond, int days, long lines) throws Exception {
    Firehose firehose = new Firehose("forum", DAY, days, perSecond, 1);

    assertThat(firehose.lines()).isEqualTo(lines);
    if (lines < 1000) {
      assertThat(new String(bytes(firehose), UTF_8).lines().count()).isEqualTo(lines);
    }
  }

  @Test
  void every_target_has_values_of_its_kind() throws Exception {
    Firehose firehose = new Firehose("forum", DAY, 1, 0.1, 3);
    List<JsonNode> all = new ArrayList<>();
    for (Interaction interaction : interactions(firehose, "forum")) {
      all.add(JSON.readTree(interaction.raw()));
    }

    for (TargetColumn target : firehose.targets()) {
      List<JsonNode> values =
          all.stream()
              .map(json -> json.at("/" + target.target().replace('.', '/')))
              .map(value -> value.isArray() ? value.get(0) : value)
              .filter(value -> !value.isMissingNode())
              .toList();
      assertThat(values)
          .as(target.target())
          .isNotEmpty()
          .allMatch(value -> isOf(value, target.kind()));
    }
  }

  private static boolean isOf(JsonNode value, Kind kind) {
    return switch (kind) {
      case TEXT -> value.isTextual();
      case INT -> value.isIntegralNumber() || value.isBoolean();
      case FLOAT -> value.isNumber();
      case GEO -> value.path("latitude").isNumber() && value.path("longitude").isNumber();
    };
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Twitter | 2017-08-05 | 1 | 1     | expected a source such as 'twitter': at most 32 of a-z, 0-9 and _, got 'Twitter'
          twitter | 2010-08-05 | 1 | 1     | expected one day or more between 2011-01-01 and 2079-12-31, got 1 from 2010-08-05
          twitter | 2079-12-31 | 2 | 1     | expected one day or more between 2011-01-01 and 2079-12-31, got 2 from 2079-12-31
          twitter | 2017-08-05 | 0 | 1     | expected one day or more between 2011-01-01 and 2079-12-31, got 0 from 2017-08-05
          twitter | 2017-08-05 | 1 | 0     | expected a rate above 0 and at most 40000 interactions a second, got 0.0
          twitter | 2017-08-05 | 1 | NaN   | expected a rate above 0 and at most 40000 interactions a second, got NaN
          twitter | 2017-08-05 | 1 | 40001 | expected a rate above 0 and at most 40000 interactions a second, got 40001.0
          """)
  void what_cannot_be_written_is_refused(
      String source, LocalDate from, int days, double perSecond, String message) {
    assertThatThrownBy(() -> new Firehose(source, from, days, perSecond, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
