package dev.historics.jobs.join;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * What a table's columns are called: in its file, and in rules, where a name has letters, digits
 * and {@code _}, and does not start with a digit. Either name finds a column.
 *
 * @param file whose columns they are, for messages
 * @param names as the file has them
 */
record ColumnNames(String file, List<String> names) {
  private static final String NAME = "[A-Za-z_][A-Za-z0-9_]*";

  ColumnNames {
    names = List.copyOf(names);
  }

  /** What rules call a column. */
  String safe(int column) {
    String name = names.get(column);
    if (name.matches(NAME)) {
      return name;
    }
    String safe = name.replaceAll("[^A-Za-z0-9_]", "_");
    return safe.matches("[0-9].*") ? "_" + safe : safe;
  }

  /** The column with a name, as the file has it or, upper and lower case alike, as rules do. */
  int find(String name) throws InvalidTableException {
    int exact = names.indexOf(name);
    if (exact >= 0) {
      return exact;
    }
    List<Integer> found =
        IntStream.range(0, names.size())
            .filter(i -> safe(i).equalsIgnoreCase(name))
            .boxed()
            .toList();
    if (found.isEmpty()) {
      throw new UnknownColumnException(file, name, names);
    }
    if (found.size() > 1) {
      throw new InvalidTableException(
          "%s: '%s' may be column '%s' or '%s'; name one as the file does"
              .formatted(file, name, names.get(found.get(0)), names.get(found.get(1))));
    }
    return found.get(0);
  }

  /**
   * The columns that are joined, in the file's order.
   *
   * @param wanted their names; empty for all but the key
   */
  List<Integer> chosen(List<String> wanted, int key) throws InvalidTableException {
    NavigableSet<Integer> chosen = new TreeSet<>();
    if (wanted.isEmpty()) {
      IntStream.range(0, names.size()).filter(i -> i != key).forEach(chosen::add);
    }
    for (String name : wanted) {
      int column = find(name);
      if (column == key) {
        throw new InvalidTableException(
            "%s: column '%s' is the key; expected others of %s"
                .formatted(file, names.get(key), names));
      }
      chosen.add(column);
    }
    requireDifferent(chosen);
    return List.copyOf(chosen);
  }

  private void requireDifferent(NavigableSet<Integer> columns) throws InvalidTableException {
    Map<String, String> taken = new HashMap<>();
    for (int column : columns) {
      String name = names.get(column);
      String other = taken.putIfAbsent(safe(column).toLowerCase(Locale.ROOT), name);
      if (other != null) {
        throw new InvalidTableException(
            "%s: columns '%s' and '%s' would both be called '%s' (letters, digits and '_' are kept, and case makes no difference); rename one, or leave it out"
                .formatted(file, other, name, safe(column)));
      }
    }
  }
}
