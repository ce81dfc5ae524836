package dev.historics.cli;

import dev.historics.cli.archive.ArchiveCommand;
import dev.historics.cli.archive.GenerateCommand;
import dev.historics.cli.archive.MappingCommand;
import dev.historics.cli.augment.AugmentCommand;
import dev.historics.cli.doctor.DoctorCommand;
import dev.historics.cli.query.CompileCommand;
import dev.historics.cli.query.DeleteCommand;
import dev.historics.cli.query.EstimateCommand;
import dev.historics.cli.query.EstimatesCommand;
import dev.historics.cli.query.ExplainCommand;
import dev.historics.cli.query.FilterCommand;
import dev.historics.cli.query.PauseCommand;
import dev.historics.cli.query.QueueCommand;
import dev.historics.cli.query.ReplayCommand;
import dev.historics.cli.query.ResultsCommand;
import dev.historics.cli.query.ResumeCommand;
import dev.historics.cli.query.RunCommand;
import dev.historics.cli.query.ScheduleCommand;
import dev.historics.cli.query.StatusCommand;
import dev.historics.cli.query.StopCommand;
import dev.historics.cli.query.SubmitCommand;
import dev.historics.cli.query.TargetsCommand;
import dev.historics.cli.query.ValidateCommand;
import dev.historics.cli.session.GlobalOptions;
import dev.historics.cli.session.Session;
import dev.historics.cli.session.SessionHolder;
import dev.historics.cli.session.Surroundings;
import dev.historics.cli.simulation.SimulateCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The root of the command tree. */
@Command(
    name = "historics",
    versionProvider = VersionCommand.class,
    description = "An archive of interactions, and the fair replay of filters over its past.",
    footer = {"", "Example: historics help submit"},
    subcommands = {
      ArchiveCommand.class,
      AugmentCommand.class,
      CompileCommand.class,
      CompletionCommand.class,
      ConfigCommand.class,
      DeleteCommand.class,
      DoctorCommand.class,
      EstimateCommand.class,
      EstimatesCommand.class,
      ExplainCommand.class,
      FilterCommand.class,
      GenerateCommand.class,
      HelpCommand.class,
      MappingCommand.class,
      PauseCommand.class,
      QueueCommand.class,
      ReplayCommand.class,
      ResultsCommand.class,
      ResumeCommand.class,
      RunCommand.class,
      ScheduleCommand.class,
      SimulateCommand.class,
      StatusCommand.class,
      StopCommand.class,
      SubmitCommand.class,
      TargetsCommand.class,
      ValidateCommand.class,
      VersionCommand.class,
    })
final class Historics extends GlobalOptions implements Runnable, SessionHolder {
  private final Surroundings surroundings;
  private Session session;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "print the version")
  boolean version;

  @Spec CommandSpec spec;

  Historics(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Session session() {
    if (session == null) {
      session = new Session(this, surroundings);
    }
    return session;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }
}
