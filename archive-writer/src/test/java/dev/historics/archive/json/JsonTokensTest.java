package dev.historics.archive.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.historics.archive.json.JsonTokens.Token;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Held to Jackson, which reads the same language. */
class JsonTokensTest {
  private static final JsonFactory JACKSON = new JsonFactory();

  private static final List<String> SEEDS =
      List.of(
          "{\"interaction\":{\"id\":\"1\",\"content\":\"caf\u00e9 \\u00e9 \\ud83d\\ude00 \\\"\"}}",
          "{\"a\":[1,-2.5e+3,0,true,false,null,[],{}],\"b\\n\":\"long enough for many words\"}",
          " [ 1 , { \"k\" : \"v\" } , \"\" ] ",
          "{\"\":\"\\ud800\",\"x\":\"\\b\\f\\n\\r\\t\\/\"}",
          "\"top\"",
          "0.0e-0");

  private static List<String> ours(byte[] text) {
    List<String> seen = new ArrayList<>();
    JsonTokens tokens = new JsonTokens();
    try {
      tokens.reset(text, 0, text.length);
      for (Token token = tokens.next(); token != Token.END; token = tokens.next()) {
        boolean hasText = token.isScalar() || token == Token.KEY;
        seen.add(token + (hasText ? " " + tokens.text() : ""));
      }
    } catch (IOException e) {
      seen.add("refused");
    }
    return seen;
  }

  private static List<String> theirs(byte[] text) {
    List<String> seen = new ArrayList<>();
    try (JsonParser parser = JACKSON.createParser(text)) {
      JsonToken token = parser.nextToken();
      boolean isTop = true;
      int depth = 0;
      while (token != null) {
        if (depth == 0 && !isTop) {
          seen.add("refused");
          return seen;
        }
        isTop = false;
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        boolean hasText = token.isScalarValue() || token == JsonToken.FIELD_NAME;
        seen.add(name(token) + (hasText ? " " + parser.getText() : ""));
        token = parser.nextToken();
      }
      if (isTop) {
        seen.add("refused");
      }
    } catch (IOException e) {
      seen.add("refused");
    }
    return seen;
  }

  private static String name(JsonToken token) {
    return switch (token) {
      case START_OBJECT -> "OBJECT";
      case START_ARRAY -> "ARRAY";
      case FIELD_NAME -> "KEY";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "NUMBER";
      default -> token.name().replaceFirst("VALUE_", "");
    };
  }

  /** What stands before a refusal may be more or less of the text. */
  private static boolean isRefused(List<String> seen) {
    return seen.get(seen.size() - 1).equals("refused");
  }

  @Test
  void mutated_texts_have_the_tokens_that_jackson_finds_or_are_refused_by_both() {
    SplittableRandom random = new SplittableRandom(20_240_805);
    String alphabet = "{}[]\",:\\u0eE+-. \ntfnr1aé";
    int accepted = 0;
    for (int i = 0; i < 60_000; i++) {
      StringBuilder text = new StringBuilder(SEEDS.get(random.nextInt(SEEDS.size())));
      for (int edits = random.nextInt(4); edits > 0; edits--) {
        int at = random.nextInt(text.length());
        char letter = alphabet.charAt(random.nextInt(alphabet.length()));
        switch (random.nextInt(3)) {
          case 0 -> text.setCharAt(at, letter);
          case 1 -> text.insert(at, letter);
          default -> text.deleteCharAt(at).append(' ');
        }
      }
      byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
      List<String> ours = ours(bytes);
      List<String> theirs = theirs(bytes);
      assertThat(isRefused(ours)).as("%s", text).isEqualTo(isRefused(theirs));
      if (!isRefused(ours)) {
        accepted++;
        assertThat(ours).as("%s", text).isEqualTo(theirs);
      }
    }
    assertThat(accepted).isGreaterThan(15_000);
  }

  @Test
  void a_quote_is_found_wherever_it_stands_in_a_word_of_the_machine() {
    for (int before = 0; before < 20; before++) {
      for (int behind = 0; behind < 20; behind++) {
        String inside = "\u00ff".repeat(before) + "x!#[]^" + "~".repeat(behind);
        assertThat(ours(("\"" + inside + "\"").getBytes(StandardCharsets.UTF_8)))
            .containsExactly("STRING " + inside);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u0001", "\n", "\t", "\u001f"})
  void a_control_character_in_a_string_is_refused(String control) {
    for (int at = 0; at < 12; at++) {
      String text = "\"" + "a".repeat(at) + control + "b".repeat(10) + "\"";
      assertThat(ours(text.getBytes(StandardCharsets.UTF_8))).containsExactly("refused");
    }
  }

  @Test
  void bytes_that_are_no_utf_8_are_refused_with_their_place() {
    JsonTokens tokens = new JsonTokens();
    byte[] text = {'x', '"', (byte) 0xC0, (byte) 0x80, '"'};
    assertThatThrownBy(() -> tokens.reset(text, 1, 4))
        .isInstanceOf(IOException.class)
        .hasMessage("expected UTF-8, found byte 0xc0 at 1");
  }

  @Test
  void a_hundred_thousand_levels_are_no_problem() {
    String deep = "[".repeat(100_000) + "]".repeat(100_000);
    assertThat(ours(deep.getBytes(StandardCharsets.UTF_8))).hasSize(200_000);
  }

  @Test
  void what_is_skipped_is_checked() throws IOException {
    byte[] text = "{\"a\":{\"b\":[1,{}]},\"c\":2}".getBytes(StandardCharsets.UTF_8);
    JsonTokens tokens = new JsonTokens();
    tokens.reset(text, 0, text.length);
    tokens.next();
    tokens.next();
    tokens.skip(tokens.next());
    assertThat(tokens.next()).isEqualTo(Token.KEY);
    assertThat(tokens.text()).isEqualTo("c");
  }

  @Test
  void escaped_texts_are_those_of_java_with_lone_surrogates_replaced() {
    SplittableRandom random = new SplittableRandom(7);
    String[] pieces = {
      "a", "é", "\\n", "\\\"", "\\u0041", "\\u00e9", "\\u20ac", "\\ud83d", "\\ude00"
    };
    JsonText decoded = new JsonText();
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int count = random.nextInt(8); count > 0; count--) {
        text.append(pieces[random.nextInt(pieces.length)]);
      }
      byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
      decoded.set(bytes, 0, bytes.length);
      // Java's encoder writes '?' for what it cannot say; no piece has one.
      String expected =
          new String(
              Escapes.unescaped(bytes, 0, bytes.length).getBytes(StandardCharsets.UTF_8),
              StandardCharsets.UTF_8);
      assertThat(new String(decoded.copy(), StandardCharsets.UTF_8).replace('\uFFFD', '?'))
          .as("%s", text.toString().toLowerCase(Locale.ROOT))
          .isEqualTo(expected);
    }
  }
}
