package dev.historics.cli.query;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Groups the commands about recurring queries. */
@Command(
    name = "schedule",
    description = {
      "Ask a query again and again: every day over the day before, every month over the month"
          + " before.",
      "'historics run' queues what is due; from cron, 'historics run --until-idle' does."
    },
    footer = {"", "Example: historics schedule add rule.csdl --source twitter --every day"},
    subcommands = {
      ScheduleAddCommand.class,
      ScheduleListCommand.class,
      SchedulePauseCommand.class,
      ScheduleRemoveCommand.class,
      ScheduleResumeCommand.class
    })
public final class ScheduleCommand implements Runnable {
  @Spec CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing after 'schedule'");
  }
}
