package dev.historics.schedule;

import java.util.Objects;

/**
 * Why a query waits.
 *
 * @param why a sentence that says what it waits for
 * @param help a sentence that says what would let it go on sooner; empty if nothing would
 */
record Reason(String why, String help) {
  Reason {
    Objects.requireNonNull(why);
    Objects.requireNonNull(help);
  }

  static Reason of(String why) {
    return new Reason(why, "");
  }
}
