package dev.historics.cli.doctor;

import dev.historics.cli.session.CliException;
import dev.historics.cli.session.Session;
import dev.historics.cli.wiring.Installation;
import dev.historics.jobs.ClusterExam;
import dev.historics.jobs.YarnHealth;
import dev.historics.schedule.store.StateHealth;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What there is to look at in an installation, as its settings say. */
final class Installed {
  private static final String STATE =
      "a state database that can be read, of a version that this program knows";

  private final Session session;
  private final PlaceChecks places;

  Installed(Session session) {
    this.session = session;
    this.places = new PlaceChecks(session.clock(), PlaceChecks.disk());
  }

  /** The checks; where the settings cannot be read, those that need none. */
  List<Check> checks() {
    List<Check> checks = new ArrayList<>();
    checks.add(new SettingsCheck(session).check());
    checks.addAll(new MachineChecks(Machine.here(), session.clock()).all());
    try {
      checks.add(folder("home", session.home()));
      checks.add(folder("logs", session.folder("logs.dir")));
      checks.addAll(place("archive", session.place("archive.root")));
      checks.addAll(place("results", session.place("results.root")));
      checks.add(new Check("state", STATE, this::state));
      if (session.settings().text("runner").equals("yarn")) {
        checks.add(shipping());
        checks.add(new Check("yarn", "a resource manager that answers", this::yarn));
      }
    } catch (CliException e) {
      // The first check says so, and the rest cannot be found without settings.
    }
    return checks;
  }

  private Check folder(String name, Path folder) {
    return new Check(
        name,
        "a folder that can be written, with 1 GB free",
        () -> List.of(places.folder(name, folder)));
  }

  private List<Check> place(String name, URI root) {
    List<Check> checks = new ArrayList<>();
    if (root.getScheme().equals("file")) {
      checks.add(folder(name, Path.of(root)));
    } else {
      checks.add(
          new Check(
              name,
              "a name node out of safe mode, with live data nodes and no missing block",
              () -> List.of(PlaceChecks.hdfs(name, root, exam().hdfs(root)))));
    }
    checks.add(
        new Check(
            name + " files",
            "files can be written, read and removed",
            () -> places.written(name, root)));
    return checks;
  }

  private ClusterExam exam() throws CliException, IOException {
    return new Installation(session).clusterExam();
  }

  private List<Finding> state() throws CliException, IOException {
    Instant before = session.clock().instant();
    StateHealth health = new Installation(session).stateHealth();
    Instant after = session.clock().instant();
    List<Finding> findings = new ArrayList<>();
    findings.add(Finding.ok("state", STATE, version(health)));
    health
        .clock()
        .ifPresent(clock -> findings.add(Clocks.compared("state clock", before, clock, after)));
    return findings;
  }

  private static String version(StateHealth health) {
    if (health.version() == 0) {
      return "not made yet";
    }
    return health.version() < health.newest()
        ? "version %d, which the next command that uses it brings to %d"
            .formatted(health.version(), health.newest())
        : "version %d".formatted(health.version());
  }

  private static Check shipping() {
    String expected = "a program of jars, which jobs can be sent";
    return new Check(
        "program",
        expected,
        () -> List.of(Finding.ok("program", expected, ClusterExam.jars() + " jars")));
  }

  private List<Finding> yarn() throws CliException, IOException {
    ClusterExam exam = exam();
    YarnHealth yarn = exam.yarn();
    return new YarnChecks(yarn, exam.containers())
        .all(session.settings().whole("scheduler.jobs", 1));
  }
}
