package dev.historics.archive.mapping;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.historics.archive.Interaction;
import dev.historics.archive.RecordMapper;
import dev.historics.archive.RejectedRecordException;
import dev.historics.archive.TargetColumn;
import dev.historics.archive.TargetColumn.Kind;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each part of a mapping does to a record. */
class SourceMappingTest {
  private static final String TWO_LINES =
      """
      source: s
      id: {path: id}
      created_at: {path: t, format: unix}
      """;

  private static Interaction map(String yaml, String record) throws Exception {
    return SourceMapping.parse("s.yaml", yaml).mapper().map(record.getBytes(UTF_8));
  }

  private static String raw(Interaction interaction) {
    return new String(interaction.raw(), UTF_8);
  }

  /** The fields of the one mapped field {@code f}, from a record with an id and a time. */
  private static String field(String rule, String members) throws Exception {
    String raw =
        raw(map(TWO_LINES + "interaction:\n  f: " + rule, "{" + members + ",\"id\":1,\"t\":0}"));
    String before = "{\"interaction\":{";
    String after = "\"id\":\"1\",\"type\":\"s\",\"created_at\":\"1970-01-01T00:00:00Z\"},\"s\":";
    assertThat(raw).startsWith(before).contains(after);
    return raw.substring(before.length(), raw.indexOf(after));
  }

