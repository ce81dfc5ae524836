package dev.historics.cli.session;

/** A command cannot go on. Says in one line why, and in one line what to do. */
public final class CliException extends Exception {
  private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;
  private final String advice;

  /**
   * @param advice what to do about it; may be empty
   */
  public CliException(ExitCode exitCode, String message, String advice) {
    this(exitCode, message, advice, null);
  }

  public CliException(ExitCode exitCode, String message, String advice, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
    this.advice = advice;
  }

  /** Wrong usage. */
  public static CliException usage(String message, String advice) {
    return new CliException(ExitCode.USAGE, message, advice);
  }

  public ExitCode exitCode() {
    return exitCode;
  }

  public String advice() {
    return advice;
  }
}
