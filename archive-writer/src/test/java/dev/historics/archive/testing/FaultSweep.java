package dev.historics.archive.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.historics.archive.Archive;
import dev.historics.archive.SourceDay;
import dev.historics.archive.files.LocalFiles;
import dev.historics.archive.hdfs.HadoopFiles;
import dev.historics.archive.upkeep.Verifier;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/**
 * Scenarios over a Hadoop file system of which the n-th operation goes wrong: afterwards each day
 * is as it was or as it was to be, and doing it again completes it.
 */
public final class FaultSweep {
  private final URI target;
  private final String folder;
  private final Configuration settings;

  /**
   * @param target the file system, such as {@code file:///}
   * @param folder where archives are made in it, from its root
   * @param settings of the file system
   */
  public FaultSweep(URI target, String folder, Configuration settings) {
    this.target = target;
    this.folder = folder;
    this.settings = settings;
  }

  /** The operations of a scenario in which nothing goes wrong. */
  public List<String> operations(Scenario scenario) throws IOException {
    String name = scenario + "-operations";
    Faults none = new Faults(Faults.Kind.NONE, 0);
    prepare(scenario, name);
    assertThat(isDone(scenario, none, name)).isTrue();
    return none.log();
  }

  /** For each of some operations: it goes wrong, what is left is looked at, and it is run again. */
  public void run(Scenario scenario, Faults.Kind kind, List<Integer> operations)
      throws IOException {
    for (int at : operations) {
      run(scenario, kind, at);
    }
  }

  private void run(Scenario scenario, Faults.Kind kind, int at) throws IOException {
    String name = "%s-%s-%d".formatted(scenario, kind, at).replace('_', '-');
    Faults faults = new Faults(kind, at);
    prepare(scenario, name);

    boolean isDone = isDone(scenario, faults, name);
    FaultyFileSystem.losePower(name, settings);

    try (Archive archive = archive(name)) {
      String what = faults.isReached() ? name + ", " + faults.log().get(at - 1) : name;
      Model left = Model.of(archive);
      assertThat(scenario.isWhole(left))
          .as("%s leaves a whole archive: %s", what, left.counts())
          .isTrue();
      if (isDone) {
        assertThat(left).as("%s was reported as done", what).isEqualTo(scenario.after());
      }
      scenario.run(archive);
      assertThat(Model.of(archive)).as("%s, done again", what).isEqualTo(scenario.after());
      for (SourceDay day : archive.days()) {
        assertThat(new Verifier(archive).verify(day)).as(what).isEmpty();
      }
    }
  }

  private void prepare(Scenario scenario, String name) throws IOException {
    try (Archive archive = archive(name)) {
      scenario.prepare(archive);
    }
  }

  /** Without faults; a local disk is faster without Hadoop. */
  private Archive archive(String name) throws IOException {
    return target.getScheme().equals("file")
        ? Archives.over(new LocalFiles(Path.of(folder, name)))
        : Archives.over(HadoopFiles.at(target.resolve(folder + "/" + name), settings));
  }

  private boolean isDone(Scenario scenario, Faults faults, String name) throws IOException {
    Configuration faulty = FaultyFileSystem.over(target, faults, name, settings);
    URI root = FaultyFileSystem.at(name, folder + "/" + name);
    try (Archive archive = Archives.over(HadoopFiles.at(root, faulty))) {
      try {
        scenario.run(archive);
        return true;
      } catch (IOException e) {
        assertThat(e)
            .as("the reason of %s at %s", faults.count(), name)
            .hasMessageMatching("(?s).+");
        return false;
      }
    }
  }
}
