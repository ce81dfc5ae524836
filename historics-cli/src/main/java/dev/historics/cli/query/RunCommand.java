package dev.historics.cli.query;

import dev.historics.cli.session.CliException;
import dev.historics.cli.session.ExitCode;
import dev.historics.cli.session.Printer;
import dev.historics.cli.session.Progress;
import dev.historics.cli.session.Session;
import dev.historics.cli.wiring.Installation;
import dev.historics.jobs.ReplayCluster;
import dev.historics.schedule.Dispatcher;
import dev.historics.schedule.QueryId;
import dev.historics.schedule.QueryStatus;
import dev.historics.schedule.QueryView;
import dev.historics.schedule.Scheduling;
import dev.historics.schedule.Until;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the scheduler. */
@Command(
    name = "run",
    description = "Run the scheduler in the foreground.",
    footer = {
      "",
      "Ctrl-C ends it: running chunks are queued again, and the next run takes them up.",
      "If another process runs the scheduler on this home, this one waits for its turn.",
      "Example: historics run --until-idle"
    })
public final class RunCommand implements Callable<Integer> {
  @Option(names = "--until-idle", description = "end when nothing waits and nothing runs")
  boolean untilIdle;

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws CliException, IOException {
    Session session = Session.of(spec);
    Installation installation = new Installation(session);
    AtomicBoolean over = new AtomicBoolean();
    try (Scheduling scheduling = installation.scheduling();
        ReplayCluster cluster = installation.cluster();
        Progress progress = session.progress()) {
      RunLog log = new RunLog(progress, scheduling);
      Dispatcher dispatcher =
          new Dispatcher(scheduling, cluster, installation.results(), session.clock(), log);
      Thread hook = new Thread(() -> interrupt(dispatcher, over, progress), "historics-interrupt");
      Runtime.getRuntime().addShutdownHook(hook);
      try {
        dispatcher.run(untilIdle ? Until.IDLE : Until.INTERRUPTED);
      } finally {
        over.set(true);
      }
      boolean delayed = tellDelayed(session, scheduling, log);
      return log.anyFailed() || delayed ? ExitCode.FAILED.number() : ExitCode.OK.number();
    }
  }

  /** Names the queries that this run left delayed, each with its reason and what to do. */
  private static boolean tellDelayed(Session session, Scheduling scheduling, RunLog log)
      throws IOException {
    boolean any = false;
    for (Map.Entry<QueryId, String> trouble : log.troubles().entrySet()) {
      Optional<QueryView> query = scheduling.find(trouble.getKey());
      if (query.isPresent() && query.get().status() == QueryStatus.DELAYED) {
        session
            .printer()
            .warn(
                "query %s is delayed: %s"
                    .formatted(trouble.getKey(), Printer.printable(trouble.getValue())));
        session
            .printer()
            .warn(
                "when that is mended, 'historics resume %s' tries again"
                    .formatted(trouble.getKey()));
        any = true;
      }
    }
    return any;
  }

  private static void interrupt(Dispatcher dispatcher, AtomicBoolean over, Progress progress) {
    if (!over.get()) {
      progress.event("interrupted: running chunks are queued again");
      dispatcher.interrupt();
    }
  }
}
