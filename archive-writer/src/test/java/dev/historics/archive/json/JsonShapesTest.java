package dev.historics.archive.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.historics.archive.json.JsonShapes.Shape;
import dev.historics.archive.json.JsonTokens.Token;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonShapesTest {
  private static final String[] SCALARS = {
    "\"\"", "\"a\"", "\"a\\\"b\\\\\"", "\"\\u00e9\"", "0", "-1.5e+3", "12", "true", "false", "null"
  };
  private static final String[] SKELETONS = {
    "{\"a\":#,\"b\":{\"c\":#,\"d\":[#,#]},\"e\":{}}",
    "{\"a\":#,\"b\":{\"c\":#,\"d\":[#]},\"e\":{}}",
    "{\"a\":#,\"b\":{\"c\":#,\"d\":[]},\"e\":[[#]]}",
    " { \"a\" : # , \"x\" : # } ",
    "[#,#]",
    "#",
    "{}"
  };

  private final JsonShapes shapes = new JsonShapes();

  private Shape read(String json) {
    return shapes.read(json.getBytes(StandardCharsets.UTF_8));
  }

  private List<String> scalars() {
    List<String> scalars = new ArrayList<>();
    for (int i = 0; i < shapes.count(); i++) {
      scalars.add(
          shapes.kind(i) + " " + shapes.from(i) + " " + shapes.to(i) + " " + shapes.hasEscapes(i));
    }
    return scalars;
  }

  /** As the tokens are; throws if the text is not JSON. */
  private static List<String> walked(byte[] json) throws IOException {
    JsonTokens tokens = new JsonTokens();
    tokens.resetUtf8(json, 0, json.length);
    List<String> scalars = new ArrayList<>();
    for (Token token = tokens.next(); token != Token.END; token = tokens.next()) {
      if (token.isScalar()) {
        scalars.add(token + " " + tokens.from() + " " + tokens.to() + " " + tokens.hasEscapes());
      }
    }
    return scalars;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"a\":1}            | {\"a\":-2.5}           | true",
        "{\"a\":1}            | {\"a\":true}           | true",
        "{\"a\":\"x\"}        | {\"a\":\"\\n\\u0041\"} | true",
        "{\"a\":\"x\"}        | {\"a\":1}              | false",
        "{\"a\":[1]}          | {\"a\":[1,2]}          | false",
        "{\"a\":1}            | {\"A\":1}              | false",
        "{\"a\":1}            | {\"a\":1 }             | false",
      })
  void texts_that_differ_in_their_scalars_alone_have_one_shape(
      String one, String other, boolean isSame) {
    Shape first = read(one);
    Shape second = read(other);

    assertThat(first.equals(second)).isEqualTo(isSame);
    assertThat(read(one)).isEqualTo(first);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void finds_the_scalars_that_the_tokens_are_and_no_shape_for_what_is_not_json(long seed)
      throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder(SKELETONS[random.nextInt(SKELETONS.length)]);
      for (int at = text.indexOf("#"); at >= 0; at = text.indexOf("#")) {
        text.replace(at, at + 1, SCALARS[random.nextInt(SCALARS.length)]);
      }
      byte[] json = text.toString().getBytes(StandardCharsets.UTF_8);
      if (i % 3 == 0) {
        json[random.nextInt(json.length)] =
            (byte) "\"\\{}[],:0-e.tu \u0001".charAt(random.nextInt(16));
      }
      Shape shape = shapes.read(json);
      if (shape == null) {
        refused++;
      } else {
        assertThat(scalars()).isEqualTo(walked(json));
      }
    }
    assertThat(refused).isBetween(1_000, 7_000);
  }

  @Test
  void a_text_that_ends_early_has_no_shape() {
    String json = "{\"a\":\"x\",\"b\":[12,true,\"y\\u0041\"]}";
    read(json);

    for (int end = 0; end < json.length(); end++) {
      assertThat(read(json.substring(0, end))).isNull();
    }
  }

  @Test
  void where_shapes_are_ever_new_no_more_are_taken_in() {
    Shape known = read("{\"known\":1}");
    int found = 0;
    for (int i = 0; i < 10_000; i++) {
      found += read("[".repeat(i % 50) + "{\"k" + i + "\":1}" + "]".repeat(i % 50)) == null ? 0 : 1;
    }

    assertThat(known).isNotNull();
    assertThat(found).isLessThan(2_000);
    assertThat(read("{\"known\":1}")).isNull();
    assertThat(
            new JsonShapes()
                .read(("[" + "1,".repeat(5_000) + "1]").getBytes(StandardCharsets.UTF_8)))
        .isNull();
  }
}
