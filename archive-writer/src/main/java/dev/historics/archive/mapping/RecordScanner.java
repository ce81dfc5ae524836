package dev.historics.archive.mapping;

import dev.historics.archive.RejectedRecordException;
import dev.historics.archive.json.Escapes;
import dev.historics.archive.json.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * Reads records as JSON (RFC 8259) to the letter, and keeps where the wanted values stand. Owned by
 * one thread.
 *
 * <p>A record is one object in UTF-8; a byte order mark before it and white space around it are
 * allowed. Refused beyond the letter of JSON: nesting deeper than {@value #DEPTH_MAX}, a key that
 * comes twice in the outermost object, and a wanted key that comes twice in any object.
 */
final class RecordScanner {
  static final int DEPTH_MAX = 200;

  private final PathTree tree;
  private final Captured captured;
  private final KeySet topKeys = new KeySet();
  private final int[] lastObject;
  private byte[] in = new byte[0];
  private int end;
  private int objects;
  private int start;
  private int stop;
  private boolean escaped;
  private boolean lineBreak;
  private ShapeSteps steps;

  RecordScanner(PathTree tree) {
    this.tree = tree;
    this.captured = new Captured(tree.slots());
    this.lastObject = new int[tree.nodes()];
  }

  /** What was found; valid until the next record. */
  Captured captured() {
    return captured;
  }

  /** Where the object begins. */
  int start() {
    return start;
  }

  /** Where the object has ended. */
  int stop() {
    return stop;
  }

  /** Whether there is a line break between tokens. */
  boolean hasLineBreak() {
    return lineBreak;
  }

  /** Reads a record, and takes note of what it finds where. */
  void scan(byte[] record, ShapeSteps noted) throws RejectedRecordException {
    steps = noted;
    try {
      scan(record);
    } finally {
      steps = null;
    }
  }

  void scan(byte[] record) throws RejectedRecordException {
    in = record;
    end = record.length;
    objects = 0;
    Arrays.fill(lastObject, 0);
    captured.clear(record);
    topKeys.clear();
    int text = startsWithByteOrderMark() ? 3 : 0;
    int bad = Utf8.firstBadByte(record, text, end);
    if (bad < end) {
      throw new RejectedRecordException(
          String.format(Locale.ROOT, "not UTF-8: byte 0x%02x %s", in[bad], place(bad)));
    }
    start = skipSpace(text);
    lineBreak = false;
    if (start == end) {
      throw new RejectedRecordException("not JSON: the record is empty");
    }
    if (in[start] != '{') {
      throw notAnObject();
    }
    stop = object(start, tree.root(), 1, false);
    boolean inside = lineBreak;
    int rest = skipSpace(stop);
    lineBreak = inside;
    if (rest < end) {
      throw new RejectedRecordException(
          "expected one JSON object, found more after it: " + unexpected(rest));
    }
  }

  private boolean startsWithByteOrderMark() {
    return end >= 3 && in[0] == (byte) 0xEF && in[1] == (byte) 0xBB && in[2] == (byte) 0xBF;
  }

  private int object(int open, PathTree.Node node, int depth, boolean inArray)
      throws RejectedRecordException {
    checkDepth(open, depth);
    int pos = skipSpace(open + 1);
    if (at(pos) == '}') {
      return pos + 1;
    }
    int serial = ++objects;
    while (true) {
      if (at(pos) != '"') {
        throw notJson(pos);
      }
      int afterKey = string(pos);
      PathTree.Node child = key(node, pos + 1, afterKey - 1, depth, serial);
      pos = skipSpace(afterKey);
      if (at(pos) != ':') {
        throw notJson(pos);
      }
      pos = skipSpace(value(skipSpace(pos + 1), child, depth, inArray));
      int c = at(pos);
      if (c == '}') {
        return pos + 1;
      }
      if (c != ',') {
        throw notJson(pos);
      }
      pos = skipSpace(pos + 1);
    }
  }

  private int array(int open, PathTree.Node node, int depth) throws RejectedRecordException {
    checkDepth(open, depth);
    int pos = skipSpace(open + 1);
    if (at(pos) == ']') {
      return pos + 1;
    }
    while (true) {
      pos = skipSpace(value(pos, node, depth, true));
      int c = at(pos);
      if (c == ']') {
        return pos + 1;
      }
      if (c != ',') {
        throw notJson(pos);
      }
      pos = skipSpace(pos + 1);
    }
  }

  private int value(int pos, PathTree.Node node, int depth, boolean inArray)
      throws RejectedRecordException {
    int after;
    escaped = false;
    switch (at(pos)) {
      case '{' -> {
        after = object(pos, node, depth + 1, inArray);
        object(node, pos, inArray);
        return after;
      }
      case '[' -> {
        return array(pos, node, depth + 1);
      }
      case '"' -> after = string(pos);
      case 't' -> after = word(pos, "true");
      case 'f' -> after = word(pos, "false");
      case 'n' -> after = word(pos, "null");
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> after = number(pos);
      default -> throw notJson(pos);
    }
    scalar(node, pos, after, inArray);
    return after;
  }

  private void object(PathTree.Node node, int pos, boolean inArray) {
    if (node.presenceSlot() >= 0) {
      captured.add(node.presenceSlot(), pos, pos, false, inArray);
      if (steps != null) {
        steps.addObject(node, inArray);
      }
    }
  }

  private void scalar(PathTree.Node node, int pos, int after, boolean inArray) {
    if (node.valueSlot() < 0 && node.presenceSlot() < 0) {
      return;
    }
    if (steps != null) {
      steps.addScalar(pos, node, inArray);
    }
    boolean isEmpty = in[pos] == '"' && after - pos == 2;
    if (!isEmpty && in[pos] != 'n') {
      captured.add(node, pos, after, escaped, inArray);
    }
  }

  /** What the key between the quotes leads to, which stands in an object {@code depth} deep. */
  private PathTree.Node key(PathTree.Node node, int from, int to, int depth, int serial)
      throws RejectedRecordException {
    if (depth > 1 && node == PathTree.NOTHING) {
      return node;
    }
    byte[] text = in;
    int first = from;
    int last = to;
    if (escaped) {
      JsonBuffer plain = new JsonBuffer();
      plain.appendUtf8(Escapes.unescaped(in, from, to));
      text = plain.copy();
      first = 0;
      last = text.length;
    }
    if (depth == 1) {
      noteTopKey(text, first, last, from);
    }
    PathTree.Node child = node.child(text, first, last);
    if (child != PathTree.NOTHING) {
      if (lastObject[child.number()] == serial) {
        throw twice(text, first, last, from);
      }
      lastObject[child.number()] = serial;
    }
    return child;
  }

  private void noteTopKey(byte[] text, int first, int last, int from)
      throws RejectedRecordException {
    if (topKeys.isFull()) {
      throw new RejectedRecordException(
          "expected at most %d keys, found more %s".formatted(KeySet.KEYS_MAX, place(from - 1)));
    }
    if (!topKeys.add(text, first, last)) {
      throw twice(text, first, last, from);
    }
  }

  /** Where the string that opens at {@code open} has ended. Tells {@link #escaped}. */
  private int string(int open) throws RejectedRecordException {
    escaped = false;
    int pos = open + 1;
    while (pos < end) {
      byte b = in[pos];
      if (b == '"') {
        return pos + 1;
      }
      if (b == '\\') {
        escaped = true;
        pos = escape(pos);
      } else if (b >= 0 && b < ' ') {
        throw new RejectedRecordException(
            String.format(
                Locale.ROOT, "not JSON: control character \\u%04x in a string %s", b, place(pos)));
      } else {
        pos++;
      }
    }
    throw new RejectedRecordException("not JSON: the string " + place(open) + " is never closed");
  }

  private int escape(int backslash) throws RejectedRecordException {
    switch (at(backslash + 1)) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> {
        return backslash + 2;
      }
      case 'u' -> {
        for (int i = backslash + 2; i < backslash + 6; i++) {
          if (Character.digit(at(i), 16) < 0) {
            throw notJson(i);
          }
        }
        return backslash + 6;
      }
      default -> throw notJson(backslash + 1);
    }
  }

  private int number(int from) throws RejectedRecordException {
    int pos = from;
    if (in[pos] == '-') {
      pos++;
    }
    pos = at(pos) == '0' ? pos + 1 : digits(pos);
    if (at(pos) == '.') {
      pos = digits(pos + 1);
    }
    if (at(pos) == 'e' || at(pos) == 'E') {
      pos++;
      pos = digits(at(pos) == '+' || at(pos) == '-' ? pos + 1 : pos);
    }
    return pos;
  }

  private int digits(int from) throws RejectedRecordException {
    int pos = from;
    while (at(pos) >= '0' && at(pos) <= '9') {
      pos++;
    }
    if (pos == from) {
      throw notJson(pos);
    }
    return pos;
  }

  private int word(int from, String word) throws RejectedRecordException {
    for (int i = 1; i < word.length(); i++) {
      if (at(from + i) != word.charAt(i)) {
        throw notJson(from + i);
      }
    }
    return from + word.length();
  }

  private int skipSpace(int from) {
    int pos = from;
    while (pos < end) {
      byte b = in[pos];
      if (b == '\n' || b == '\r') {
        lineBreak = true;
      } else if (b != ' ' && b != '\t') {
        return pos;
      }
      pos++;
    }
    return pos;
  }

  /** The byte at {@code pos}, negative behind the end. */
  private int at(int pos) {
    return pos < end ? in[pos] & 0xFF : -1;
  }

  private void checkDepth(int pos, int depth) throws RejectedRecordException {
    if (depth > DEPTH_MAX) {
      throw new RejectedRecordException(
          "expected nesting of at most %d levels, found more %s".formatted(DEPTH_MAX, place(pos)));
    }
  }

  private RejectedRecordException twice(byte[] text, int first, int last, int from) {
    return new RejectedRecordException(
        "expected each key once, found \"%s\" again %s"
            .formatted(Excerpt.of(text, first, last), place(from - 1)));
  }

  private RejectedRecordException notJson(int pos) {
    return new RejectedRecordException("not JSON: " + unexpected(pos));
  }

  private RejectedRecordException notAnObject() {
    String hint = packed();
    if (!hint.isEmpty()) {
      return new RejectedRecordException(
          "expected a JSON object, found one %s: %s".formatted(hint, Excerpt.of(in, start, end)));
    }
    String found =
        switch (in[start]) {
          case '"' -> "a string";
          case '[' -> "an array";
          case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> "a number";
          default -> "";
        };
    return found.isEmpty()
        ? notJson(start)
        : new RejectedRecordException(
            "expected a JSON object, found %s: %s".formatted(found, Excerpt.of(in, start, end)));
  }

  /** Where in the record an object stands that a mapping could unpack; empty if there is none. */
  private String packed() {
    if (in[start] == '"' && at(start + 1) == '{') {
      return "in a string (a mapping with 'unpack: json_string' takes it)";
    }
    int tabs = 0;
    for (int i = start; i < end && at(i) != '{'; i++) {
      if (in[i] == '\t') {
        tabs++;
        if (at(i + 1) == '{') {
          return "behind other columns (a mapping with 'unpack: {after_tabs: %d}' takes it)"
              .formatted(tabs);
        }
      }
    }
    return "";
  }

  private String unexpected(int pos) {
    if (pos >= end) {
      return "unexpected end " + place(end);
    }
    int length = 1;
    while (pos + length < end && (in[pos + length] & 0xC0) == 0x80) {
      length++;
    }
    return "unexpected '%s' %s".formatted(Excerpt.of(in, pos, pos + length), place(pos));
  }

  /** Where {@code pos} is, as an editor counts: lines and characters from 1. */
  private String place(int pos) {
    int line = 1;
    int from = 0;
    for (int i = 0; i < pos; i++) {
      if (in[i] == '\n') {
        line++;
        from = i + 1;
      }
    }
    String before = new String(in, from, pos - from, StandardCharsets.UTF_8);
    int column = before.codePointCount(0, before.length()) + 1;
    return line == 1 ? "at column " + column : "at line %d, column %d".formatted(line, column);
  }
}
