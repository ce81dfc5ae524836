package dev.historics.cli.wiring;

import dev.historics.archive.Archive;
import dev.historics.cli.session.CliException;
import dev.historics.jobs.ReplayCluster;
import dev.historics.jobs.ResultManifests;
import dev.historics.schedule.Scheduling;
import dev.historics.schedule.store.SqliteStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * What a replay outside the queue works with: a state of its own, which goes away, and a place of
 * its own for results, which stays.
 */
public final class AtOnce implements AutoCloseable {
  private final Installation installation;
  private final Archive results;
  private final Path state;

  /**
   * @param results where results go; nothing is there yet
   */
  AtOnce(Installation installation, Archive results) throws IOException {
    this.installation = installation;
    this.results = results;
    this.state = Files.createTempDirectory("historics-replay-");
  }

  /** The state; the caller closes it. */
  public Scheduling scheduling() throws CliException, IOException {
    return installation.scheduling(SqliteStore.open(state.resolve("state.db")));
  }

  /** What runs the jobs; the caller closes it. */
  public ReplayCluster cluster() throws CliException, IOException {
    return new ReplayCluster(installation.jobSetting(results.files()));
  }

  public ResultManifests results() {
    return installation.results(results.files());
  }

  /** Where the results of a query are. */
  public String folder(String query) {
    return results.files().root().toString().replaceAll("/+$", "") + "/" + query;
  }

  @Override
  public void close() throws IOException {
    results.close();
    try (Stream<Path> files = Files.walk(state)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
