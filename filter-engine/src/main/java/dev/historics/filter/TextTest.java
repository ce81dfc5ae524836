package dev.historics.filter;

import dev.historics.filter.text.LiteralSearch;
import java.util.Optional;

/** Decides one check on one text that is not empty. Keeps scratch space: owned by one thread. */
interface TextTest {
  boolean test(byte[] bytes, int start, int length);

  /** What every text that passes holds, if that is one literal. */
  default Optional<LiteralSearch> literal() {
    return Optional.empty();
  }
}
