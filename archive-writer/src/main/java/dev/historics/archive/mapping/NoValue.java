package dev.historics.archive.mapping;

import java.util.List;
import java.util.stream.Collectors;

/** The reason that is given when a record lacks what it must have. */
final class NoValue {
  private NoValue() {}

  static String of(String wanted, List<FieldPath> paths) {
    return paths.size() == 1
        ? "no %s: '%s' has no value".formatted(wanted, paths.get(0).text())
        : "no %s: none of %s has a value"
            .formatted(
                wanted, paths.stream().map(FieldPath::text).collect(Collectors.joining(", ")));
  }
}
