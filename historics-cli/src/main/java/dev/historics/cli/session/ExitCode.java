package dev.historics.cli.session;

/** How a command ended, as the shell sees it. The numbers are part of the contract. */
public enum ExitCode {
  OK(0, "everything was done"),
  FAILED(1, "the command failed"),
  USAGE(2, "wrong usage, or a rule that does not compile"),
  NOT_FOUND(3, "a query, source or file does not exist"),
  NOT_ALLOWED(4, "not allowed"),
  REFUSED(5, "refused by a quota or an estimate"),
  WARNINGS(6, "finished with warnings: some data could not be read"),
  TIMED_OUT(7, "timed out waiting"),
  INTERRUPTED(130, "interrupted");

  private final int number;
  private final String meaning;

  ExitCode(int number, String meaning) {
    this.number = number;
    this.meaning = meaning;
  }

  public int number() {
    return number;
  }

  public String meaning() {
    return meaning;
  }
}
