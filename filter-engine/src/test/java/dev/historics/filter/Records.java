package dev.historics.filter;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Interactions as plain values, for tests.
 *
 * @param name where they are from
 * @param targets those that rules may ask about; the dictionary knows them all
 * @param rows the values by the name of their target, as {@link ReferenceInterpreter} wants them
 */
record Records(
    String name,
    TargetDictionary dictionary,
    List<Target> targets,
    List<Map<String, List<Object>>> rows) {
  Records {
    targets = List.copyOf(targets);
    rows = List.copyOf(rows);
  }

  /** One interaction. */
  Function<String, List<Object>> row(int row) {
    return target -> rows.get(row).getOrDefault(target, List.of());
  }

  /** Some of them: {@code [from, end)}, or fewer if there are not so many. */
  Records slice(int from, int end) {
    return new Records(name, dictionary, targets, rows.subList(from, Math.min(end, rows.size())));
  }
}
