package dev.historics.cli;

import dev.historics.cli.session.Session;
import java.util.Locale;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints a script that teaches a shell the commands and options. */
@Command(
    name = "completion",
    description = "Print a completion script for a shell.",
    footer = {"", "Example: source <(historics completion bash)"})
final class CompletionCommand implements Runnable {
  /** The shells we know. */
  enum Shell {
    BASH,
    ZSH;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Parameters(paramLabel = "bash|zsh", description = "the shell; both read the same script")
  Shell shell;

  @Spec CommandSpec spec;

  @Override
  public void run() {
    String script = AutoComplete.bash("historics", spec.root().commandLine());
    Session.of(spec).printer().out().print(script);
  }
}
