package dev.historics.cli.filter;

/** Counts records. */
public final class CountedLines implements Outlet {
  private final long[] byRule;
  private long all;

  /** For that many rules. */
  public CountedLines(int rules) {
    this.byRule = new long[rules];
  }

  @Override
  public void take(Found found) {
    all++;
    found.rules().stream().forEach(rule -> byRule[rule]++);
  }

  /** How many records there were. */
  public long all() {
    return all;
  }

  /** How many of them a rule matched. */
  public long of(int rule) {
    return byRule[rule];
  }

  @Override
  public void flush() {
    // Nothing is seen before the end.
  }

  @Override
  public void end() {
    // Whoever counts asks.
  }
}
