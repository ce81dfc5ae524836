package dev.historics.filter.regex;

/** What the part of a pattern between two parentheses comes to, as far as it is read. */
final class Group {
  /** Far more than any bound, and small enough to be multiplied. */
  private static final long MANY = 1L << 32;

  final int openedAt;

  /** What it was when the group was opened. */
  final boolean caselessOutside;

  /** Whether RE2/J notes where the group stands. */
  final boolean caught;

  long steps;
  long branches;
  private long lastSteps;
  private long lastBranches;

  Group(int openedAt, boolean caselessOutside, boolean caught) {
    this.openedAt = openedAt;
    this.caselessOutside = caselessOutside;
    this.caught = caught;
  }

  void add(long addedSteps, long addedBranches) {
    finishLast();
    lastSteps = addedSteps;
    lastBranches = addedBranches;
  }

  void repeat(long copies, long addedBranches) {
    lastSteps = Math.min(MANY, lastSteps * copies + addedBranches);
    lastBranches = Math.min(MANY, lastBranches * copies + addedBranches);
  }

  void finishLast() {
    steps = Math.min(MANY, steps + lastSteps);
    branches = Math.min(MANY, branches + lastBranches);
    lastSteps = 0;
    lastBranches = 0;
  }
}
