package dev.historics.filter;

import java.util.Objects;

/**
 * A field of an interaction that rules can ask about.
 *
 * @param name dotted and in lower case, such as {@code interaction.author.username}
 * @param array whether one interaction usually has several values; evaluation never depends on it
 * @param note what the field is, in a few words; empty when the name says it all
 */
public record Target(String name, ValueType type, boolean array, String note) {
  public Target {
    Objects.requireNonNull(type);
    Objects.requireNonNull(note);
    if (!isName(name)) {
      throw new IllegalArgumentException(
          "expected a target name such as 'interaction.content', got '%s'".formatted(name));
    }
  }

  /** Whether {@code name} is two or more parts of {@code [a-z0-9_]+} with dots between them. */
  static boolean isName(String name) {
    int dots = 0;
    char previous = '.';
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '.') {
        if (previous == '.') {
          return false;
        }
        dots++;
      } else if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '_') {
        return false;
      }
      previous = c;
    }
    return dots > 0 && previous != '.';
  }
}
