package dev.historics.cli.session;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options that may stand before or after any command. The root command extends this. */
public abstract class GlobalOptions {
  @Option(
      names = {"-h", "--help"},
      scope = ScopeType.INHERIT,
      usageHelp = true,
      description = "show how a command is used")
  boolean help;

  @Option(
      names = "--home",
      paramLabel = "DIR",
      scope = ScopeType.INHERIT,
      description = "the installation's folder (default: $HISTORICS_HOME, else ~/.historics)")
  Path home;

  @Option(
      names = "--output",
      paramLabel = "FORMAT",
      scope = ScopeType.INHERIT,
      defaultValue = "table",
      description = "table, json, jsonl or csv (default: ${DEFAULT-VALUE})")
  OutputFormat output = OutputFormat.TABLE;

  @Option(
      names = "-D",
      paramLabel = "KEY=VALUE",
      scope = ScopeType.INHERIT,
      description = "a setting for this one command; 'historics config show' lists them")
  List<String> settings = new ArrayList<>();

  @Option(
      names = {"-q", "--quiet"},
      scope = ScopeType.INHERIT,
      description = "no progress, no hints")
  boolean quiet;

  @Option(names = "--no-progress", scope = ScopeType.INHERIT, description = "no progress")
  boolean noProgress;

  @Option(
      names = {"-v", "--verbose"},
      scope = ScopeType.INHERIT,
      description = "stack traces with errors, and the log on the terminal")
  boolean verbose;

  /** Whether errors come with their stack trace. */
  public boolean verbose() {
    return verbose;
  }
}
