package dev.historics.cli;

import dev.historics.cli.session.ExitCode;
import dev.historics.cli.session.Session;
import dev.historics.cli.session.Table;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Explains a command, or the exit codes. */
@Command(
    name = "help",
    description = "Show how a command is used; 'help exit-codes' lists the exit codes.",
    footer = {"", "Example: historics help archive import"})
final class HelpCommand implements Runnable {
  @Parameters(arity = "0..*", paramLabel = "COMMAND", description = "a command, or exit-codes")
  String[] words = {};

  @Spec CommandSpec spec;

  @Override
  public void run() {
    if (words.length == 1 && words[0].equals("exit-codes")) {
      exitCodes();
      return;
    }
    CommandLine line = spec.root().commandLine();
    for (String word : words) {
      CommandLine below = line.getSubcommands().get(word);
      if (below == null) {
        throw new ParameterException(
            line, "there is no command '%s'".formatted(String.join(" ", words)));
      }
      line = below;
    }
    line.usage(line.getOut());
  }

  private void exitCodes() {
    Table table = new Table("code", "meaning");
    for (ExitCode code : ExitCode.values()) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("code", code.number());
      row.put("meaning", code.meaning());
      table.add(row);
    }
    Session.of(spec).printer().table(table);
  }
}
