package dev.historics.archive;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The members of one JSON object, by name and type. Numbers are whole, booleans are texts. What is
 * missing is an {@link IllegalArgumentException}, of another type a {@link ClassCastException}.
 */
public final class JsonMembers {
  private static final JsonFactory JSON = new JsonFactory();

  private final Map<?, ?> values;

  private JsonMembers(Object object) {
    values = (Map<?, ?>) object;
  }

  /**
   * Reads an object; what stands behind it is not looked at.
   *
   * @throws IOException if the text is not JSON
   */
  public static JsonMembers read(byte[] text) throws IOException {
    try (JsonParser json = JSON.createParser(text)) {
      json.nextToken();
      return new JsonMembers(value(json));
    }
  }

  /** The value at the parser's place: a map, a list, a string, a long, or a boolean as text. */
  private static Object value(JsonParser json) throws IOException {
    return switch (json.currentToken()) {
      case START_OBJECT -> {
        Map<String, Object> members = new LinkedHashMap<>();
        while (json.nextToken() != JsonToken.END_OBJECT) {
          String name = json.currentName();
          json.nextToken();
          members.put(name, value(json));
        }
        yield members;
      }
      case START_ARRAY -> {
        List<Object> items = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
          items.add(value(json));
        }
        yield items;
      }
      case VALUE_NUMBER_INT -> json.getLongValue();
      default -> json.getText();
    };
  }

  public boolean has(String name) {
    return values.containsKey(name);
  }

  public String text(String name) {
    return (String) present(name);
  }

  public long number(String name) {
    return (Long) present(name);
  }

  public List<?> list(String name) {
    return (List<?>) present(name);
  }

  public List<Long> numbers(String name) {
    return list(name).stream().map(Long.class::cast).toList();
  }

  public List<String> texts(String name) {
    return list(name).stream().map(String.class::cast).toList();
  }

  public List<JsonMembers> objects(String name) {
    return list(name).stream().map(JsonMembers::new).toList();
  }

  private Object present(String name) {
    Object value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("expected a member '%s', found none".formatted(name));
    }
    return value;
  }
}
