package dev.historics.cli.doctor;

import java.util.Locale;

/** How good a finding is, the best first. */
enum Verdict {
  OK,
  WARNING,
  FAILED;

  /** As answers spell it. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
