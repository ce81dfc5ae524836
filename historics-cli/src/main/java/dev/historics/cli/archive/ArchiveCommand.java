package dev.historics.cli.archive;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Groups the commands about the archive. */
@Command(
    name = "archive",
    description = "Import interactions, seal their days, and look after them.",
    footer = {"", "Example: historics archive import --source twitter tweets.ndjson.gz"},
    subcommands = {
      CompactCommand.class,
      CoverageCommand.class,
      DaysCommand.class,
      ImportCommand.class,
      QuarantineCommand.class,
      RetainCommand.class,
      SweepCommand.class,
      TakedownCommand.class,
      VerifyCommand.class
    })
public final class ArchiveCommand implements Runnable {
  @Spec CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing after 'archive'");
  }
}
