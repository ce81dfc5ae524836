package dev.historics.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.historics.archive.TargetColumn.Kind;
import dev.historics.archive.json.JsonShapes;
import dev.historics.archive.testing.PlainStripping;
import dev.historics.archive.testing.SharedData;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShredderTest {
  private static final List<Kind> SCALARS = List.of(Kind.TEXT, Kind.INT, Kind.FLOAT);

  private static List<String> shred(String json, TargetColumn... columns) throws IOException {
    Values values = new Values(List.of(columns));
    byte[] text = json.getBytes(StandardCharsets.UTF_8);
    new Shredder(List.of(columns), Stripping.STANDARD)
        .reading()
        .shred(text, 0, text.length, values);
    return values.seen;
  }

  /** Writes the values down, as {@code target=value}. */
  private record Values(List<TargetColumn> columns, List<String> seen) implements Shredder.Sink {
    Values(List<TargetColumn> columns) {
      this(columns, new ArrayList<>());
    }

    private void note(int column, Object value) {
      seen.add(columns.get(column).target() + "=" + value);
    }

    @Override
    public void text(int column, byte[] bytes, int from, int to) {
      note(column, new String(bytes, from, to - from, StandardCharsets.UTF_8));
    }

    @Override
    public void integer(int column, long value) {
      note(column, value);
    }

    @Override
    public void decimal(int column, double value) {
      note(column, value);
    }

    @Override
    public void geo(int column, double latitude, double longitude) {
      note(column, latitude + "/" + longitude);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '`',
      textBlock =
          """
          # kind, value of the member "a" => what it becomes
          TEXT  | "word"                 => [a=word]
          TEXT  | ""                     => []
          TEXT  | null                   => []
          TEXT  | 1.50                   => [a=1.50]
          TEXT  | -0                     => [a=-0]
          TEXT  | true                   => [a=true]
          TEXT  | {"b":1}                => []
          TEXT  | ["x",["y",null],"z"]   => [a=x, a=y, a=z]
          TEXT  | []                     => []
          INT   | 7                      => [a=7]
          INT   | -9223372036854775808   => [a=-9223372036854775808]
          INT   | 9223372036854775808    => []
          INT   | 161.000                => [a=161]
          INT   | 1.5                    => []
          INT   | 1e3                    => [a=1000]
          INT   | 1e999999999            => []
          INT   | 1e-999999999           => []
          INT   | "42"                   => [a=42]
          INT   | "161.0000000000"       => [a=161]
          INT   | "0E-10"                => [a=0]
          INT   | " 42"                  => []
          INT   | "٤٢"                   => []
          INT   | "word"                 => []
          INT   | ""                     => []
          INT   | "-"                    => []
          INT   | "."                    => []
          INT   | "1e"                   => []
          INT   | true                   => [a=1]
          INT   | false                  => [a=0]
          FLOAT | 1                      => [a=1.0]
          FLOAT | "0.25"                 => [a=0.25]
          FLOAT | 1e999                  => []
          FLOAT | "NaN"                  => []
          FLOAT | "0x10"                 => []
          FLOAT | "1d"                   => []
          FLOAT | true                   => [a=1.0]
          GEO   | {"latitude":51.5,"longitude":-0.1}           => [a=51.5/-0.1]
          GEO   | {"longitude":"-0.1","x":{},"LATITUDE":"51"}  => [a=51.0/-0.1]
          GEO   | {"latitude":51.5}                            => []
          GEO   | {"latitude":91,"longitude":0}                => []
          GEO   | {"latitude":0,"longitude":-180.5}            => []
          GEO   | {"latitude":[1],"longitude":2}               => []
          GEO   | {"latitude":true,"longitude":2}              => []
          GEO   | [{"latitude":1,"longitude":2},{"latitude":3,"longitude":4}] => [a=1.0/2.0, a=3.0/4.0]
          GEO   | "51.5,-0.1"                                  => []
          """)
  void values_become_the_kind_of_their_target(String input, String expected) throws IOException {
    String[] parts = input.split("\\|", 2);
    Kind kind = Kind.valueOf(parts[0].strip());

    List<String> values = shred("{\"a\":" + parts[1] + "}", new TargetColumn("a", kind));

    assertThat(values).hasToString(expected);
  }

  @Test
  void arrays_on_the_way_are_walked_through_and_keys_are_lower_cased() throws IOException {
    String json =
        """
        {"Salience":{"entities":[{"NAME":"one","type":"x"},{"name":["two","three"]},"no object"]}}""";

    assertThat(shred(json, new TargetColumn("salience.entities.name", Kind.TEXT)))
        .containsExactly(
            "salience.entities.name=one",
            "salience.entities.name=two",
            "salience.entities.name=three");
  }

  @Test
  void a_target_and_others_below_it_each_get_their_values() throws IOException {
    TargetColumn[] columns = {
      new TargetColumn("geo", Kind.GEO),
      new TargetColumn("geo.latitude", Kind.FLOAT),
      new TargetColumn("link", Kind.TEXT),
      new TargetColumn("link.url", Kind.TEXT)
    };

    assertThat(
            shred(
                """
                {"geo":{"latitude":1,"longitude":2},"link":["a",{"url":"b"}],"link":"c"}""",
                columns))
        .containsExactly("geo.latitude=1.0", "geo=1.0/2.0", "link=a", "link.url=b", "link=c");
  }

  @Test
  void a_key_with_a_dot_is_no_path() throws IOException {
    assertThat(shred("{\"a.b\":1,\"\":2}", new TargetColumn("a.b", Kind.INT))).isEmpty();
  }

  @Test
  void depth_costs_no_stack() throws IOException {
    int depth = 200_000;
    String deep = "[".repeat(depth) + "1" + "]".repeat(depth);

    assertThat(shred("{\"x\":" + deep + ",\"a\":" + deep + "}", new TargetColumn("a", Kind.INT)))
        .containsExactly("a=1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[1]", "1", "{\"a\":1", "{\"a\":[1}", "{} {}", "{\"a\":nope}"})
  void what_is_no_json_object_is_an_error(String json) {
    assertThatThrownBy(() -> shred(json, new TargetColumn("a", Kind.INT)))
        .isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a.", ".a", "a..b", "Interaction.id"})
  void what_is_no_target_is_refused(String target) {
    assertThatThrownBy(
            () -> new Shredder(List.of(new TargetColumn(target, Kind.TEXT)), Stripping.STANDARD))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rich/datasift-twitter-2014-05-30.ndjson.gz",
        "rich/datasift-mixed-2013-07-08.ndjson.gz",
        "rich/datasift-instagram-2014.ndjson.gz",
        "rich/github-events-2021-07-21.ndjson.gz",
        "rich/usgs-earthquakes-2018-01-31_02-07.ndjson.gz",
        "rich/twitter-v1-stream-2013-12-11.ndjson.gz"
      })
  void agrees_with_a_plain_walk_of_the_tree_on_real_data(String path) throws IOException {
    List<String> lines = SharedData.lines(path);
    ObjectMapper mapper = new ObjectMapper();
    List<JsonNode> trees = new ArrayList<>();
    Map<String, Kind> targets = new TreeMap<>();
    for (String line : lines) {
      JsonNode tree = mapper.readTree(line);
      trees.add(tree);
      collect("", tree, targets);
    }
    List<TargetColumn> columns =
        targets.entrySet().stream().map(e -> new TargetColumn(e.getKey(), e.getValue())).toList();
    Shredder.Reading shredder = new Shredder(columns, Stripping.STANDARD).reading();
    JsonShapes shapes = new JsonShapes();
    long values = 0;

    for (int i = 0; i < lines.size(); i++) {
      Values streamed = new Values(columns);
      byte[] line = lines.get(i).getBytes(StandardCharsets.UTF_8);
      shredder.shred(line, 0, line.length, streamed);
      for (int time = 0; time < 2; time++) {
        JsonShapes.Shape shape = shapes.read(line);
        if (shape != null) {
          Values byShape = new Values(columns);
          shredder.shred(line, shapes, shape, byShape);
          assertThat(byShape.seen).as("line %d by its shape", i).isEqualTo(streamed.seen);
        }
      }
      List<String> walked = new ArrayList<>();
      for (TargetColumn column : columns) {
        walk(trees.get(i), List.of(column.target().split("\\.")), column, walked);
      }
      if (trees.get(i).at("/interaction/type").asText().equals("twitter")) {
        walked.replaceAll(ShredderTest::stripped);
      }
      assertThat(streamed.seen).as("line %d", i).containsExactlyInAnyOrderElementsOf(walked);
      values += walked.size();
    }
    assertThat(values).isGreaterThan(lines.size());
  }

  /** A value of a tweet; of those that come with offsets, none has content here. */
  private static String stripped(String value) {
    for (String target : List.of("interaction.content", "twitter.text", "twitter.retweet.text")) {
      String start = target + "=";
      if (value.startsWith(start)) {
        return start + PlainStripping.strip(value.substring(start.length()));
      }
    }
    return value;
  }

  /** Every path that occurs, with a kind that changes from path to path. */
  private static void collect(String path, JsonNode node, Map<String, Kind> targets) {
    if (!path.isEmpty() && !path.endsWith(".") && !path.contains("..")) {
      Kind kind = SCALARS.get(Math.floorMod(path.hashCode(), SCALARS.size()));
      // Doubles lose their spelling in a tree, so that as text they could not be compared.
      Kind fitting = node.has("latitude") ? Kind.GEO : node.isDouble() ? Kind.FLOAT : kind;
      targets.merge(path, fitting, (one, other) -> one == kind ? other : one);
    }
    if (node.isArray()) {
      node.forEach(item -> collect(path, item, targets));
    }
    node.fields()
        .forEachRemaining(
            member -> {
              String key = member.getKey().toLowerCase(Locale.ROOT);
              if (!key.isEmpty() && !key.contains(".")) {
                collect(path.isEmpty() ? key : path + "." + key, member.getValue(), targets);
              }
            });
  }

  private static void walk(
      JsonNode node, List<String> keys, TargetColumn column, List<String> found) {
    if (node.isArray()) {
      node.forEach(item -> walk(item, keys, column, found));
    } else if (keys.isEmpty()) {
      value(node, column, found);
    } else {
      node.fields()
          .forEachRemaining(
              member -> {
                if (member.getKey().toLowerCase(Locale.ROOT).equals(keys.get(0))) {
                  walk(member.getValue(), keys.subList(1, keys.size()), column, found);
                }
              });
    }
  }

  private static void value(JsonNode node, TargetColumn column, List<String> found) {
    if (column.kind() == Kind.GEO) {
      if (node.path("latitude").isNumber()
          && node.path("longitude").isNumber()
          && Math.abs(node.path("latitude").asDouble()) <= 90
          && Math.abs(node.path("longitude").asDouble()) <= 180) {
        found.add(
            "%s=%s/%s"
                .formatted(
                    column.target(),
                    node.path("latitude").asDouble(),
                    node.path("longitude").asDouble()));
      }
      return;
    }
    if (!node.isValueNode() || node.isNull() || node.asText().isEmpty()) {
      return;
    }
    if (column.kind() == Kind.TEXT) {
      found.add(column.target() + "=" + node.asText());
      return;
    }
    BigDecimal number = number(node);
    if (number != null && column.kind() == Kind.FLOAT) {
      found.add(column.target() + "=" + number.doubleValue());
    } else if (number != null && number.stripTrailingZeros().scale() <= 0) {
      found.add(column.target() + "=" + number.toBigInteger());
    }
  }

  private static BigDecimal number(JsonNode node) {
    if (node.isBoolean()) {
      return node.asBoolean() ? BigDecimal.ONE : BigDecimal.ZERO;
    }
    String text = node.asText();
    return text.matches("[-+]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][-+]?[0-9]+)?")
        ? new BigDecimal(text)
        : null;
  }
}
