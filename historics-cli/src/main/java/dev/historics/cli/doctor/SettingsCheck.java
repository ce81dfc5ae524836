package dev.historics.cli.doctor;

import dev.historics.cli.session.CliException;
import dev.historics.cli.session.Session;
import dev.historics.cli.session.Settings;
import dev.historics.cli.wiring.Installation;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Whether each setting can be read, and whether they agree with each other. */
record SettingsCheck(Session session) {
  private static final String EXPECTED = "settings that exist, can be read, and agree";

  /** Reads one or some settings. */
  private interface Reading {
    void read() throws CliException, IOException;
  }

  Check check() {
    return new Check("settings", EXPECTED, () -> List.of(look()));
  }

  private Finding look() throws CliException, IOException {
    Settings settings = session.settings();
    Installation installation = new Installation(session);
    List<String> problems = new ArrayList<>();
    for (Reading reading :
        List.<Reading>of(
            installation::schedulerSettings,
            installation::compactionPolicy,
            installation::sweeper,
            installation::compactsOnCluster,
            installation::onDamage,
            installation::clusterUse,
            installation::hasKeytab,
            () -> settings.whole("runner.tasks", 0),
            () -> settings.whole("compact.threads", 0),
            () -> settings.bytes("import.max-record"),
            () -> settings.duration("import.future"),
            () -> settings.whole("import.open-days", 1),
            () -> settings.bytes("import.memory"),
            () -> settings.whole("import.threads", 0),
            () -> settings.duration("recurring.delay"),
            () -> settings.whole("estimate.look", 0))) {
      try {
        reading.read();
      } catch (CliException e) {
        problems.add(e.getMessage());
      }
    }
    String hadoopSettings = session.environment().getOrDefault("HADOOP_CONF_DIR", "");
    problems.addAll(
        disagreements(
            settings.text("runner"),
            session.place("archive.root"),
            session.place("results.root"),
            hadoopSettings));
    if (!hadoopSettings.isEmpty() && !Files.isDirectory(Path.of(hadoopSettings))) {
      problems.add(
          "HADOOP_CONF_DIR: expected the folder with Hadoop's settings, got '%s', which is none"
              .formatted(hadoopSettings));
    }
    return problems.isEmpty()
        ? Finding.ok("settings", EXPECTED, "%d settings".formatted(settings.all().size()))
        : Finding.failed(
            "settings",
            EXPECTED,
            String.join("; ", problems.stream().distinct().toList()),
            "'historics config show' tells where each setting comes from");
  }

  /** What cannot be true at once of where jobs run and where things lie. */
  static List<String> disagreements(
      String runner, URI archive, URI results, String hadoopSettings) {
    List<String> found = new ArrayList<>();
    boolean yarn = runner.equals("yarn");
    if (yarn && archive.getScheme().equals("file")) {
      found.add("runner is yarn, and other machines do not see archive.root %s".formatted(archive));
    }
    if (yarn && results.getScheme().equals("file")) {
      found.add("runner is yarn, and other machines do not see results.root %s".formatted(results));
    }
    if (yarn && hadoopSettings.isEmpty()) {
      found.add("runner is yarn, and HADOOP_CONF_DIR does not say where the cluster is");
    }
    if (!archive.getScheme().equals("file")
        && !results.getScheme().equals("file")
        && !archive.resolve("/").equals(results.resolve("/"))) {
      found.add(
          "archive.root %s and results.root %s are not on one file system"
              .formatted(archive, results));
    }
    return found;
  }
}
