package dev.historics.archive.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.historics.archive.Shredder;
import dev.historics.archive.Stripping;
import dev.historics.archive.TargetColumn;
import dev.historics.archive.TargetColumn.Kind;
import dev.historics.archive.json.JsonShapes;
import dev.historics.archive.json.JsonShapes.Shape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormWriterTest {
  private static final List<TargetColumn> COLUMNS =
      List.of(
          new TargetColumn("i.content", Kind.TEXT),
          new TargetColumn("i.tags", Kind.TEXT),
          new TargetColumn("i.count", Kind.INT),
          new TargetColumn("i.score", Kind.FLOAT),
          new TargetColumn("i.odd]", Kind.TEXT));

  private static final Map<String, Form.Slot> SLOTS = slots(COLUMNS);

  private static Map<String, Form.Slot> slots(List<TargetColumn> columns) {
    Map<String, Form.Slot> slots = new HashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      slots.put(
          columns.get(i).target(),
          new Form.Slot(i, Form.Slot.Kind.valueOf(columns.get(i).kind().name())));
    }
    return slots;
  }

  private final Shredder.Reading shredder = new Shredder(COLUMNS, Stripping.STANDARD).reading();
  private final ShreddedRow row = new ShreddedRow(COLUMNS.size());
  private FormWriter writer = new FormWriter(SLOTS);

  // The same once more, by shapes.
  private JsonShapes shapes = new JsonShapes();
  private Shredder.Reading shapeShredder = new Shredder(COLUMNS, Stripping.STANDARD).reading();
  private final ShreddedRow shapeRow = new ShreddedRow(COLUMNS.size());
  private FormWriter shapeWriter = new FormWriter(SLOTS);
  private int shaped;

  /** Form and rest, with visible marks for holes and ends; what they give back is checked. */
  private String apart(String json) throws IOException {
    byte[] raw = json.getBytes(StandardCharsets.UTF_8);
    row.clear();
    shredder.shred(raw, 0, raw.length, row);
    writer.write(raw, row);
    Bytes back = new Bytes();
    Form.parse(writer.form().copy(), SLOTS)
        .fill(row, writer.rest().array(), 0, writer.rest().length(), back);
    assertThat(new String(back.copy(), StandardCharsets.UTF_8)).isEqualTo(json);
    compareByShape(raw);
    return (text(writer.form()) + " | " + text(writer.rest()))
        .replace('\u0001', '~')
        .replace('\u0000', ';');
  }

  private void compareByShape(byte[] raw) throws IOException {
    Shape shape = shapes.read(raw);
    if (shape == null) {
      shapeRow.clear();
      shapeShredder.shredArchived(raw, shapeRow);
      shapeWriter.write(raw, shapeRow);
      return;
    }
    shaped++;
    shapeRow.clear();
    shapeShredder.shred(raw, shapes, shape, shapeRow);
    assertThat(values(shapeRow)).isEqualTo(values(row));
    shapeWriter.write(raw, shapes, shape, shapeRow);
    assertThat(text(shapeWriter.form())).isEqualTo(text(writer.form()));
    assertThat(text(shapeWriter.rest())).isEqualTo(text(writer.rest()));
  }

  private static List<String> values(ShreddedRow row) {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < row.touchedCount(); i++) {
      int column = row.touched(i);
      for (int index = 0; index < row.count(column); index++) {
        values.add(
            COLUMNS.get(column).kind() == Kind.TEXT
                ? new String(
                    row.bytes(column, index),
                    row.from(column, index),
                    row.to(column, index) - row.from(column, index),
                    StandardCharsets.UTF_8)
                : String.valueOf(row.number(column, index)));
      }
    }
    return values;
  }

  private static String text(Bytes bytes) {
    return new String(bytes.copy(), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "{\"i\":{\"content\":\"hello\"}} # {\"i\":{\"content\":\"~p:i.content~\"}} | ",
        "{\"i\":{\"tags\":[\"a\",\"b\"]}} # {\"i\":{\"tags\":[\"~p:i.tags~\",\"~p:i.tags[1]~\"]}} | ",
        "{\"i\":{\"count\":-12}} # {\"i\":{\"count\":~p:i.count~}} | ",
        "{\"i\":{\"count\":\"12\"}} # {\"i\":{\"count\":\"~p:i.count~\"}} | ",
        "{\"i\":{\"count\":12.0}} # {\"i\":{\"count\":~~}} | 12.0;",
        "{\"i\":{\"score\":0.5}} # {\"i\":{\"score\":~p:i.score~}} | ",
        "{\"i\":{\"score\":0.50}} # {\"i\":{\"score\":~~}} | 0.50;",
        "{\"i\":{\"content\":true},\"n\":null} # {\"i\":{\"content\":true},\"n\":null} | ",
        "{\"i\":{\"content\":\"a/b \\\"q\\\"\"}} # {\"i\":{\"content\":\"~p:i.content~\"}} | ",
        "{\"i\":{\"content\":\"a\\/b\"}} # {\"i\":{\"content\":\"~s:i.content~\"}} | ",
        "{\"i\":{\"content\":\"\\u00e9 \\ud83d\\ude00\"}} # {\"i\":{\"content\":\"~a:i.content~\"}} | ",
        "{\"i\":{\"content\":\"\\u00e9\\/\"}} # {\"i\":{\"content\":\"~b:i.content~\"}} | ",
        "{\"i\":{\"content\":\"\\u00E9\"}} # {\"i\":{\"content\":\"~~\"}} | \\u00E9;",
        "{\"i\":{\"content\":\"\\ud83d\"}} # {\"i\":{\"content\":\"~~\"}} | \\ud83d;",
        "{\"i\":{\"content\":\"hello\"},\"o\":{\"t\":\"hello\"}} # {\"i\":{\"content\":\"~p:i.content~\"},\"o\":{\"t\":\"~p:i.content~\"}} | ",
        "{\"o\":\"hello\",\"i\":{\"content\":\"hello\"}} # {\"o\":\"~p:i.content~\",\"i\":{\"content\":\"~p:i.content~\"}} | ",
        "{\"o\":\"ab\",\"i\":{\"content\":\"ab\"}} # {\"o\":\"~~\",\"i\":{\"content\":\"~p:i.content~\"}} | ab;",
        "{\"i\":{\"odd]\":\"hello\"}} # {\"i\":{\"odd]\":\"~~\"}} | hello;",
        "{ \"i\" : { \"count\" : 1 , \"x\" : [ 2 , [ 3 ] ] } } # { \"i\" : { \"count\" : ~p:i.count~ , \"x\" : [ ~~ , [ ~~ ] ] } } | 2;3;",
      })
  void what_columns_hold_is_left_out_of_the_text(String json, String expected) throws IOException {
    assertThat(apart(json).strip()).isEqualTo(expected.strip());
  }

  @Test
  void stripped_content_is_no_longer_what_the_text_has() throws IOException {
    TargetColumn content = new TargetColumn("interaction.content", Kind.TEXT);
    String json =
        "{\"interaction\":{\"type\":\"twitter\",\"content\":\"see http://a.b\"},\"t\":\"see http://a.b\"}";
    byte[] raw = json.getBytes(StandardCharsets.UTF_8);
    ShreddedRow values = new ShreddedRow(1);
    new Shredder(List.of(content), Stripping.STANDARD).reading().shred(raw, 0, raw.length, values);
    FormWriter of = new FormWriter(slots(List.of(content)));

    of.write(raw, values);

    assertThat(text(of.rest())).isEqualTo("twitter\0see http://a.b\0see http://a.b\0");
  }

  @Test
  void made_up_interactions_come_back_byte_for_byte() throws IOException {
    SplittableRandom random = new SplittableRandom(99);
    for (int i = 0; i < 10_000; i++) {
      apart(object(random, 0));
    }
    shapes = new JsonShapes();
    shapeShredder = new Shredder(COLUMNS, Stripping.STANDARD).reading();
    shapeWriter = new FormWriter(SLOTS);
    writer = new FormWriter(SLOTS);
    shaped = 0;
    String[] texts = {"hello", "", "caf\u00e9 \\/", "\\u00e9x", "a\\u0001", "12", "123456", "x y"};
    for (int i = 0; i < 5_000; i++) {
      apart(
          "{\"i\":{\"content\":\"%s\",\"count\":%d,\"tags\":[\"%s\",\"%s\"]},\"x\":\"%s\"}"
              .formatted(
                  texts[random.nextInt(8)],
                  random.nextInt(200),
                  texts[random.nextInt(8)],
                  texts[random.nextInt(8)],
                  texts[random.nextInt(8)]));
    }
    assertThat(shaped).isEqualTo(5_000);
  }

  @Test
  void each_value_is_compared_even_if_its_form_was_proven() throws IOException {
    assertThat(apart("{\"i\":{\"count\":1}}")).isEqualTo("{\"i\":{\"count\":~p:i.count~}} | ");
    assertThat(apart("{\"i\":{\"count\":-0}}")).isEqualTo("{\"i\":{\"count\":~~}} | -0;");
    assertThat(apart("{\"i\":{\"count\":2}}")).isEqualTo("{\"i\":{\"count\":~p:i.count~}} | ");
  }

  private static String object(SplittableRandom random, int depth) {
    String[] keys = {"i", "content", "tags", "count", "score", "I", "x", "odd]", "k\\n"};
    StringBuilder text = new StringBuilder("{");
    for (int members = random.nextInt(5); members > 0; members--) {
      text.append(text.length() > 1 ? "," : "")
          .append('"')
          .append(keys[random.nextInt(keys.length)])
          .append("\":")
          .append(value(random, depth));
    }
    return text.append('}').toString();
  }

  private static String value(SplittableRandom random, int depth) {
    String[] scalars = {
      "\"hello\"",
      "\"\"",
      "12",
      "-0",
      "1e3",
      "0.5",
      "null",
      "true",
      "\"12\"",
      "\"caf\u00e9 \\/\"",
      "\"\\u00e9x\"",
      "\"a\\u0001\"",
      "123456",
      "\"123456\"",
      "9223372036854775807",
      "\"hello\""
    };
    return switch (random.nextInt(depth > 3 ? 3 : 5)) {
      case 0, 1, 2 -> scalars[random.nextInt(scalars.length)];
      case 3 -> object(random, depth + 1);
      default -> "[" + value(random, depth + 1) + " ," + value(random, depth + 1) + "]";
    };
  }

  @Test
  void a_million_values_in_a_list_take_no_longer_than_their_number() throws IOException {
    String json = "{\"i\":{\"tags\":[" + "\"abcdef\",".repeat(1_000_000) + "\"x\"]}}";
    assertThat(apart(json)).startsWith("{\"i\":{\"tags\":[\"~p:i.tags~\",\"~p:i.tags[1]~\"");
  }

  @Test
  void many_numbers_in_a_list_are_all_left_out() throws IOException {
    String json =
        "{\"i\":{\"count\":[" + "7,".repeat(1000) + "8],\"score\":[" + "0.5,".repeat(99) + "1.5]}}";
    assertThat(apart(json)).contains("~p:i.count[1000]~", "~p:i.score[99]~").endsWith(" | ");
  }

  @ParameterizedTest
  @CsvSource({
    "a~p:i.content, a form has a hole at byte 1 that never ends",
    "a~p:i.other~, 'a form asks for ''p:i.other'', which the file does not have'",
    "a~q:i.content~, a form asks for an unknown spelling: 'q:i.content'",
    "~p:i.content[99]~, 'a form asks for value 99 of a column, of which the row has 0'",
    "~~~~, a row's rest has less than its form asks for",
    "{}, a row's rest has more than its form asks for"
  })
  void a_form_that_does_not_fit_is_refused(String form, String message) {
    byte[] rest = {'r', 0};
    assertThatThrownBy(
            () ->
                Form.parse(form.replace('~', '\u0001').getBytes(StandardCharsets.UTF_8), SLOTS)
                    .fill(row, rest, 0, rest.length, new Bytes()))
        .isInstanceOf(IOException.class)
        .hasMessage(message);
  }
}
