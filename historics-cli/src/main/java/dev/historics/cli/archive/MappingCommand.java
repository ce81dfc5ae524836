package dev.historics.cli.archive;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Groups the commands about mappings. */
@Command(
    name = "mapping",
    description = "Try out how the records of a source become interactions.",
    footer = {"", "Example: historics mapping check --source twitter tweets.ndjson.gz"},
    subcommands = {MappingCheckCommand.class})
public final class MappingCommand implements Runnable {
  @Spec CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing after 'mapping': check");
  }
}