  @Test
  void the_mapping_of_the_manual_makes_the_interaction_of_the_manual() throws Exception {
    String yaml =
        """
        source: trolltweets            # interaction.type, and the namespace of the original object
        id: {hash: [author_id, publish_date, content]}      # or {path: tweet_id}
        created_at: {path: publish_date, format: "yyyy-MM-dd HH:mm:ss", zone: UTC}
        interaction:
          content: {path: content}
          author.username: {path: author_id}
        language:
          tag: {path: language, values: {English: en, Russian: ru, German: de}}
        targets:                       # types of the source's own fields; the rest is inferred as text
          trolltweets.followers: int
        """;
    String record =
        "{\"author_id\":\"A\", \"content\" : \"h\\u00e9 \\\"x\\\"\",\"language\":\"Russian\","
            + "\"publish_date\":\"2017-08-05 23:59:00\",\"followers\":7}";

    Interaction interaction = map(yaml, " " + record + "\r");

    assertThat(interaction.id()).isEqualTo("3db30c67e6ff7b240be260aeb15be354");
    assertThat(interaction.createdAt()).isEqualTo(Instant.parse("2017-08-05T23:59:00Z"));
    assertThat(raw(interaction))
        .isEqualTo(
            "{\"interaction\":{\"content\":\"h\\u00e9 \\\"x\\\"\",\"author\":{\"username\":\"A\"},"
                + "\"id\":\"3db30c67e6ff7b240be260aeb15be354\",\"type\":\"trolltweets\","
                + "\"created_at\":\"2017-08-05T23:59:00Z\"},\"language\":{\"tag\":\"ru\"},"
                + "\"trolltweets\":"
                + record
                + "}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '`',
      textBlock =
          """
          {"id":1,"t":0,"e":7.5}                        => 1970-01-01T00:00:07.500Z
          {"id":1,"t":0,"e":null}                       => never
          {"id":1,"t":0}                                => never
          {"interaction":{"id":1,"created_at":0,"updated_at":7}} => 1970-01-01T00:00:07Z
          {"interaction":{"id":1,"created_at":0,"updated_at":"Thu, 01 Jan 1970 00:00:07 +0000"}} => 1970-01-01T00:00:07Z
          {"interaction":{"id":1,"created_at":0,"updated_at":"yesterday"}} => never
          {"interaction":{"id":1,"created_at":0}}       => never
          """)
  void a_record_may_tell_when_it_was_edited_and_its_interaction_tells_the_same(
      String record, String edited) throws Exception {
    String yaml = TWO_LINES + "updated_at: {path: e, format: unix}\n";

    Interaction once = map(yaml, record);
    Interaction again = map(yaml, raw(once));

    assertThat(once.editedAt().map(Instant::toString).orElse("never")).isEqualTo(edited);
    assertThat(again.editedAt()).isEqualTo(once.editedAt());
  }

  @Test
  void an_edit_time_that_is_none_is_refused_and_so_is_a_field_in_its_place() {
    String yaml = TWO_LINES + "updated_at: {path: e}\n";

    assertThatThrownBy(() -> map(yaml, "{\"id\":1,\"t\":0,\"e\":\"soon\"}"))
        .isInstanceOf(RejectedRecordException.class)
        .hasMessage(
            "updated_at: expected a time like '2017-08-05T10:30:00Z' at 'e', found \"soon\"");
    assertThatThrownBy(
            () -> SourceMapping.parse("s", TWO_LINES + "interaction:\n  updated_at: {path: e}"))
        .hasMessageContaining("expected no field 'interaction.updated_at'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      nullValues = "NOTHING",
      quoteCharacter = '`',
      textBlock =
          """
          # copies are byte for byte
          {path: a}             => "a":"x\\u00e9\\/\\"y"     => "f":"x\\u00e9\\/\\"y",
          {path: a}             => "a":1.50E+2               => "f":1.50E+2,
          {path: a}             => "a":true                  => "f":true,
          {path: a}             => "a":"\\ud800"             => "f":"\\ud800",
          {path: a}             => "a":123456789012345678901234567890123456789 => "f":123456789012345678901234567890123456789,
          # null, "", [] and {} are no value
          {path: a}             => "a":null                  => NOTHING
          {path: a}             => "a":""                    => NOTHING
          {path: a}             => "a":[]                    => NOTHING
          {path: a}             => "a":{"b":1}               => NOTHING
          {path: a}             => "b":1                     => NOTHING
          # deeper, and through arrays
          {path: a.b}           => "a":{"b":1,"c":2}         => "f":1,
          {path: a.b}           => "a":[{"b":1},{"c":2},{"b":3}] => "f":[1,3],
          {path: a.b}           => "a":{"b":["x"]}           => "f":["x"],
          {path: a.b}           => "a":[[{"b":[null,"",4]}]] => "f":[4],
          {path: a.b}           => "a.b":1                   => NOTHING
          {path: a}             => "\\u0061":1               => "f":1,
          {path: a b.$c}        => "a b":{"$c":1}            => "f":1,
          # the first that is filled
          {path: [a, b]}        => "a":1,"b":2               => "f":1,
          {path: [a, b]}        => "a":"","b":2              => "f":2,
          {path: [a, b]}        => "c":1                     => NOTHING
          # constants
          {value: web}          => "a":1                     => "f":"web",
          {value: 5}            => "a":1                     => "f":5,
          {value: "5"}          => "a":1                     => "f":"5",
          {value: 0o17}         => "a":1                     => "f":"0o17",
          {value: true}         => "a":1                     => "f":true,
          {value: 'a"b\\c'}     => "a":1                     => "f":"a\\"b\\\\c",
          # tables
          {path: a, values: {X: x, "1": one, "true": 1}} => "a":"X"          => "f":"x",
          {path: a, values: {X: x, "1": one, "true": 1}} => "a":1            => "f":"one",
          {path: a, values: {X: x, "1": one, "true": 1}} => "a":true         => "f":1,
          {path: a, values: {X: x, "1": one, "true": 1}} => "a":"Y"          => NOTHING
          {path: a, values: {X: x, Y: y}}                => "a":["Y","Z","\\u0058"] => "f":["y","x"],
          {path: a, values: {X: x}, default: other}      => "a":"Y"          => "f":"other",
          {path: a, values: {X: x}, default: other}      => "b":"Y"          => NOTHING
          # hashes
          {hash: [a, b]}        => "a":"x"                   => "f":"8b42d477c664e8a3e6b12aba2eb37906",
          {hash: [a, b]}        => "c":"x"                   => NOTHING
          # points
          {latitude: a, longitude: b}    => "a":-90,"b":180  => "f":{"latitude":-90.0,"longitude":180.0},
          {latitude: a, longitude: b}    => "a":"48.85","b":"2.35" => "f":{"latitude":48.85,"longitude":2.35},
          {latitude: a, longitude: b}    => "a":90.1,"b":0   => NOTHING
          {latitude: a, longitude: b}    => "a":1            => NOTHING
          {latitude: a, longitude: b}    => "a":"NaN","b":1  => NOTHING
          {path: a, order: lon_lat}      => "a":[2.35,48.85,7] => "f":{"latitude":48.85,"longitude":2.35},
          {path: a, order: lat_lon}      => "a":[2.35,48.85] => "f":{"latitude":2.35,"longitude":48.85},
          {path: a, order: lat_lon}      => "a":[2.35]       => NOTHING
          """)
  void a_field_is_what_its_rule_says(String rule, String members, String expected)
      throws Exception {
    assertThat(field(rule, members)).isEqualTo(expected == null ? "" : expected);
  }

  @Test
  void names_with_dots_become_objects_and_empty_objects_are_left_out() throws Exception {
    String yaml =
        TWO_LINES
            + """
            interaction:
              author.name: {path: n}
              content: {path: c}
              author.id: {path: i}
              deep.er.none: {path: none}
            links: {url: {path: u}}
            language: {tag: {path: none}}
            """;

    assertThat(raw(map(yaml, "{\"i\":7,\"n\":\"N\",\"u\":[\"a\"],\"id\":\"x\",\"t\":1}")))
        .isEqualTo(
            "{\"interaction\":{\"author\":{\"name\":\"N\",\"id\":7},\"id\":\"x\",\"type\":\"s\","
                + "\"created_at\":\"1970-01-01T00:00:01Z\"},\"links\":{\"url\":[\"a\"]},"
                + "\"s\":{\"i\":7,\"n\":\"N\",\"u\":[\"a\"],\"id\":\"x\",\"t\":1}}");
  }

  @Test
  void a_hash_tells_apart_what_a_joined_text_would_not() throws Exception {
    String yaml = TWO_LINES.replace("{path: id}", "{hash: [a, b.c]}");

    assertThat(
            Stream.of(
                    "\"a\":\"xy\",\"b\":{\"c\":\"z\"}",
                    "\"a\":\"x\",\"b\":{\"c\":\"yz\"}",
                    "\"a\":\"xyz\"",
                    "\"b\":{\"c\":\"xyz\"}",
                    "\"a\":[\"x\",\"yz\"]",
                    "\"a\":[\"xy\",\"z\"]",
                    "\"a\":\"\\ud800\"",
                    "\"a\":\"\\ud801\"",
                    "\"a\":\"\\ufffd\"")
                .map(members -> idOf(yaml, members)))
        .doesNotHaveDuplicates();
    assertThat(idOf(yaml, "\"a\":\"\\u0078\"")).isEqualTo(idOf(yaml, "\"a\":\"x\""));
    assertThat(idOf(yaml, "\"a\":\"x\",\"b\":{\"c\":\"\"}")).isEqualTo(idOf(yaml, "\"a\":\"x\""));
  }

  private static String idOf(String yaml, String members) {
    try {
      return map(yaml, "{\"t\":1," + members + "}").id();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void an_interaction_is_taken_as_it_is_by_every_mapping() throws Exception {
    String record =
        "{ \"interaction\":{\"id\":\"1e4\",\"created_at\":\"Tue, 05 Aug 2014 17:27:40 +0100\"},"
            + "\"s\":{\"id\":9}}";

    for (SourceMapping mapping :
        List.of(SourceMapping.parse("s", TWO_LINES), SourceMapping.datasift("instagram"))) {
      Interaction interaction = mapping.mapper().map(("\uFEFF" + record + "\r").getBytes(UTF_8));

      assertThat(raw(interaction)).isEqualTo(record);
      assertThat(interaction.id()).isEqualTo("1e4");
      assertThat(interaction.createdAt()).isEqualTo(Instant.parse("2014-08-05T16:27:40Z"));
    }
  }

  @Test
  void line_breaks_between_tokens_are_gone_and_those_in_strings_stay_escaped() throws Exception {
    String record = "{\r\n \"id\": 1,\n \"t\":\t2, \"x\": \"a \\\\\\\" \\n b\" }\n";

    assertThat(raw(map(TWO_LINES, record)))
        .endsWith("\"s\":{\"id\":1,\"t\":2,\"x\":\"a \\\\\\\" \\n b\"}}");
  }

  @Test
  void a_mapper_does_not_remember_the_record_before() throws Exception {
    RecordMapper mapper =
        SourceMapping.parse("s", TWO_LINES + "interaction: {f: {path: [a, b]}}").mapper();

    mapper.map("{\"id\":1,\"t\":5,\"a\":[1,2],\"b\":7}".getBytes(UTF_8));
    assertThatThrownBy(() -> mapper.map("{\"id\":1,\"t\":5,".getBytes(UTF_8)))
        .isInstanceOf(RejectedRecordException.class);

    assertThat(raw(mapper.map("{\"id\":2,\"t\":6,\"b\":7}".getBytes(UTF_8))))
        .startsWith("{\"interaction\":{\"f\":7,\"id\":\"2\",")
        .contains("\"1970-01-01T00:00:06Z\"");
  }

  @Test
  void targets_are_the_mapped_fields_and_the_declared_ones() throws Exception {
    String yaml =
        TWO_LINES
            + """
            interaction:
              content: {path: c}
              author.id: {path: a}
              geo: {latitude: x, longitude: y}
            targets:
              s.n: int
              interaction.author.id: int
              s.camelCase.list: array(float)
              s.text: text
            """;

    assertThat(SourceMapping.parse("s.yaml", yaml).targets())
        .containsExactly(
            new TargetColumn("interaction.content", Kind.TEXT),
            new TargetColumn("interaction.author.id", Kind.INT),
            new TargetColumn("interaction.geo", Kind.GEO),
            new TargetColumn("s.n", Kind.INT),
            new TargetColumn("s.camelCase.list", Kind.FLOAT),
            new TargetColumn("s.text", Kind.TEXT));
  }

  @Test
  void the_text_of_a_mapping_makes_the_same_mapping() throws Exception {
    for (String source : SourceMappings.load(Repository.sources()).sources()) {
      SourceMapping mapping = Repository.shipped(source);

      assertThat(SourceMapping.parse("again", mapping.text()).targets())
          .isEqualTo(mapping.targets());
      assertThat(mapping.source()).isEqualTo(source).isEqualTo(mapping.mapper().source());
    }
    assertThat(SourceMapping.datasift("reddit").text()).contains("source: \"reddit\"");
    assertThatThrownBy(() -> SourceMapping.datasift("Reddit"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected a source such as 'twitter'");
  }
}
