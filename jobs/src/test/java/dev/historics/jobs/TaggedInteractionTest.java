package dev.historics.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.historics.filter.Tags;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TaggedInteractionTest {
  private static final Tags NONE = new Tags(List.of(), Map.of());
  private static final Tags X = new Tags(List.of("x"), Map.of());
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  /** The record lies somewhere in a larger array, as it does on a page. */
  private static String tagged(String record, Tags tags) throws IOException {
    byte[] text = record.getBytes(StandardCharsets.UTF_8);
    byte[] page = new byte[text.length + 12];
    java.util.Arrays.fill(page, (byte) '}');
    System.arraycopy(text, 0, page, 7, text.length);
    return new String(TaggedInteraction.of(page, 7, text.length, tags), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '`',
      textBlock =
          """
          # wherever the interaction stands
          {"interaction":{"id":"1"}}           => {"interaction":{"id":"1","tags":["x"]}}
          {"a":1,"interaction":{"id":"1"}}     => {"a":1,"interaction":{"id":"1","tags":["x"]}}
          {"interaction":{"id":"1"},"a":[{}]}  => {"interaction":{"id":"1","tags":["x"]},"a":[{}]}
          {"a":{"interaction":{"tags":[]}},"interaction":{}} => {"a":{"interaction":{"tags":[]}},"interaction":{"tags":["x"]}}
          {"inter\\u0061ction":{"id":"1"}}     => {"inter\\u0061ction":{"id":"1","tags":["x"]}}
          {"interaction":{},"interaction":{}}  => {"interaction":{"tags":["x"]},"interaction":{"tags":["x"]}}
          {"Interaction":{},"a":2}             => {"Interaction":{},"a":2,"interaction":{"tags":["x"]}}
          {}                                   => {"interaction":{"tags":["x"]}}
          { }                                  => {"interaction":{"tags":["x"]} }
          # what the record brought along
          {"interaction":{"tags":["old"]}}     => {"interaction":{"tags":["x"]}}
          {"interaction":{"tags":1,"a":2}}     => {"interaction":{"a":2,"tags":["x"]}}
          {"interaction":{"a":2,"tags":1}}     => {"interaction":{"a":2,"tags":["x"]}}
          {"interaction":{"a":2,"tags":1,"b":3}} => {"interaction":{"a":2,"b":3,"tags":["x"]}}
          {"interaction":{"tags":1,"tag_tree":{"a":[1]},"b":3}} => {"interaction":{"b":3,"tags":["x"]}}
          {"interaction":{"a":2,"tags":1,"tag_tree":{"a":[1]},"b":3}} => {"interaction":{"a":2,"b":3,"tags":["x"]}}
          {"interaction":{"a":2,"tags":1,"tags":2}} => {"interaction":{"a":2,"tags":["x"]}}
          {"interaction":{"t\\u0061gs":1,"a":2}} => {"interaction":{"a":2,"tags":["x"]}}
          {"interaction":{"Tags":1}}           => {"interaction":{"Tags":1,"tags":["x"]}}
          {"interaction":{"a":{"tags":1}},"tags":1} => {"interaction":{"a":{"tags":1},"tags":["x"]},"tags":1}
          # white space
          ` {  "interaction" : {  "id" : 1e3  } , "b" : "}" } ` => ` {  "interaction" : {  "id" : 1e3,"tags":["x"]  } , "b" : "}" } `
          `{"interaction":{ "tags" : 1 , "a" : 2 } }`           => `{"interaction":{"a" : 2,"tags":["x"] } }`
          `{"interaction":{ "a" : 2 , "tags" : 1 } }`           => `{"interaction":{ "a" : 2,"tags":["x"] } }`
          `{"interaction":{ }}`                                 => `{"interaction":{"tags":["x"] }}`
          # any value
          {"interaction":{"a":-0.50E+7}}       => {"interaction":{"a":-0.50E+7,"tags":["x"]}}
          {"interaction":{"a":null}}           => {"interaction":{"a":null,"tags":["x"]}}
          {"interaction":{"a":"é\\ud83d\\ude02\\"😂"}} => {"interaction":{"a":"é\\ud83d\\ude02\\"😂","tags":["x"]}}
          """)
  void tags_are_the_last_members_of_the_interaction(String record, String expected)
      throws IOException {
    assertThat(tagged(record, X)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '`',
      textBlock =
          """
          {"interaction":{"id":"1"}}           => {"interaction":{"id":"1"}}
          {"interaction":{"tags":["old"]}}     => {"interaction":{}}
          {"interaction":{"a":1,"tag_tree":{}}} => {"interaction":{"a":1}}
          {"interaction":{"tag_tree":{},"a":1,"tags":[]}} => {"interaction":{"a":1}}
          `{"interaction":{ "a" : 1 } }`       => `{"interaction":{ "a" : 1 } }`
          {}                                   => {}
          {"a":1}                              => {"a":1}
          """)
  void where_no_tag_holds_there_are_none(String record, String expected) throws IOException {
    assertThat(tagged(record, NONE)).isEqualTo(expected);
  }

  @Test
  void a_tree_has_lists_of_labels_and_plain_numbers() throws IOException {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("device", Map.of("apple", List.of("iPhone", "say \"ah\"\n")));
    tree.put("half", new BigDecimal("12.50"));
    tree.put("ten", new BigDecimal("1E+1"));
    tree.put("tenth", new BigDecimal("0.1"));
    tree.put("zero", new BigDecimal("0.00"));
    tree.put("less", new BigDecimal("-2.5e-7"));

    assertThat(tagged("{\"interaction\":{}}", new Tags(List.of(), tree)))
        .isEqualTo(
            "{\"interaction\":{\"tag_tree\":{\"device\":{\"apple\":[\"iPhone\",\"say \\\"ah\\\"\\n\"]},"
                + "\"half\":12.5,\"ten\":10,\"tenth\":0.1,\"zero\":0,\"less\":-0.00000025}}}");
    assertThat(
            tagged("{\"interaction\":{}}", new Tags(List.of("é", "😂"), Map.of("n", List.of("a")))))
        .isEqualTo("{\"interaction\":{\"tags\":[\"é\",\"😂\"],\"tag_tree\":{\"n\":[\"a\"]}}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '`',
      textBlock =
          """
          [1]                       => expected an interaction to be a JSON object, found START_ARRAY
          ``                        => expected an interaction to be a JSON object, found null
          {"interaction":"me"}      => expected 'interaction' to be a JSON object, found VALUE_STRING
          {"interaction":null}      => expected 'interaction' to be a JSON object, found VALUE_NULL
          {"interaction":{}} {}     => expected one JSON object, found more after it
          """)
  void what_cannot_carry_tags_is_refused(String record, String message) {
    assertThatThrownBy(() -> tagged(record, X)).isInstanceOf(IOException.class).hasMessage(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "{\"interaction\":{\"a\":1", "{\"interaction\":{\"a\" 1}}", "tags"})
  void what_is_not_json_is_refused(String record) {
    assertThatThrownBy(() -> tagged(record, X)).isInstanceOf(JsonProcessingException.class);
  }

  /** The limit is far above that of the archive, so nobody would read it anyway. */
  @Test
  void a_namespace_that_is_too_deep_for_json_is_refused() {
    Map<String, Object> tree = Map.of("leaf", List.of("label"));
    for (int level = 0; level < 100_000; level++) {
      tree = Collections.singletonMap("n", tree);
    }
    Tags deep = new Tags(List.of(), tree);

    assertThatThrownBy(() -> tagged("{\"interaction\":{}}", deep)).isInstanceOf(IOException.class);
  }

  @Test
  void long_and_deep_records_are_tagged() throws IOException {
    String deep = "[".repeat(5_000) + "]".repeat(5_000);
    String text = "é".repeat(1_000_000);
    String start =
        "{\"a\":%s,\"interaction\":{\"content\":\"%s\",\"b\":%s".formatted(deep, text, deep);

    assertThat(tagged(start + "},\"" + text + "\":1}", X))
        .isEqualTo(start + ",\"tags\":[\"x\"]},\"" + text + "\":1}");
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4})
  void a_tagged_record_is_what_a_tree_would_make_of_it(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    List<String> records =
        new ArrayList<>(new HostileRecords(seed).beta("b", 500, ReplayWorld.DAY));
    for (String record : records) {
      ObjectNode tree = (ObjectNode) JSON.readTree(record);
      ObjectNode interaction = (ObjectNode) tree.path("interaction");
      if (random.nextBoolean()) {
        interaction.putArray("tags").add("old");
      }
      if (random.nextBoolean()) {
        interaction.putObject("tag_tree").put("old", 1);
      }
      interaction.put("last", random.nextInt());
      String text = random.nextBoolean() ? JSON.writeValueAsString(tree) : tree.toPrettyString();
      Tags tags = tags(random);

      interaction.remove("tags");
      interaction.remove("tag_tree");
      if (!tags.labels().isEmpty()) {
        interaction.set("tags", JSON.valueToTree(tags.labels()));
      }
      if (!tags.tree().isEmpty()) {
        interaction.set("tag_tree", JSON.valueToTree(tags.tree()));
      }
      assertThat(JSON.readTree(tagged(text, tags)).toString()).isEqualTo(tree.toString());
    }
  }

  private static Tags tags(SplittableRandom random) {
    List<String> labels = new ArrayList<>();
    Map<String, Object> tree = new LinkedHashMap<>();
    for (String word : HostileRecords.WORDS) {
      switch (random.nextInt(30)) {
        case 0 -> labels.add(word);
        case 1 -> tree.put(word, List.of(word, "b"));
        case 2 -> tree.put(word, new BigDecimal("12.5"));
        case 3 -> tree.put(word, Map.of("n", Map.of("m", new BigDecimal("-0.75"))));
        default -> {
          // Not this one.
        }
      }
    }
    return new Tags(labels, tree);
  }
}
