package dev.historics.filter.regex;

/** The longest run of ASCII that every match of a pattern holds, collected from left to right. */
final class RequiredLiteral {
  private final StringBuilder run = new StringBuilder();
  private String longest = "";
  private boolean forgotten;

  void append(char c) {
    run.append(c);
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

  void forgetUnless(boolean harmless) {
    forgotten |= !harmless;
  }

  String longest() {
    endRun();
    return forgotten ? "" : longest;
  }
}
