package dev.historics.jobs;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.historics.filter.ValueType;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * An interaction as a tree, and the values of its targets found by walking over it: the plain way
 * to do what columns do fast.
 */
final class JsonTree {
  private static final JsonFactory JSON = new JsonFactory();
  private static final String NUMBER = "[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?";

  private final Node root;

  private sealed interface Node {}

  private record Member(String key, Node value) {}

  private record Members(List<Member> members) implements Node {}

  private record Items(List<Node> items) implements Node {}

  /** A string, a number or a boolean, as it is spelled. */
  private record Scalar(String text, boolean isBoolean) implements Node {}

  private record Nothing() implements Node {}

  private JsonTree(Node root) {
    this.root = root;
  }

  static JsonTree parse(byte[] text) throws IOException {
    try (JsonParser json = JSON.createParser(text)) {
      json.nextToken();
      return new JsonTree(node(json));
    }
  }

  private static Node node(JsonParser json) throws IOException {
    return switch (json.currentToken()) {
      case START_OBJECT -> {
        List<Member> members = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_OBJECT) {
          String key = json.currentName();
          json.nextToken();
          members.add(new Member(key, node(json)));
        }
        yield new Members(members);
      }
      case START_ARRAY -> {
        List<Node> items = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
          items.add(node(json));
        }
        yield new Items(items);
      }
      case VALUE_TRUE, VALUE_FALSE -> new Scalar(json.getText(), true);
      case VALUE_NULL -> new Nothing();
      default -> new Scalar(json.getText(), false);
    };
  }

  /** The values of a target, as the reference interpreter wants them. */
  List<Object> values(String target, ValueType type) {
    List<Object> values = new ArrayList<>();
    collect(root, List.of(target.split("\\.", -1)), type, values);
    return values;
  }

  private static void collect(Node node, List<String> path, ValueType type, List<Object> values) {
    if (node instanceof Items list) {
      list.items().forEach(item -> collect(item, path, type, values));
    } else if (path.isEmpty()) {
      value(node, type, values);
    } else if (node instanceof Members object) {
      for (Member member : object.members()) {
        if (member.key().toLowerCase(Locale.ROOT).equals(path.get(0))) {
          collect(member.value(), path.subList(1, path.size()), type, values);
        }
      }
    }
  }

  private static void value(Node node, ValueType type, List<Object> values) {
    if (type == ValueType.GEO) {
      if (node instanceof Members place
          && isWithin(last(place, "latitude"), 90)
          && isWithin(last(place, "longitude"), 180)) {
        values.add("a place");
      }
    } else if (node instanceof Scalar scalar) {
      scalar(scalar, type, values);
    }
  }

  private static void scalar(Scalar scalar, ValueType type, List<Object> values) {
    if (type == ValueType.TEXT) {
      values.add(scalar.text());
    } else if (scalar.isBoolean()) {
      boolean truth = scalar.text().equals("true");
      values.add(type == ValueType.INT ? (Object) (truth ? 1L : 0L) : (Object) (truth ? 1.0 : 0.0));
    } else if (scalar.text().matches(NUMBER)) {
      number(new BigDecimal(scalar.text()), type, values);
    }
  }

  private static void number(BigDecimal number, ValueType type, List<Object> values) {
    if (type == ValueType.INT) {
      BigDecimal plain = number.stripTrailingZeros();
      if (plain.scale() <= 0 && plain.toBigInteger().bitLength() < Long.SIZE) {
        values.add(plain.longValueExact());
      }
    } else if (Double.isFinite(number.doubleValue())) {
      values.add(number.doubleValue());
    }
  }

  private static Node last(Members object, String key) {
    Node last = new Nothing();
    for (Member member : object.members()) {
      if (member.key().equalsIgnoreCase(key)) {
        last = member.value();
      }
    }
    return last;
  }

  private static boolean isWithin(Node node, double max) {
    return node instanceof Scalar scalar
        && !scalar.isBoolean()
        && scalar.text().matches(NUMBER)
        && Math.abs(Double.parseDouble(scalar.text())) <= max;
  }
}
