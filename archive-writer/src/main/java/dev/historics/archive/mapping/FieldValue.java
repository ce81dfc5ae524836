package dev.historics.archive.mapping;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** How the value of one mapped field is made from a record. Shared by threads. */
sealed interface FieldValue {
  /**
   * Appends the value as JSON.
   *
   * @return whether there is one; if not, nothing was appended
   */
  boolean write(Captured record, HashedId hash, JsonBuffer out);

  /** The first of {@code paths} that has a value; the last one if none has. */
  static FieldPath firstFilled(List<FieldPath> paths, Captured record) {
    for (FieldPath path : paths) {
      if (record.has(path)) {
        return path;
      }
    }
    return paths.get(paths.size() - 1);
  }

  /** The same in every record. */
  record Constant(String json) implements FieldValue {
    @Override
    public boolean write(Captured record, HashedId hash, JsonBuffer out) {
      out.append(json.getBytes(StandardCharsets.UTF_8));
      return true;
    }
  }

  /**
   * The tokens at the first path that has any, exactly as they were written; a JSON array if an
   * array was walked through.
   */
  record Copy(List<FieldPath> paths) implements FieldValue {
    public Copy {
      paths = List.copyOf(paths);
    }

    @Override
    public boolean write(Captured record, HashedId hash, JsonBuffer out) {
      FieldPath path = firstFilled(paths, record);
      if (!record.has(path)) {
        return false;
      }
      if (!record.isList(path)) {
        appendToken(record, record.first(path), out);
        return true;
      }
      byte separator = '[';
      for (int value = record.first(path); value >= 0; value = record.next(value)) {
        out.append(separator);
        appendToken(record, value, out);
        separator = ',';
      }
      out.append((byte) ']');
      return true;
    }

    private static void appendToken(Captured record, int value, JsonBuffer out) {
      out.append(record.record(), record.start(value), record.end(value));
    }
  }

  /**
   * What a table has for the values at the first path that has any. A value that is not in the
   * table is left out, unless there is a JSON text for such ones.
   *
   * @param table JSON texts by the text of the value
   * @param otherwise the JSON text for values outside the table; empty to leave them out
   */
  record Lookup(List<FieldPath> paths, Map<String, String> table, String otherwise)
      implements FieldValue {
    public Lookup {
      paths = List.copyOf(paths);
      table = Map.copyOf(table);
    }

    @Override
    public boolean write(Captured record, HashedId hash, JsonBuffer out) {
      FieldPath path = firstFilled(paths, record);
      boolean list = record.isList(path);
      boolean any = false;
      for (int value = record.first(path); value >= 0; value = record.next(value)) {
        String json = table.getOrDefault(record.text(value), otherwise);
        if (json.isEmpty()) {
          continue;
        }
        if (list) {
          out.append((byte) (any ? ',' : '['));
        }
        out.append(json.getBytes(StandardCharsets.UTF_8));
        any = true;
      }
      if (any && list) {
        out.append((byte) ']');
      }
      return any;
    }
  }

  /** The {@link HashedId} of the values at some paths; no value if none of them has one. */
  record Hash(List<FieldPath> paths) implements FieldValue {
    public Hash {
      paths = List.copyOf(paths);
    }

    @Override
    public boolean write(Captured record, HashedId hash, JsonBuffer out) {
      String hashed = hash.of(paths, record);
      if (hashed.isEmpty()) {
        return false;
      }
      out.append((byte) '"');
      out.appendAscii(hashed);
      out.append((byte) '"');
      return true;
    }
  }

  /** Which coordinate comes first where a point is an array of numbers. */
  enum Order {
    LON_LAT,
    LAT_LON
  }

  /** A point on the earth from two fields. A point that is not on the earth is no value. */
  record PointOfFields(FieldPath latitude, FieldPath longitude) implements FieldValue {
    @Override
    public boolean write(Captured record, HashedId hash, JsonBuffer out) {
      return writePoint(record, record.first(latitude), record.first(longitude), out);
    }
  }

  /** A point on the earth from the first two numbers of an array, as GeoJSON has it. */
  record PointOfArray(List<FieldPath> paths, Order order) implements FieldValue {
    public PointOfArray {
      paths = List.copyOf(paths);
    }

    @Override
    public boolean write(Captured record, HashedId hash, JsonBuffer out) {
      int first = record.first(firstFilled(paths, record));
      if (first < 0) {
        return false;
      }
      int second = record.next(first);
      return switch (order) {
        case LON_LAT -> writePoint(record, second, first, out);
        case LAT_LON -> writePoint(record, first, second, out);
      };
    }
  }

  private static boolean writePoint(Captured record, int latitude, int longitude, JsonBuffer out) {
    OptionalDouble north = degrees(record, latitude, 90);
    OptionalDouble east = degrees(record, longitude, 180);
    if (north.isEmpty() || east.isEmpty()) {
      return false;
    }
    out.appendAscii("{\"latitude\":");
    out.appendAscii(Double.toString(north.getAsDouble()));
    out.appendAscii(",\"longitude\":");
    out.appendAscii(Double.toString(east.getAsDouble()));
    out.append((byte) '}');
    return true;
  }

  private static OptionalDouble degrees(Captured record, int value, double max) {
    if (value < 0) {
      return OptionalDouble.empty();
    }
    String text = record.text(value);
    if (!text.matches("[-+]?[0-9]{1,3}(\\.[0-9]{0,30})?([eE]-?[0-9]{1,3})?")) {
      return OptionalDouble.empty();
    }
    double degrees = Double.parseDouble(text);
    return Math.abs(degrees) <= max ? OptionalDouble.of(degrees) : OptionalDouble.empty();
  }
}
