package dev.historics.filter;

import java.util.Optional;

/** Rules that were compiled before, by their hash: what {@code stream} and {@code tags} name. */
@FunctionalInterface
public interface Library {
  /**
   * The text of a rule.
   *
   * @param hash 32 hexadecimal digits in lower case
   * @return nothing if no such rule was stored
   */
  Optional<String> text(String hash);

  /** A library without rules. */
  static Library empty() {
    return hash -> Optional.empty();
  }
}
