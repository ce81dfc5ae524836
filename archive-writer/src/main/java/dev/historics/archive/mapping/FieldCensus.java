package dev.historics.archive.mapping;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The fields that interactions have: how many have each, of which type, with an example. Arrays are
 * walked through; null and the empty string count as no value. Owned by one thread.
 */
public final class FieldCensus {
  private static final JsonFactory JSON = new JsonFactory();

  /** Keys that are data, such as user names, would make a field each. */
  private static final int FIELDS_MAX = 10_000;

  private final SortedMap<String, Counter> fields = new TreeMap<>();
  private long interactions;

  /**
   * One field of the interactions that were looked at.
   *
   * @param target its name in a rule, such as {@code twitter.user.screen_name}
   * @param type {@code text}, {@code int}, {@code float} or {@code boolean}; {@code text} if mixed
   * @param isList whether any interaction had it in an array
   * @param interactions how many had it
   * @param example its first value
   */
  public record Field(
      String target, String type, boolean isList, long interactions, String example) {}

  private static final class Counter {
    private final String example;
    private String type;
    private boolean isList;
    private long count;
    private long last = -1;

    Counter(String example, String type) {
      this.example = example;
      this.type = type;
    }
  }

  /**
   * Counts the fields of one interaction.
   *
   * @param json a JSON object
   */
  public void add(byte[] json) {
    try (JsonParser parser = JSON.createParser(json)) {
      parser.nextToken();
      value(parser, "", false);
    } catch (IOException e) {
      throw new IllegalArgumentException("an interaction is a JSON object", e);
    }
    interactions++;
  }

  private void value(JsonParser parser, String path, boolean isInList) throws IOException {
    switch (parser.currentToken()) {
      case START_OBJECT -> {
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String name = parser.currentName();
          parser.nextToken();
          value(parser, path.isEmpty() ? name : path + "." + name, isInList);
        }
      }
      case START_ARRAY -> {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          value(parser, path, true);
        }
      }
      case VALUE_NULL -> {}
      case VALUE_STRING -> scalar(path, "text", isInList, parser.getText());
      case VALUE_NUMBER_INT -> scalar(path, "int", isInList, parser.getText());
      case VALUE_NUMBER_FLOAT -> scalar(path, "float", isInList, parser.getText());
      default -> scalar(path, "boolean", isInList, parser.getText());
    }
  }

  private void scalar(String path, String type, boolean isInList, String value) {
    if (value.isEmpty()) {
      return;
    }
    Counter field = fields.get(path);
    if (field == null) {
      if (fields.size() == FIELDS_MAX) {
        return;
      }
      field = new Counter(value, type);
      fields.put(path, field);
    }
    field.type = common(field.type, type);
    field.isList |= isInList;
    if (field.last != interactions) {
      field.last = interactions;
      field.count++;
    }
  }

  private static String common(String one, String other) {
    if (one.equals(other)) {
      return one;
    }
    boolean isNumber = !(one + other).contains("text") && !(one + other).contains("boolean");
    return isNumber ? "float" : "text";
  }

  /** How many interactions were looked at. */
  public long interactions() {
    return interactions;
  }

  /** All fields, sorted by name. */
  public List<Field> fields() {
    List<Field> found = new ArrayList<>();
    fields.forEach(
        (target, field) ->
            found.add(new Field(target, field.type, field.isList, field.count, field.example)));
    return found;
  }
}
