package dev.historics.archive.form;

import static java.util.stream.Collectors.toUnmodifiableMap;

import dev.historics.archive.json.JsonShapes;
import dev.historics.archive.json.JsonShapes.Shape;
import dev.historics.archive.json.JsonTokens;
import dev.historics.archive.json.JsonTokens.Token;
import dev.historics.archive.json.KeyTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Takes interactions apart into form and rest. What a column of the row holds is left out wherever
 * it stands, if one of the usual ways to spell it gives the very bytes; the column of the value's
 * own path is tried first, then that which held the path's values before. The first interaction of
 * each form is put together again before it is given, and each value of the others compared with
 * what comes into its hole, so that nothing can be lost. Owned by one thread.
 */
public final class FormWriter {
  /** A shorter value is only left out for the column of its own path. */
  private static final int ALIAS_BYTES_MIN = 5;

  /** A target that a hole can name without being mistaken. */
  private static final Pattern NAMEABLE = Pattern.compile("[^\\p{Cntrl}]*[^\\p{Cntrl}\\]]");

  private static final int FRUITLESS_SEARCHES_MAX = 32;
  private static final int PATHS_MAX = 10_000;
  private static final int PROVEN_BYTES_MAX = 8 << 20;

  private final Map<String, Form.Slot> slots;
  private final Form.Slot[] byNumber;
  private final byte[][] targets;
  private final JsonTokens json = new JsonTokens();
  private final Bytes form = new Bytes();
  private final Bytes rest = new Bytes();
  private final Bytes spelled = new Bytes();
  private final Bytes whole = new Bytes();
  private final Place top;
  private final Place elsewhere;
  private KeyTable<Boolean> proven = new KeyTable<>();
  private long provenBytes;
  private Place[] open = new Place[16];
  private int depth;
  private int paths;
  private int row;
  private final List<Place[]> byShape = new ArrayList<>();
  private byte[] raw = new byte[0];
  private RowValues values;
  private int copied;

  // The scalar that is being looked at.
  private int from;
  private int to;
  private boolean hasEscapes;

