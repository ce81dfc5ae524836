package dev.historics.archive.parquet;

import java.util.OptionalInt;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageType;

/**
 * A page's header as it stands in a file. It is read here and not by the thrift library, which
 * makes room for whatever length a damaged header states.
 *
 * @param repetitionBytes how long the repetition levels are, in a page of version 2, and {@link
 *     #LENGTH_INSIDE} in others
 * @param definitionBytes the same of the definition levels
 */
record FoundHeader(
    PageType type,
    int plainBytes,
    int storedBytes,
    OptionalInt crc,
    int entries,
    Encoding encoding,
    boolean isCompressed,
    Encoding repetitionEncoding,
    int repetitionBytes,
    Encoding definitionEncoding,
    int definitionBytes) {
  /** Levels say how long they are where they start. */
  static final int LENGTH_INSIDE = -1;

  private static final int TRUE = 1;
  private static final int FALSE = 2;
  private static final int BYTE = 3;
  private static final int I16 = 4;
  private static final int I32 = 5;
  private static final int I64 = 6;
  private static final int DOUBLE = 7;
  private static final int BINARY = 8;
  private static final int LIST = 9;
  private static final int SET = 10;
  private static final int STRUCT = 12;
  private static final int DEPTH_MAX = 4;

  /** The bytes of levels that are not compressed with the values. */
  int levelBytes() {
    return type == PageType.DATA_PAGE_V2 ? repetitionBytes + definitionBytes : 0;
  }

  /** Reads the header that starts at the cursor. */
  static FoundHeader read(Cursor cursor) throws MalformedPageException {
    return new Reader(cursor).header();
  }

  private static final class Reader {
    private final Cursor cursor;
    private final Numbers header = new Numbers(5);
    private final Numbers kind = new Numbers(9);
    private int kindField;
    private int field;
    private int type;

    Reader(Cursor cursor) {
      this.cursor = cursor;
    }

    /** Moves to the next field; whether there is one. */
    private boolean next() throws MalformedPageException {
      int head = cursor.u8();
      if (head == 0) {
        return false;
      }
      type = head & 0x0F;
      field = head >>> 4 == 0 ? (int) cursor.zigzag() : field + (head >>> 4);
      return true;
    }

    FoundHeader header() throws MalformedPageException {
      while (next()) {
        if (type == I32 && field <= 4) {
          header.put(field, cursor.zigzag());
        } else if (type == STRUCT && field >= 5 && field <= 8) {
          kindField = field;
          kind();
        } else {
          skip(type, 0);
        }
      }
      return found();
    }

    private void kind() throws MalformedPageException {
      int outer = field;
      field = 0;
      while (next()) {
        if (type == I32 && field <= 7) {
          kind.put(field, cursor.zigzag());
        } else if ((type == TRUE || type == FALSE) && field <= 8) {
          kind.put(field, type == TRUE ? 1 : 0);
        } else {
          skip(type, 0);
        }
      }
      field = outer;
    }

    private void skip(int type, int depth) throws MalformedPageException {
      if (depth > DEPTH_MAX) {
        throw new MalformedPageException("a header of more than %d levels".formatted(DEPTH_MAX));
      }
      switch (type) {
        case TRUE, FALSE -> {}
        case BYTE -> cursor.skip(1);
        case I16, I32, I64 -> cursor.varint();
        case DOUBLE -> cursor.skip(Double.BYTES);
        case BINARY -> cursor.skip(cursor.varint());
        case LIST, SET -> skipList(depth);
        case STRUCT -> skipStruct(depth);
        default -> throw new MalformedPageException("a header field of type %d".formatted(type));
      }
    }

    private void skipList(int depth) throws MalformedPageException {
      int head = cursor.u8();
      long length = head >>> 4 == 15 ? cursor.varint() : head >>> 4;
      int element = head & 0x0F;
      if (length < 0 || length > cursor.left()) {
        throw new MalformedPageException("a list of %d elements in a header".formatted(length));
      }
      for (long i = 0; i < length; i++) {
        if (element == TRUE || element == FALSE) {
          cursor.skip(1);
        } else {
          skip(element, depth + 1);
        }
      }
    }

    private void skipStruct(int depth) throws MalformedPageException {
      int outer = field;
      field = 0;
      while (next()) {
        skip(type, depth + 1);
      }
      field = outer;
    }

    private FoundHeader found() throws MalformedPageException {
      PageType type = PageType.findByValue(header.get(1, "a type"));
      if (type == PageType.DICTIONARY_PAGE && kindField == 7) {
        return header(type, encoding(2), Encoding.RLE, Encoding.RLE);
      }
      if (type == PageType.DATA_PAGE && kindField == 5) {
        return header(type, encoding(2), encoding(4), encoding(3));
      }
      if (type == PageType.DATA_PAGE_V2 && kindField == 8) {
        return header(type, encoding(4), Encoding.RLE, Encoding.RLE);
      }
      throw new MalformedPageException("expected a page of data or of a dictionary");
    }

    private FoundHeader header(
        PageType type, Encoding encoding, Encoding repetitions, Encoding definitions)
        throws MalformedPageException {
      boolean isSecond = type == PageType.DATA_PAGE_V2;
      return new FoundHeader(
          type,
          header.count(2, "a size"),
          header.count(3, "a compressed size"),
          header.find(4),
          kind.count(1, "a number of values"),
          encoding,
          !isSecond || kind.find(7).orElse(1) == 1,
          repetitions,
          isSecond ? kind.count(6, "a length of repetition levels") : LENGTH_INSIDE,
          definitions,
          isSecond ? kind.count(5, "a length of definition levels") : LENGTH_INSIDE);
    }

    private Encoding encoding(int at) throws MalformedPageException {
      int number = kind.get(at, "an encoding");
      Encoding encoding = Encoding.findByValue(number);
      if (encoding == null) {
        throw new MalformedPageException("no encoding has the number %d".formatted(number));
      }
      return encoding;
    }
  }

  /** The numbers of a struct, by field. */
  private static final class Numbers {
    private final int[] values;
    private int present;

    Numbers(int fields) {
      values = new int[fields];
    }

    void put(int field, long value) throws MalformedPageException {
      if (field < 1 || (int) value != value) {
        throw new MalformedPageException("field %d of a header is %d".formatted(field, value));
      }
      values[field] = (int) value;
      present |= 1 << field;
    }

    OptionalInt find(int field) {
      return (present & (1 << field)) == 0 ? OptionalInt.empty() : OptionalInt.of(values[field]);
    }

    int get(int field, String what) throws MalformedPageException {
      if ((present & (1 << field)) == 0) {
        throw new MalformedPageException("expected %s in the header, found none".formatted(what));
      }
      return values[field];
    }

    int count(int field, String what) throws MalformedPageException {
      int count = get(field, what);
      if (count < 0) {
        throw new MalformedPageException("%s is %d".formatted(what, count));
      }
      return count;
    }
  }
}
