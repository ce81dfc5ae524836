package dev.historics.archive;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.historics.archive.TargetTree.Node;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What values the targets have in an interaction. This is the definition: sealed columns are made
 * with it, and landing files and targets without a column are evaluated with it.
 *
 * <p>A target is a path of keys from the top of the JSON; keys are lower-cased ({@link
 * Locale#ROOT}) before they are compared. Arrays on the way and at the end are walked through,
 * nested ones too, and so is a key that stands twice: each gives more values of the target, in the
 * order of the text. Skipped are null, the empty string, an object where a scalar is wanted, and
 * what cannot become the target's kind:
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
 * <p>Texts of content targets come without links and mentions where the {@link Stripping} says so.
 * An interaction without a {@code interaction.raw_content} has that of {@code interaction.content},
 * whole.
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
  private final Stripping stripping;
  private final EntityPaths entityPaths;
  private final TargetTree tree;

  /**
   * A shredder for these targets.
   *
   * @param stripping how the source's content is made
   * @throws IllegalArgumentException if one is there twice, or is no path of lower-case keys
   */
  public Shredder(List<TargetColumn> columns, Stripping stripping) {
    this.columns = List.copyOf(columns);
    this.stripping = stripping;
    this.entityPaths = new EntityPaths(stripping.entities());
    this.tree = new TargetTree(this.columns);
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
    shred(raw, 0, raw.length, sink);
  }

  /** As {@link #shred(byte[], Sink)}, of {@code length} bytes from {@code offset}. */
  public void shred(byte[] raw, int offset, int length, Sink sink) throws IOException {
    try (JsonParser json = JSON.createParser(raw, offset, length)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException(
            "expected an interaction to be a JSON object, found " + json.currentToken());
      }
      Walk walk = new Walk(json, sink, new HeldTexts(stripping.whose(), tree.rawContent()));
      walk.object(tree.root());
      if (json.nextToken() != null) {
        throw new IOException("expected one JSON object, found more after it");
      }
      walk.texts.release(() -> entities(raw, offset, length), sink);
    }
  }

  private Map<String, TextEntities> entities(byte[] raw, int offset, int length)
      throws IOException {
    if (!EntityPaths.mayBeIn(raw, offset, length)) {
      return Map.of();
    }
    try (JsonParser json = JSON.createParser(raw, offset, length)) {
      return entityPaths.read(json);
    }
  }

  /** One pass over one interaction, with a stack of its own instead of recursion. */
  private static final class Walk {
    private final JsonParser json;
    private final Sink sink;
    private final HeldTexts texts;
    private final List<Frame> open = new ArrayList<>();

    Walk(JsonParser json, Sink sink, HeldTexts texts) {
      this.json = json;
      this.sink = sink;
      this.texts = texts;
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
      } else if (node.wantsScalars()) {
        scalar(node, token);
      }
    }

    private void leave(Frame frame) {
      open.remove(open.size() - 1);
      if (frame.isObject && frame.node.isGeo() && frame.hasPlace()) {
        sink.geo(frame.node.column(), frame.latitude, frame.longitude);
      }
    }

    private void scalar(Node node, JsonToken token) throws IOException {
      if (token == JsonToken.VALUE_NULL) {
        return;
      }
      String text = json.getText();
      if (!text.isEmpty()) {
        boolean isHeld = holds(node, text);
        if (node.isColumn() && !isHeld) {
          hand(node, token, text);
        }
      }
    }

    /** Takes note of what content hangs on; whether {@code text} waits for the end. */
    private boolean holds(Node node, String text) {
      switch (node.role()) {
        case TYPE -> texts.type(text);
        case RAW_CONTENT -> texts.rawContent();
        case CONTENT -> texts.content(text);
        case NONE, TWEET_TEXT -> {
          // Nothing else hangs on it.
        }
      }
      return node.isStripped() && texts.hold(node.column(), node.role(), text);
    }

    private void hand(Node node, JsonToken token, String text) {
      switch (node.kind()) {
        case TEXT -> sink.text(node.column(), Characters.whole(text));
        case INT -> {
          if (token.isBoolean()) {
            sink.integer(node.column(), token == JsonToken.VALUE_TRUE ? 1 : 0);
          } else {
            Numbers.whole(text).ifPresent(value -> sink.integer(node.column(), value));
          }
        }
        case FLOAT -> {
          if (token.isBoolean()) {
            sink.decimal(node.column(), token == JsonToken.VALUE_TRUE ? 1 : 0);
          } else {
            Numbers.finite(text).ifPresent(value -> sink.decimal(node.column(), value));
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
