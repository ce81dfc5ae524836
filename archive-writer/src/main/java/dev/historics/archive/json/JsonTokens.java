package dev.historics.archive.json;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * The tokens of one JSON text (RFC 8259, to the letter) in UTF-8, where they stand: nothing is
 * copied and nothing is made of a token unless somebody asks. White space and a byte order mark
 * before the text are passed over; nesting may be of any depth. Reusable after {@link #reset};
 * owned by one thread.
 */
public final class JsonTokens {
  /** What comes next in a text. */
  public enum Token {
    OBJECT,
    END_OBJECT,
    ARRAY,
    END_ARRAY,
    KEY,
    STRING,
    NUMBER,
    TRUE,
    FALSE,
    NULL,
    /** The text is over. */
    END;

    /** Whether it is a whole value by itself. */
    public boolean isScalar() {
      return switch (this) {
        case STRING, NUMBER, TRUE, FALSE, NULL -> true;
        default -> false;
      };
    }
  }

  /** What may stand at the next place. */
  private enum Expected {
    VALUE,
    VALUE_OR_END,
    KEY,
    KEY_OR_END,
    COMMA_OR_END,
    NOTHING
  }

  private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

  private byte[] in = new byte[0];
  private int start;
  private int at;
  private int end;
  private Expected expected = Expected.NOTHING;
  private boolean[] isObject = new boolean[64];
  private int depth;
  private int from;
  private int to;
  private boolean hasEscapes;

  /**
   * Starts with another text.
   *
   * @param json not copied; not to be changed while its tokens are asked for
   * @throws IOException if it is not UTF-8
   */
  public void reset(byte[] json, int offset, int length) throws IOException {
    resetUtf8(json, offset, length);
    int bad = Utf8.firstBadByte(json, offset, end);
    if (bad < end) {
      throw new IOException("expected UTF-8, found %s".formatted(found(bad)));
    }
  }

  /** Starts with another text, which is known to be UTF-8; not copied, either. */
  public void resetUtf8(byte[] json, int offset, int length) {
    in = json;
    start = offset;
    at = offset;
    end = offset + length;
    depth = 0;
    expected = Expected.VALUE;
    if (length >= 3
        && in[at] == (byte) 0xEF
        && in[at + 1] == (byte) 0xBB
        && in[at + 2] == (byte) 0xBF) {
      at += 3;
    }
  }

  /**
   * The next token.
   *
   * @throws IOException if the text is not JSON there
   */
  public Token next() throws IOException {
    skipSpace();
    if (at == end) {
      if (expected != Expected.NOTHING || depth > 0) {
        throw unexpected(at);
      }
      return Token.END;
    }
    byte next = in[at];
    if (expected == Expected.COMMA_OR_END) {
      if (next != ',') {
        return close(next);
      }
      at++;
      skipSpace();
      expected = isObject[depth - 1] ? Expected.KEY : Expected.VALUE;
      next = at < end ? in[at] : 0;
    }
    return switch (expected) {
      case KEY, KEY_OR_END -> key(next);
      case VALUE_OR_END -> next == ']' ? close(next) : value(next);
      case VALUE -> value(next);
      default -> throw unexpected(at);
    };
  }

  private Token key(byte next) throws IOException {
    if (next == '}' && expected == Expected.KEY_OR_END) {
      return close(next);
    }
    if (next != '"') {
      throw unexpected(at);
    }
    string();
    skipSpace();
    if (at == end || in[at] != ':') {
      throw unexpected(at);
    }
    at++;
    expected = Expected.VALUE;
    return Token.KEY;
  }

  private Token close(byte next) throws IOException {
    if (depth == 0 || next != (isObject[depth - 1] ? '}' : ']')) {
      throw unexpected(at);
    }
    at++;
    depth--;
    Token token = isObject[depth] ? Token.END_OBJECT : Token.END_ARRAY;
    expected = depth == 0 ? Expected.NOTHING : Expected.COMMA_OR_END;
    return token;
  }

  private Token value(byte next) throws IOException {
    switch (next) {
      case '"' -> {
        string();
        return scalar(Token.STRING);
      }
      case '{' -> {
        open(true);
        return Token.OBJECT;
      }
      case '[' -> {
        open(false);
        return Token.ARRAY;
      }
      case 't' -> {
        return word(TRUE, Token.TRUE);
      }
      case 'f' -> {
        return word(FALSE, Token.FALSE);
      }
      case 'n' -> {
        return word(NULL, Token.NULL);
      }
      default -> {
        number();
        return scalar(Token.NUMBER);
      }
    }
  }

  private Token scalar(Token token) {
    expected = depth == 0 ? Expected.NOTHING : Expected.COMMA_OR_END;
    return token;
  }

  private void open(boolean object) {
    if (depth == isObject.length) {
      isObject = Arrays.copyOf(isObject, 2 * depth);
    }
    isObject[depth++] = object;
    expected = object ? Expected.KEY_OR_END : Expected.VALUE_OR_END;
    at++;
  }

  private Token word(byte[] word, Token token) throws IOException {
    if (end - at < word.length || !Arrays.equals(in, at, at + word.length, word, 0, word.length)) {
      throw unexpected(at);
    }
    from = at;
    at += word.length;
    to = at;
    hasEscapes = false;
    return scalar(token);
  }

  private void string() throws IOException {
    from = at + 1;
    int plain = StringBytes.special(in, from, end);
    hasEscapes = plain < end && in[plain] == '\\';
    to = right(Scalars.stringEnd(in, plain, end));
    at = to + 1;
  }

  private void number() throws IOException {
    to = right(Scalars.numberEnd(in, at, end));
    from = at;
    at = to;
    hasEscapes = false;
  }

  /** An end of a scalar, which is negative if the text is wrong. */
  private int right(int scalarEnd) throws IOException {
    if (scalarEnd < 0) {
      throw unexpected(~scalarEnd);
    }
    return scalarEnd;
  }

  private void skipSpace() {
    while (at < end && (in[at] == ' ' || in[at] == '\n' || in[at] == '\r' || in[at] == '\t')) {
      at++;
    }
  }

  /**
   * Goes to the end of the object or array, if {@code token}, which {@link #next} has just given,
   * begins one; what is in it is checked as ever.
   */
  public void skip(Token token) throws IOException {
    if (token == Token.OBJECT || token == Token.ARRAY) {
      skipRest();
    }
  }

  private void skipRest() throws IOException {
    int outside = depth - 1;
    while (depth > outside) {
      next();
    }
  }

  /** Where the last key, string, number or word stands in the bytes, without its quotes. */
  public int from() {
    return from;
  }

  /** The end of it. */
  public int to() {
    return to;
  }

  /** Whether there is a backslash in the last key or string. */
  public boolean hasEscapes() {
    return hasEscapes;
  }

  /** How far the text was read: right behind the last token. */
  public int position() {
    return at;
  }

  /** The last key, string, number or word as a text; halves of surrogates stay as they are. */
  public String text() {
    return hasEscapes
        ? Escapes.unescaped(in, from, to)
        : new String(in, from, to - from, StandardCharsets.UTF_8);
  }

  private IOException unexpected(int pos) {
    return new IOException("not JSON: unexpected " + found(pos));
  }

  private String found(int pos) {
    if (pos >= end) {
      return "end of the text";
    }
    return String.format(Locale.ROOT, "byte 0x%02x at %d", in[pos], pos - start);
  }
}