  /**
   * @param columns that values may be left out for, by their targets; numbered from 0
   */
  public FormWriter(Map<String, Form.Slot> columns) {
    this.slots =
        columns.entrySet().stream()
            .filter(column -> NAMEABLE.matcher(column.getKey()).matches())
            .collect(toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    int count = columns.values().stream().mapToInt(Form.Slot::column).max().orElse(-1) + 1;
    this.byNumber = new Form.Slot[count];
    this.targets = new byte[count][];
    slots.forEach(
        (target, slot) -> {
          byNumber[slot.column()] = slot;
          targets[slot.column()] = target.getBytes(StandardCharsets.UTF_8);
        });
    this.top = new Place("", Place.NONE);
    this.elsewhere = new Place("", Place.NONE);
  }

  /** A path in the interactions, and what became of its values so far. */
  private static final class Place {
    private static final int NONE = -1;

    private final String path;
    private final KeyTable<Place> inner = new KeyTable<>();
    private final int own;
    private int alias = NONE;
    private Spelling spelling = Spelling.PLAIN;
    private int fruitless;
    private int row;
    private int used;

    Place(String path, int own) {
      this.path = path;
      this.own = own;
    }

    /** Which of a column's values comes next in this row. */
    int index(int currentRow) {
      return row == currentRow ? used : 0;
    }

    void advance(int currentRow, int index) {
      row = currentRow;
      used = index + 1;
    }
  }

  /**
   * Takes one interaction apart.
   *
   * @param interaction one JSON object in UTF-8, as who shredded it has found
   * @param rowValues what its columns hold
   * @throws IOException if it is not JSON
   */
  public void write(byte[] interaction, RowValues rowValues) throws IOException {
    begin(interaction, rowValues);
    walk(null);
    end();
  }

  /**
   * The same, of an interaction whose shape was found: which path a value has is looked up for the
   * first of each shape only.
   *
   * @param shapes has just read it; the same for all interactions
   */
  public void write(byte[] interaction, JsonShapes shapes, Shape shape, RowValues rowValues)
      throws IOException {
    while (byShape.size() <= shape.number()) {
      byShape.add(null);
    }
    begin(interaction, rowValues);
    Place[] places = byShape.get(shape.number());
    if (places == null) {
      List<Place> met = new ArrayList<>();
      walk(met);
      byShape.set(shape.number(), met.toArray(Place[]::new));
    } else {
      for (int scalar = 0; scalar < places.length; scalar++) {
        if (isValue(shapes.kind(scalar))) {
          from = shapes.from(scalar);
          to = shapes.to(scalar);
          hasEscapes = shapes.hasEscapes(scalar);
          value(places[scalar]);
        }
      }
    }
    end();
  }

  private static boolean isValue(Token kind) {
    return kind == Token.STRING || kind == Token.NUMBER;
  }

  private void begin(byte[] interaction, RowValues rowValues) {
    raw = interaction;
    values = rowValues;
    copied = 0;
    row++;
    form.clear();
    rest.clear();
  }

  private void end() throws IOException {
    form.append(raw, copied, raw.length);
    if (!isProven() && !isReversible()) {
      form.clear();
      form.append(Form.HOLE);
      form.append(Form.HOLE);
      rest.clear();
      piece(0, raw.length);
    }
  }

  /** The form of the interaction that was written last. */
  public Bytes form() {
    return form;
  }

  /** Its rest. */
  public Bytes rest() {
    return rest;
  }

  /**
   * @param met gets the place of each scalar; null if nobody asks
   */
  private void walk(List<Place> met) throws IOException {
    json.resetUtf8(raw, 0, raw.length);
    depth = 0;
    Place place = top;
    for (Token token = json.next(); token != Token.END; token = json.next()) {
      if (token.isScalar() && met != null) {
        met.add(place);
      }
      switch (token) {
        case KEY -> place = inner(open[depth - 1]);
        case OBJECT, ARRAY -> enter(place);
        case END_OBJECT, END_ARRAY -> depth--;
        case STRING, NUMBER -> {
          from = json.from();
          to = json.to();
          hasEscapes = json.hasEscapes();
          value(place);
        }
        case TRUE, FALSE, NULL, END -> {
          // The form has it.
        }
      }
      if (token != Token.KEY && depth > 0) {
        // In an array, the next value has the path of the one before.
        place = open[depth - 1];
      }
    }
  }

  private void enter(Place place) {
    if (depth == open.length) {
      open = Arrays.copyOf(open, 2 * depth);
    }
    open[depth++] = place;
  }

  private Place inner(Place outer) {
    if (outer == elsewhere) {
      return elsewhere;
    }
    Place place = outer.inner.get(raw, json.from(), json.to());
    if (place == null) {
      if (paths == PATHS_MAX) {
        return elsewhere;
      }
      paths++;
      String key = json.text().toLowerCase(Locale.ROOT);
      String path = outer.path.isEmpty() ? key : outer.path + "." + key;
      Form.Slot slot = slots.get(path);
      place = new Place(path, slot == null ? Place.NONE : slot.column());
      outer.inner.put(Arrays.copyOfRange(raw, json.from(), json.to()), place);
    }
    return place;
  }

  private void value(Place place) {
    if (from == to) {
      return;
    }
    boolean isFound =
        leftOut(place, place.own) || leftOut(place, place.alias) || search(place, to - from);
    if (!isFound) {
      form.append(raw, copied, from);
      form.append(Form.HOLE);
      form.append(Form.HOLE);
      piece(from, to);
      copied = to;
    }
  }

  private void piece(int start, int end) {
    rest.append(raw, start, end);
    rest.append(Form.PIECE_END);
  }

  /** Leaves the value out, if the column holds it. */
  private boolean leftOut(Place place, int column) {
    if (column == Place.NONE) {
      return false;
    }
    int index = place.index(row);
    if (index >= values.count(column) || !isHeld(place, column, index)) {
      return false;
    }
    place.advance(row, index);
    form.append(raw, copied, from);
    hole(place.spelling, column, index);
    copied = to;
    return true;
  }

  /** Whether a column's value, spelled in some way, is what stands in the interaction. */
  private boolean isHeld(Place place, int column, int index) {
    switch (byNumber[column].kind()) {
      case TEXT -> {
        return isText(place, column, index);
      }
      case INT -> {
        spelled.clear();
        Digits.whole(values.number(column, index), spelled);
      }
      case FLOAT -> {
        spelled.clear();
        Digits.decimal(values.number(column, index), spelled);
      }
    }
    return spelled.equalTo(raw, from, to);
  }

  private boolean isText(Place place, int column, int index) {
    byte[] bytes = values.bytes(column, index);
    int start = values.from(column, index);
    int end = values.to(column, index);
    if (!hasEscapes) {
      if (Arrays.equals(bytes, start, end, raw, from, to)) {
        place.spelling = Spelling.PLAIN;
        return true;
      }
      return false;
    }
    if (isSpelled(place.spelling, bytes, start, end)) {
      return true;
    }
    for (Spelling spelling : Spelling.values()) {
      if (isSpelled(spelling, bytes, start, end)) {
        place.spelling = spelling;
        return true;
      }
    }
    return false;
  }

  private boolean isSpelled(Spelling spelling, byte[] bytes, int start, int end) {
    spelled.clear();
    spelling.spell(bytes, start, end, spelled);
    return spelled.equalTo(raw, from, to);
  }

  private void hole(Spelling spelling, int column, int index) {
    form.append(Form.HOLE);
    form.append(spelling.letter());
    form.append((byte) ':');
    form.append(targets[column], 0, targets[column].length);
    if (index > 0) {
      form.append((byte) '[');
      Digits.whole(index, form);
      form.append((byte) ']');
    }
    form.append(Form.HOLE);
  }

  /** Looks for a column that holds the value, unless that was in vain too often. */
  private boolean search(Place place, int length) {
    if (length < ALIAS_BYTES_MIN
        || place == elsewhere
        || place.fruitless == FRUITLESS_SEARCHES_MAX) {
      return false;
    }
    for (int column = 0; column < byNumber.length; column++) {
      if (byNumber[column] != null
          && byNumber[column].kind() != Form.Slot.Kind.FLOAT
          && column != place.own
          && column != place.alias
          && leftOut(place, column)) {
        place.alias = column;
        return true;
      }
    }
    place.fruitless++;
    return false;
  }

  /**
   * Whether the form has given an interaction back before. Then it does so again: what is left out
   * was compared with what its hole gives, and all else is the text of the interaction itself.
   */
  private boolean isProven() {
    return proven.get(form.array(), 0, form.length()) != null;
  }

  /** Whether form and rest give the interaction back. */
  private boolean isReversible() throws IOException {
    byte[] text = form.copy();
    whole.clear();
    Form.parse(text, slots).fill(values, rest.array(), 0, rest.length(), whole);
    boolean isReversible = whole.equalTo(raw, 0, raw.length);
    if (isReversible) {
      provenBytes += text.length;
      if (provenBytes > PROVEN_BYTES_MAX) {
        proven = new KeyTable<>();
        provenBytes = text.length;
      }
      proven.put(text, true);
    }
    return isReversible;
  }
}
