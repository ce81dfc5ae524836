package dev.historics.cli.query;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Groups the commands about estimates that were made. */
@Command(
    name = "estimates",
    description = "Look back at the estimates that were made.",
    footer = {"", "Example: historics estimates report"},
    subcommands = {EstimatesReportCommand.class})
public final class EstimatesCommand implements Runnable {
  @Spec CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "a command is missing after 'estimates': report");
  }
}
