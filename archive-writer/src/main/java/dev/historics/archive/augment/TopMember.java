package dev.historics.archive.augment;

import dev.historics.archive.json.JsonTokens;
import dev.historics.archive.json.JsonTokens.Token;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One member of JSON objects, by its name, on the outermost level. It is put in, replaced and taken
 * out in the bytes: all others stay as they are, and so does the space between them. Rules read
 * names in upper and lower case alike, and so does this. Owned by one thread.
 */
final class TopMember {
  private final String name;
  private final byte[] key;
  private final JsonTokens json = new JsonTokens();
  private byte[] object = {};
  private final List<Span> found = new ArrayList<>();

  /** Behind the brace of the object, and then behind each member that stays. */
  private int lastEnd;

  private int members;

  /**
   * @param name in lower-case letters, digits and {@code _}
   */
  TopMember(String name) {
    this.name = name;
    this.key = "\"%s\":".formatted(name).getBytes(StandardCharsets.US_ASCII);
  }

  /** Bytes {@code from} to {@code to}, without {@code to}. */
  private record Span(int from, int to) {}

  /**
   * Looks at another object.
   *
   * @param json not copied; not to be changed while it is looked at
   * @return whether it has the member
   * @throws IOException if it is not one JSON object
   */
  boolean isIn(byte[] json) throws IOException {
    object = json;
    find();
    return !found.isEmpty();
  }

  /**
   * The object that was looked at last, with the member as its last, and with no other of its name.
   *
   * @param value as JSON
   */
  byte[] put(byte[] value) {
    ByteArrayOutputStream out =
        new ByteArrayOutputStream(object.length + key.length + value.length + 1);
    int at = copy(0, lastEnd, out);
    if (members > 0) {
      out.write(',');
    }
    out.writeBytes(key);
    out.writeBytes(value);
    copy(at, object.length, out);
    return out.toByteArray();
  }

  /** The object that was looked at last, without the member. */
  byte[] remove() {
    ByteArrayOutputStream out = new ByteArrayOutputStream(object.length);
    copy(0, object.length, out);
    return out.toByteArray();
  }

  /** Copies without what was found; gives where it went on to, which may be behind {@code to}. */
  private int copy(int from, int to, ByteArrayOutputStream out) {
    int at = from;
    for (Span span : found) {
      if (span.from() >= at && span.from() < to) {
        out.write(object, at, span.from() - at);
        at = span.to();
      }
    }
    if (at < to) {
      out.write(object, at, to - at);
      at = to;
    }
    return at;
  }

  /** Finds what goes: the members of the name, each with one comma beside it, if there is one. */
  private void find() throws IOException {
    found.clear();
    members = 0;
    json.reset(object, 0, object.length);
    require(json.next() == Token.OBJECT);
    lastEnd = json.position();
    int behind = lastEnd;
    boolean isOpen = false;
    Token token = json.next();
    while (token == Token.KEY) {
      int start = json.from() - 1;
      boolean isWanted = json.text().toLowerCase(Locale.ROOT).equals(name);
      if (isOpen && !isWanted) {
        // The one before was first: the comma behind it goes, with the space around.
        close(start);
      }
      json.skip(json.next());
      if (isWanted) {
        isOpen = members == 0;
        if (isOpen && !found.isEmpty()) {
          close(json.position());
        } else {
          found.add(new Span(isOpen ? start : behind, json.position()));
        }
      } else {
        members++;
        isOpen = false;
        lastEnd = json.position();
      }
      behind = json.position();
      token = json.next();
    }
    require(json.next() == Token.END);
  }

  /** Lets what was found last reach to {@code end}. */
  private void close(int end) {
    Span last = found.remove(found.size() - 1);
    found.add(new Span(last.from(), end));
  }

  private static void require(boolean isObject) throws IOException {
    if (!isObject) {
      throw new IOException("expected one JSON object and nothing else");
    }
  }
}
