package dev.historics.archive.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.historics.archive.testing.Seeds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopMemberTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> NAMES =
      List.of("a", "b", "x", "\\u0078", "X", "x\\u0000", "xx", "", "é", "\\\"x\\\"", "in}x{");

  static LongStream seeds() {
    return Seeds.some(20);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '`',
      textBlock =
          """
          {}                            => {"x":1}
          ` { } `                       => ` {"x":1 } `
          {"a":2}                       => {"a":2,"x":1}
          `{ "a" : 2 }`                 => `{ "a" : 2,"x":1 }`
          # what is there is replaced, and becomes the last
          {"x":{"a":3}}                 => {"x":1}
          `{ "x" : 3 }`                 => `{"x":1  }`
          {"x":3,"a":2}                 => {"a":2,"x":1}
          `{"x" :3 , "a":2 }`           => `{"a":2,"x":1 }`
          {"a":2,"x":3}                 => {"a":2,"x":1}
          `{"a":2 , "x":3 ,"b":4}`      => `{"a":2 ,"b":4,"x":1}`
          {"x":1,"x":2,"a":2,"x":5}     => {"a":2,"x":1}
          # rules read names in upper and lower case alike
          {"X":3,"a":2}                 => {"a":2,"x":1}
          {"\\u0078":3,"a":2}           => {"a":2,"x":1}
          # further inside nothing is touched
          {"a":{"x":2},"b":[{"x":3}]}   => {"a":{"x":2},"b":[{"x":3}],"x":1}
          {"a":"\\"x\\":7}"}            => {"a":"\\"x\\":7}","x":1}
          """)
  void puts_a_member_into_the_bytes_of_an_object(String object, String expected)
      throws IOException {
    assertThat(put(object, "x", "1")).isEqualTo(expected);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void means_what_parsing_and_putting_means_and_leaves_all_other_bytes(long seed)
      throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 500; i++) {
      String object = object(random, 3);
      String value = value(random, 2).strip();
      ObjectNode plain = (ObjectNode) JSON.readTree(object);
      plain.remove(List.of("x", "X"));
      ObjectNode wanted = plain.deepCopy();
      wanted.set("x", JSON.readTree(value));

      String put = put(object, "x", value);
      String removed = remove(put);

      assertThat(JSON.readTree(put)).as(object).isEqualTo(wanted);
      assertThat(JSON.readTree(removed)).as(object).isEqualTo(plain);
      assertThat(put(put, "x", value)).as("once more").isEqualTo(put);
      if (!hasMember(object)) {
        assertThat(removed).as("taken out again").isEqualTo(object);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "1", "{} {}", "{\"a\":1", "{\"a\" 1}", "{\"a\":1,}"})
  void refuses_what_is_no_object(String text) {
    assertThatThrownBy(() -> put(text, "x", "1")).isInstanceOf(IOException.class);
  }

  private static boolean hasMember(String object) throws IOException {
    return new TopMember("x").isIn(bytes(object));
  }

  private static String put(String object, String name, String value) throws IOException {
    TopMember member = new TopMember(name);
    member.isIn(bytes(object));
    return new String(member.put(bytes(value)), StandardCharsets.UTF_8);
  }

  private static String remove(String object) throws IOException {
    TopMember member = new TopMember("x");
    member.isIn(bytes(object));
    return new String(member.remove(), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String object(SplittableRandom random, int depth) {
    StringBuilder object = new StringBuilder(space(random)).append('{');
    int members = random.nextInt(5);
    for (int i = 0; i < members; i++) {
      object
          .append(i == 0 ? "" : ",")
          .append(space(random))
          .append('"')
          .append(NAMES.get(random.nextInt(NAMES.size())))
          .append('"')
          .append(space(random))
          .append(':')
          .append(space(random))
          .append(value(random, depth - 1))
          .append(space(random));
    }
    return object.append(space(random)).append('}').append(space(random)).toString();
  }

  private static String value(SplittableRandom random, int depth) {
    return switch (random.nextInt(depth > 0 ? 8 : 6)) {
      case 0 -> "-1.5e3";
      case 1 -> "null";
      case 2 -> "\"x\\\":{}\"";
      case 3 -> "\"\\\\\"";
      case 4 -> "{}";
      case 5 -> "\"é😀\\ud83d\\ude00\"";
      case 6 -> "[" + value(random, depth - 1) + "," + object(random, depth) + "]";
      default -> object(random, depth);
    };
  }

  private static String space(SplittableRandom random) {
    return random.nextInt(4) == 0 ? " ".repeat(random.nextInt(3)) : "";
  }
}
