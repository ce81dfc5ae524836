package dev.historics.archive;

import dev.historics.archive.TargetTree.Node;
import dev.historics.archive.json.JsonShapes;
import dev.historics.archive.json.JsonShapes.Shape;
import dev.historics.archive.json.JsonText;
import dev.historics.archive.json.JsonTokens;
import dev.historics.archive.json.JsonTokens.Token;
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
    /** A text in UTF-8, in the bytes from {@code from} to {@code to}, which are not to be kept. */
    void text(int column, byte[] bytes, int from, int to);

    void integer(int column, long value);

    void decimal(int column, double value);

    void geo(int column, double latitude, double longitude);
  }

  /** A reader that shreds one interaction after the other; owned by one thread. */
  public Reading reading() {
    return new Reading();
  }

  /** Shreds interactions; reusable, owned by one thread. */
  public final class Reading {
    private final JsonTokens json = new JsonTokens();
    private final HeldTexts texts = new HeldTexts(stripping.whose(), tree.rawContent());
    private final JsonText unescaped = new JsonText();
    private final List<Place> places = new ArrayList<>();
    private Node[] open = new Node[16];
    private boolean[] isObject = new boolean[16];
    private int depth;
    private final List<ValueSteps> byShape = new ArrayList<>();
    private byte[] raw = new byte[0];
    private Sink sink;
    private ValueSteps recorded;

    // The scalar that is being looked at.
    private Token kind;
    private int from;
    private int to;
    private boolean hasEscapes;

    private Reading() {}

    /**
     * Hands the values in one interaction to {@code taker}, in the order of the text.
     *
     * @param interaction holds one JSON object in UTF-8, {@code length} bytes from {@code offset}
     * @throws IOException if it is not; some values may have been handed over by then
     */
    public void shred(byte[] interaction, int offset, int length, Sink taker) throws IOException {
      json.reset(interaction, offset, length);
      walk(interaction, offset, length, taker);
    }

    /** As {@link #shred}, of an interaction that is known to be UTF-8, as all archived ones are. */
    public void shredArchived(byte[] interaction, Sink taker) throws IOException {
      json.resetUtf8(interaction, 0, interaction.length);
      walk(interaction, 0, interaction.length, taker);
    }

    /**
     * The same, of an interaction whose shape was found: what its places mean is looked up for the
     * first of each shape only.
     *
     * @param shapes has just read it; the same for all interactions
     */
    public void shred(byte[] interaction, JsonShapes shapes, Shape shape, Sink taker)
        throws IOException {
      while (byShape.size() <= shape.number()) {
        byShape.add(null);
      }
      ValueSteps steps = byShape.get(shape.number());
      if (steps == null) {
        recorded = new ValueSteps();
        try {
          shredArchived(interaction, taker);
          byShape.set(shape.number(), recorded.over(shapes));
        } finally {
          recorded = null;
        }
      } else if (steps.hasPlaces()) {
        shredArchived(interaction, taker);
      } else {
        follow(steps, interaction, shapes, taker);
      }
    }

    private void follow(ValueSteps steps, byte[] interaction, JsonShapes shapes, Sink taker)
        throws IOException {
      raw = interaction;
      sink = taker;
      texts.clear();
      for (int step = 0; step < steps.count(); step++) {
        int scalar = steps.scalar(step);
        kind = shapes.kind(scalar);
        from = shapes.from(scalar);
        to = shapes.to(scalar);
        hasEscapes = shapes.hasEscapes(scalar);
        scalar(steps.node(step));
      }
      texts.release(raw, () -> entities(interaction, 0, interaction.length), taker);
    }

    private void walk(byte[] interaction, int offset, int length, Sink taker) throws IOException {
      raw = interaction;
      sink = taker;
      depth = 0;
      places.clear();
      texts.clear();
      Token first = json.next();
      if (first != Token.OBJECT) {
        throw new IOException("expected an interaction to be a JSON object, found " + first);
      }
      object(tree.root());
      if (json.next() != Token.END) {
        throw new IOException("expected one JSON object, found more after it");
      }
      texts.release(raw, () -> entities(interaction, offset, length), taker);
    }

    /** Walks the object that was just entered, to its end. */
    private void object(Node top) throws IOException {
      enter(top, true);
      while (depth > 0) {
        Token token = json.next();
        switch (token) {
          case KEY -> member(open[depth - 1]);
          case END_OBJECT, END_ARRAY -> leave();
          default -> value(open[depth - 1], token);
        }
      }
    }

    private void member(Node node) throws IOException {
      if (node.isGeo()) {
        coordinate(node);
        return;
      }
      Node child = node.child(raw, json);
      Token token = json.next();
      if (child != null) {
        value(child, token);
      } else {
        json.skip(token);
      }
    }

    private void coordinate(Node node) throws IOException {
      String key = json.text();
      Node child = node.child(raw, json);
      Token token = json.next();
      places.get(places.size() - 1).look(key, token, json);
      if (child != null) {
        value(child, token);
      } else {
        json.skip(token);
      }
    }

    private void value(Node node, Token token) throws IOException {
      if (token == Token.ARRAY) {
        enter(node, false);
      } else if (token == Token.OBJECT && node.looksInside()) {
        enter(node, true);
      } else if (token == Token.OBJECT) {
        json.skip(token);
      } else if (node.wantsScalars()) {
        kind = token;
        from = json.from();
        to = json.to();
        hasEscapes = json.hasEscapes();
        if (recorded != null) {
          recorded.add(from, node);
        }
        scalar(node);
      }
    }

    private void enter(Node node, boolean object) {
      if (depth == open.length) {
        open = Arrays.copyOf(open, 2 * depth);
        isObject = Arrays.copyOf(isObject, 2 * depth);
      }
      open[depth] = node;
      isObject[depth++] = object;
      if (object && node.isGeo()) {
        places.add(new Place());
        if (recorded != null) {
          recorded.placeMet();
        }
      }
    }

    private void leave() {
      Node node = open[--depth];
      if (isObject[depth] && node.isGeo()) {
        Place place = places.remove(places.size() - 1);
        if (place.isKnown()) {
          sink.geo(node.column(), place.latitude, place.longitude);
        }
      }
    }

    private void scalar(Node node) {
      if (kind == Token.NULL || from == to) {
        return;
      }
      boolean isHeld = node.role() != TargetTree.Role.NONE && holds(node);
      if (node.isColumn() && !isHeld) {
        hand(node);
      }
    }

    /** Takes note of what content hangs on; whether the text waits for the end. */
    private boolean holds(Node node) {
      HeldTexts.Span span = new HeldTexts.Span(from, to, hasEscapes);
      switch (node.role()) {
        case TYPE -> texts.type(span.text(raw));
        case RAW_CONTENT -> texts.rawContent();
        case CONTENT -> texts.content(span);
        case NONE, TWEET_TEXT -> {
          // Nothing else hangs on it.
        }
      }
      return node.isStripped() && texts.hold(node.column(), node.role(), raw, span);
    }

    private void hand(Node node) {
      switch (node.kind()) {
        case TEXT -> {
          if (hasEscapes) {
            unescaped.set(raw, from, to);
            sink.text(node.column(), unescaped.bytes(), 0, unescaped.length());
          } else {
            sink.text(node.column(), raw, from, to);
          }
        }
        case INT -> {
          if (kind == Token.TRUE || kind == Token.FALSE) {
            sink.integer(node.column(), kind == Token.TRUE ? 1 : 0);
          } else {
            integer(node.column());
          }
        }
        case FLOAT -> {
          if (kind == Token.TRUE || kind == Token.FALSE) {
            sink.decimal(node.column(), kind == Token.TRUE ? 1 : 0);
          } else {
            Numbers.finite(text()).ifPresent(value -> sink.decimal(node.column(), value));
          }
        }
        case GEO -> {
          // Only an object is a place.
        }
      }
    }

    private String text() {
      return new HeldTexts.Span(from, to, hasEscapes).text(raw);
    }

    private void integer(int column) {
      long plain = Numbers.plain(raw, from, to);
      if (plain != Numbers.NOT_PLAIN) {
        sink.integer(column, plain);
      } else {
        Numbers.whole(text()).ifPresent(value -> sink.integer(column, value));
      }
    }
  }

  private Map<String, TextEntities> entities(byte[] raw, int offset, int length)
      throws IOException {
    if (!EntityPaths.mayBeIn(raw, offset, length)) {
      return Map.of();
    }
    JsonTokens json = new JsonTokens();
    json.reset(raw, offset, length);
    return entityPaths.read(json);
  }

  /** The coordinates in an object that has been entered and not left. */
  private static final class Place {
    private static final double LATITUDE_MAX = 90;
    private static final double LONGITUDE_MAX = 180;

    private double latitude = Double.NaN;
    private double longitude = Double.NaN;

    /** Notes a coordinate, if the member is one. */
    void look(String key, Token token, JsonTokens json) {
      if (token != Token.NUMBER && token != Token.STRING) {
        return;
      }
      if (key.equalsIgnoreCase("latitude")) {
        latitude = Numbers.finite(json.text()).orElse(Double.NaN);
      } else if (key.equalsIgnoreCase("longitude")) {
        longitude = Numbers.finite(json.text()).orElse(Double.NaN);
      }
    }

    boolean isKnown() {
      return Math.abs(latitude) <= LATITUDE_MAX && Math.abs(longitude) <= LONGITUDE_MAX;
    }
  }

  @Override
  public String toString() {
    return Arrays.toString(columns.toArray());
  }
}
