package dev.historics.filter.regex;

import java.util.Locale;

/**
 * The longest run of ASCII that every match of a pattern holds, collected from left to right. Where
 * case does not count, neither does it in the whole literal, and a run ends at the letters that
 * have a third form: the Kelvin sign is a k there, and the long s an s.
 */
final class RequiredLiteral {
  private final StringBuilder run = new StringBuilder();
  private String longest = "";
  private boolean caseless;
  private boolean forgotten;

  void append(char c) {
    run.append(c);
  }

  void appendCaseless(char c) {
    if (AsciiClass.hasThirdForm(c)) {
      endRun();
    } else {
      caseless |= Character.isLetter(c);
      run.append(c);
    }
  }

  void endRun() {
    if (run.length() > longest.length()) {
      longest = run.toString();
    }
    run.setLength(0);
  }

  /** Nothing is required after all. */
  void forget() {
    forgotten = true;
  }

  /** In lower case if case does not count; empty if nothing is required. */
  String longest() {
    endRun();
    if (forgotten) {
      return "";
    }
    return caseless ? longest.toLowerCase(Locale.ROOT) : longest;
  }

  boolean isCaseless() {
    return caseless;
  }
}
