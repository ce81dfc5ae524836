package dev.historics.archive;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What values the targets have in an interaction. This is the definition: sealed columns are made
 * with it, and landing files and targets without a column are evaluated with it.
 *
 * <p>A target is a path of keys from the top of the JSON; keys are lower-cased ({@link
 * Locale#ROOT}) before they are compared. Arrays on the way and at the end are walked through,
 * nested ones too, and so is a key that stands twice: each gives more values, in the order of the
 * text. Skipped are null, the empty string, an object where a scalar is wanted, and what cannot
 * become the target's kind:
 *
 * <ul>
 *   <li>TEXT: a string; a number as it is spelled; {@code true} and {@code false}
 *   <li>INT: a number or numeric string that is whole and fits a long ({@code 161.000} is whole); a
 *       boolean as 1 or 0
 *   <li>FLOAT: a finite number or numeric string; a boolean as 1 or 0
 *   <li>GEO: an object with the members {@code latitude} (−90 to 90) and {@code longitude} (−180 to
 *       180), each a number or numeric string
 * </ul>
 *
 * <p>Immutable; one instance serves all threads.
 */
public final class Shredder {
  /** The longest number that is looked at; a longer one is no number. */
  static final int NUMBER_CHARACTERS_MAX = 128;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
          .streamReadConstraints(
              // The size of a record is bounded where it comes in, and nothing here recurses.
              StreamReadConstraints.builder()
                  .maxNestingDepth(Integer.MAX_VALUE)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private final List<TargetColumn> columns;
  private final Node root = new Node();

  /**
   * A shredder for these targets.
   *
   * @throws IllegalArgumentException if one is there twice, or is no path of lower-case keys
   */
  public Shredder(List<TargetColumn> columns) {
    this.columns = List.copyOf(columns);
    for (int i = 0; i < columns.size(); i++) {
      root.plant(columns.get(i), i);
    }
  }

  /** The targets, in the order of the column numbers that the sink gets. */
  public List<TargetColumn> columns() {
    return columns;
  }

  /**
   * Takes the values of one interaction; {@code column} counts from 0 in the shredder's targets.
   */
  public interface Sink {
    void text(int column, String value);

    void integer(int column, long value);

    void decimal(int column, double value);

    void geo(int column, double latitude, double longitude);
  }

  /**
   * Hands the values in one interaction to {@code sink}, in the order of the text.
   *
   * @param raw the interaction, one JSON object in UTF-8
   * @throws IOException if it is not; some values may have been handed over by then
   */
  public void shred(byte[] raw, Sink sink) throws IOException {
    try (JsonParser json = JSON.createParser(raw)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException(
            "expected an interaction to be a JSON object, found " + json.currentToken());
      }
      new Walk(json, sink).object(root);
      if (json.nextToken() != null) {
        throw new IOException("expected one JSON object, found more after it");
      }
    }
  }

  /** A key on the way to some target. */
  private static final class Node {
    private static final int NONE = -1;

    private final Map<String, Node> children = new HashMap<>();
    private int column = NONE;
    private TargetColumn.Kind kind = TargetColumn.Kind.TEXT;

    void plant(TargetColumn target, int number) {
      String name = target.target();
      if (!name.equals(name.toLowerCase(Locale.ROOT))) {
        throw new IllegalArgumentException(
            "expected a lower-case target, got '%s'".formatted(name));
      }
      Node node = this;
      for (String key : name.split("\\.", -1)) {
        if (key.isEmpty()) {
          throw new IllegalArgumentException(
              "expected a target such as 'interaction.content', got '%s'".formatted(name));
        }
        node = node.children.computeIfAbsent(key, unused -> new Node());
      }
      if (node.column != NONE) {
        throw new IllegalArgumentException("target '%s' is there twice".formatted(name));
      }
      node.column = number;
      node.kind = target.kind();
    }

    Node child(String key) {
      Node exact = children.get(key);
      return exact != null ? exact : children.get(key.toLowerCase(Locale.ROOT));
    }

    boolean isGeo() {
      return column != NONE && kind == TargetColumn.Kind.GEO;
    }

    boolean looksInside() {
      return !children.isEmpty() || isGeo();
    }
  }

  /** One pass over one interaction, with a stack of its own instead of recursion. */
  private static final class Walk {
    private final JsonParser json;
    private final Sink sink;
    private final List<Frame> open = new ArrayList<>();

    Walk(JsonParser json, Sink sink) {
      this.json = json;
      this.sink = sink;
    }

    /** Walks the object that the parser has just entered, to its end. */
    void object(Node top) throws IOException {
      open.add(new Frame(top, true));
      while (!open.isEmpty()) {
        Frame frame = open.get(open.size() - 1);
        JsonToken token = json.nextToken();
        if (token == null) {
          throw new IOException("the JSON ends too early");
        }
        switch (token) {
          case FIELD_NAME -> member(frame);
          case END_OBJECT, END_ARRAY -> leave(frame);
          default -> value(frame.node, token);
        }
      }
    }

    private void member(Frame frame) throws IOException {
      String key = json.currentName();
      JsonToken token = json.nextToken();
      frame.look(key, token, json);
      Node child = frame.node.child(key);
      if (child != null) {
        value(child, token);
      } else {
        json.skipChildren();
      }
    }

    private void value(Node node, JsonToken token) throws IOException {
      if (token == JsonToken.START_ARRAY) {
        open.add(new Frame(node, false));
      } else if (token == JsonToken.START_OBJECT && node.looksInside()) {
        open.add(new Frame(node, true));
      } else if (token == JsonToken.START_OBJECT) {
        json.skipChildren();
      } else if (node.column != Node.NONE) {
        scalar(node, token);
      }
    }

    private void leave(Frame frame) {
      open.remove(open.size() - 1);
      if (frame.isObject && frame.node.isGeo() && frame.hasPlace()) {
        sink.geo(frame.node.column, frame.latitude, frame.longitude);
      }
    }

    private void scalar(Node node, JsonToken token) throws IOException {
      if (token == JsonToken.VALUE_NULL) {
        return;
      }
      String text = json.getText();
      switch (node.kind) {
        case TEXT -> {
          if (!text.isEmpty()) {
            sink.text(node.column, text);
          }
        }
        case INT -> {
          if (token.isBoolean()) {
            sink.integer(node.column, token == JsonToken.VALUE_TRUE ? 1 : 0);
          } else {
            Numbers.whole(text).ifPresent(value -> sink.integer(node.column, value));
          }
        }
        case FLOAT -> {
          if (token.isBoolean()) {
            sink.decimal(node.column, token == JsonToken.VALUE_TRUE ? 1 : 0);
          } else {
            Numbers.finite(text).ifPresent(value -> sink.decimal(node.column, value));
          }
        }
        case GEO -> {
          // Only an object is a place.
        }
      }
    }
  }

  /** An object or array that has been entered and not left. */
  private static final class Frame {
    private static final double LATITUDE_MAX = 90;
    private static final double LONGITUDE_MAX = 180;

    private final Node node;
    private final boolean isObject;
    private double latitude = Double.NaN;
    private double longitude = Double.NaN;

    Frame(Node node, boolean isObject) {
      this.node = node;
      this.isObject = isObject;
    }

    /** Notes a coordinate, if the object is a place and the member is one. */
    void look(String key, JsonToken token, JsonParser json) throws IOException {
      if (!node.isGeo() || !token.isScalarValue() || token.isBoolean()) {
        return;
      }
      if (key.equalsIgnoreCase("latitude")) {
        latitude = Numbers.finite(json.getText()).orElse(Double.NaN);
      } else if (key.equalsIgnoreCase("longitude")) {
        longitude = Numbers.finite(json.getText()).orElse(Double.NaN);
      }
    }

    boolean hasPlace() {
      return Math.abs(latitude) <= LATITUDE_MAX && Math.abs(longitude) <= LONGITUDE_MAX;
    }
  }

  @Override
  public String toString() {
    return Arrays.toString(columns.toArray());
  }
}
