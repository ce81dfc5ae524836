package dev.historics.archive.form;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of an interaction with holes. A hole stands between two bytes 0x01, which JSON has
 * nowhere:
 *
 * <pre>
 * hole  ::= 0x01 [ spelling ":" target [ "[" index "]" ] ] 0x01
 * </pre>
 *
 * <p>Into it goes what the row's column of {@code target} holds (its value number {@code index},
 * from 0; the first if there is none): a text as its {@link Spelling} has it, a number in digits.
 * Into a hole without a target goes the next piece of the row's rest, whose pieces end with a byte
 * 0x00 each. Quotes belong to the form. Immutable.
 */
public final class Form {
  static final byte HOLE = 1;
  static final byte PIECE_END = 0;

  /** The form of nothing. */
  static final Form EMPTY = new Form(new byte[0], List.of(), 0);

  private static final Pattern INSIDE = Pattern.compile("(.):(.+?)(?:\\[(\\d{1,9})])?");

  private final byte[] text;
  private final List<Hole> holes;
  private final int end;

  private Form(byte[] text, List<Hole> holes, int end) {
    this.text = text;
    this.holes = List.copyOf(holes);
    this.end = end;
  }

  /** A column that a form can ask for. */
  public record Slot(int column, Kind kind) {
    /** What the column holds. */
    public enum Kind {
      TEXT,
      INT,
      FLOAT
    }
  }

  /** The form's own text up to a place where something is missing. */
  private sealed interface Hole {
    int from();

    int to();
  }

  private record ColumnHole(int from, int to, Slot slot, int index, Spelling spelling)
      implements Hole {}

  private record RestHole(int from, int to) implements Hole {}

  /**
   * Reads a form.
   *
   * @param columns by their targets
   * @throws IOException if it is none, or asks for a column that is not there
   */
  public static Form parse(byte[] text, Map<String, Slot> columns) throws IOException {
    List<Hole> holes = new ArrayList<>();
    int from = 0;
    for (int open = next(text, 0); open < text.length; open = next(text, from)) {
      int close = next(text, open + 1);
      if (close == text.length) {
        throw new IOException("a form has a hole at byte %d that never ends".formatted(open));
      }
      holes.add(hole(text, from, open, close, columns));
      from = close + 1;
    }
    return new Form(text.clone(), holes, from);
  }

  private static int next(byte[] text, int from) {
    int at = from;
    while (at < text.length && text[at] != HOLE) {
      at++;
    }
    return at;
  }

  private static Hole hole(byte[] text, int from, int open, int close, Map<String, Slot> columns)
      throws IOException {
    if (close == open + 1) {
      return new RestHole(from, open);
    }
    String inside = new String(text, open + 1, close - open - 1, StandardCharsets.UTF_8);
    Matcher parts = INSIDE.matcher(inside);
    if (!parts.matches() || !columns.containsKey(parts.group(2))) {
      throw new IOException("a form asks for '%s', which the file does not have".formatted(inside));
    }
    Spelling spelling =
        Arrays.stream(Spelling.values())
            .filter(one -> one.letter() == parts.group(1).charAt(0))
            .findFirst()
            .orElseThrow(
                () -> new IOException("a form asks for an unknown spelling: '" + inside + "'"));
    int index = parts.group(3) == null ? 0 : Integer.parseInt(parts.group(3));
    return new ColumnHole(from, open, columns.get(parts.group(2)), index, spelling);
  }

  /** Whether this is the form whose text stands in some bytes. */
  boolean is(byte[] bytes, int from, int to) {
    return Arrays.equals(text, 0, text.length, bytes, from, to);
  }

  /**
   * Puts an interaction together.
   *
   * @param row what its columns hold
   * @param rest what they do not, {@code restFrom} to {@code restTo}
   * @param out the interaction is appended to it
   * @throws IOException if the row does not have what the form asks for
   */
  public void fill(RowValues row, byte[] rest, int restFrom, int restTo, Bytes out)
      throws IOException {
    int piece = restFrom;
    for (Hole hole : holes) {
      out.append(text, hole.from(), hole.to());
      if (hole instanceof ColumnHole column) {
        fill(column, row, out);
      } else {
        int pieceEnd = pieceEnd(rest, piece, restTo);
        out.append(rest, piece, pieceEnd);
        piece = pieceEnd + 1;
      }
    }
    if (piece != restTo) {
      throw new IOException("a row's rest has more than its form asks for");
    }
    out.append(text, end, text.length);
  }

  private static int pieceEnd(byte[] rest, int from, int to) throws IOException {
    for (int at = from; at < to; at++) {
      if (rest[at] == PIECE_END) {
        return at;
      }
    }
    throw new IOException("a row's rest has less than its form asks for");
  }

  private static void fill(ColumnHole hole, RowValues row, Bytes out) throws IOException {
    int column = hole.slot().column();
    int index = hole.index();
    if (index >= row.count(column)) {
      throw new IOException(
          "a form asks for value %d of a column, of which the row has %d"
              .formatted(index, row.count(column)));
    }
    switch (hole.slot().kind()) {
      case TEXT ->
          hole.spelling()
              .spell(row.bytes(column, index), row.from(column, index), row.to(column, index), out);
      case INT -> Digits.whole(row.number(column, index), out);
      case FLOAT -> Digits.decimal(row.number(column, index), out);
    }
  }
}
