package dev.historics.cli.query;

import dev.historics.cli.session.CliException;
import dev.historics.cli.session.ExitCode;
import dev.historics.cli.session.Progress;
import dev.historics.cli.session.Session;
import dev.historics.cli.wiring.AtOnce;
import dev.historics.cli.wiring.Installation;
import dev.historics.jobs.QueryManifest;
import dev.historics.jobs.ReplayCluster;
import dev.historics.schedule.ChunkView;
import dev.historics.schedule.Dispatcher;
import dev.historics.schedule.QueryRequest;
import dev.historics.schedule.QueryStatus;
import dev.historics.schedule.QueryView;
import dev.historics.schedule.Scheduling;
import dev.historics.schedule.Until;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Replays one rule at once, without the queue. */
@Command(
    name = "replay",
    description = "Replay one rule over a past range at once, without the queue.",
    footer = {
      "",
      "Results and manifest go into a new folder and are nobody's afterwards: 'results' does not know",
      "them. It takes no turn: use it on a cluster of your own, or for what the queue cannot wait for.",
      "Example: historics replay rule.csdl --source twitter --from 2017-08-05 --to 2017-08-12 --out found",
      "Example: yarn jar lib/historics-cli-0.1.0.jar replay --csdl 'language.tag == \"de\"'",
      "           --source twitter --from 2017-08-05 --to 2017-08-12 --out hdfs://cluster/user/ann/found",
      "           -D archive.root=hdfs://cluster/historics/archive -D runner=yarn",
      "           -D mapreduce.job.queuename=research"
    })
public final class ReplayCommand implements Callable<Integer> {
  @Mixin RequestOptions options;

  @Option(
      names = "--out",
      paramLabel = "PLACE",
      required = true,
      description = "a folder that is not there yet or empty, or an address such as hdfs://…")
  String out;

  @Mixin AskerOptions asker;

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws CliException, IOException {
    Session session = Session.of(spec);
    Installation installation = new Installation(session);
    QueryRequest request = options.request(session, installation, asker.user(), asker.name());
    try (AtOnce place = installation.atOnce(out)) {
      return run(session, place, request);
    }
  }

  private Integer run(Session session, AtOnce place, QueryRequest request)
      throws CliException, IOException {
    try (Scheduling scheduling = place.scheduling();
        ReplayCluster cluster = place.cluster();
        Progress progress = session.progress()) {
      QueryView query = SubmitCommand.submit(scheduling, request);
      Dispatcher dispatcher =
          new Dispatcher(
              scheduling,
              cluster,
              place.results(),
              session.clock(),
              new RunLog(progress, scheduling));
      AtomicBoolean over = new AtomicBoolean();
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    if (!over.get()) {
                      dispatcher.interrupt();
                    }
                  },
                  "historics-interrupt"));
      try {
        dispatcher.run(Until.IDLE);
      } finally {
        over.set(true);
      }
      QueryView ended = scheduling.find(query.id()).orElseThrow();
      if (ended.status() != QueryStatus.SUCCEEDED) {
        throw failed(ended);
      }
      QueryManifest manifest = place.results().manifest(query.id()).orElseThrow();
      print(session, place, manifest);
      return manifest.quarantined() > 0 ? ExitCode.WARNINGS.number() : ExitCode.OK.number();
    }
  }

  private static CliException failed(QueryView query) {
    String reason =
        query.chunks().stream()
            .filter(chunk -> !chunk.failure().isEmpty())
            .findFirst()
            .map(ChunkView::failure)
            .orElse("nothing says why");
    return new CliException(
        ExitCode.FAILED,
        "the replay ended %s: %s".formatted(QueryText.word(query.status()), reason),
        "when that is mended, replay into another folder");
  }

  private static void print(Session session, AtOnce place, QueryManifest manifest) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("id", manifest.id());
    answer.put("folder", place.folder(manifest.id()));
    answer.put("in_range", manifest.inRange());
    answer.put("matched", manifest.matched());
    answer.put("unmatched", manifest.unmatched());
    answer.put("quarantined", manifest.quarantined());
    session
        .printer()
        .answer(
            answer,
            "%,d of %,d interactions in %s, proven by manifest.json there"
                .formatted(manifest.matched(), manifest.inRange(), place.folder(manifest.id())));
  }
}
