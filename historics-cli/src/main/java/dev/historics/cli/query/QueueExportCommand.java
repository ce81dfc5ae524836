package dev.historics.cli.query;

import dev.historics.cli.session.CliException;
import dev.historics.cli.session.ExitCode;
import dev.historics.cli.session.Session;
import dev.historics.cli.simulation.TraceWriter;
import dev.historics.cli.wiring.Installation;
import dev.historics.schedule.History;
import dev.historics.schedule.Scheduling;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes what was asked of the queue, and what ran, as a trace that can be simulated. */
@Command(
    name = "export",
    description =
        "Write what was asked and what ran as a trace, one JSON object a line, without any rule.",
    footer = {
      "",
      "Example: historics queue export --out trace.jsonl --anonymous",
      "Example: historics simulate --trace trace.jsonl --policy fair,fifo"
    })
public final class QueueExportCommand implements Callable<Integer> {
  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "where to write it (default: the standard output)")
  Path out;

  @Option(names = "--anonymous", description = "number the users instead of naming them")
  boolean anonymous;

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws CliException, IOException {
    Session session = Session.of(spec);
    Installation installation = new Installation(session);
    History history;
    try (Scheduling scheduling = installation.scheduling()) {
      history = scheduling.history();
    }
    TraceWriter trace =
        new TraceWriter(anonymous ? TraceWriter.Users.NUMBERED : TraceWriter.Users.NAMED);
    int slots = installation.schedulerSettings().jobs();
    if (out == null) {
      try (Writer writer =
          new BufferedWriter(
              new OutputStreamWriter(session.printer().bytes(), StandardCharsets.UTF_8))) {
        trace.write(history, slots, writer);
      }
    } else {
      save(trace, history, slots);
    }
    session
        .printer()
        .hint(
            "%d queries and %d jobs exported"
                .formatted(history.queries().size(), history.jobs().size()));
    return 0;
  }

  /** The file is there as a whole, or as it was before. */
  private void save(TraceWriter trace, History history, int slots) throws CliException {
    Path part = out.resolveSibling(out.getFileName() + ".part");
    try {
      try (Writer writer = Files.newBufferedWriter(part)) {
        trace.write(history, slots, writer);
      }
      Files.move(part, out, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new CliException(
          ExitCode.FAILED,
          "%s cannot be written: %s".formatted(out, e),
          "give another file with --out FILE",
          e);
    }
  }
}
