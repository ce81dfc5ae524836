package dev.historics.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The doctor in a home of its own, on the machine that runs the tests. */
class DoctorTest {
  @TempDir private Path home;
  private Shell shell;

  @BeforeEach
  void open() {
    shell = new Shell(home);
  }

  private static JsonNode find(Shell.Ran ran, String check) throws IOException {
    for (JsonNode finding : ran.json()) {
      if (finding.get("check").asText().equals(check)) {
        return finding;
      }
    }
    throw new AssertionError("no '%s' in %s".formatted(check, ran.out()));
  }

  private static List<String> checks(Shell.Ran ran) throws IOException {
    List<String> names = new ArrayList<>();
    ran.json().forEach(finding -> names.add(finding.get("check").asText()));
    return names;
  }

  @Test
  void a_new_home_is_looked_at_and_left_empty() throws IOException {
    Shell.Ran ran = shell.run("doctor", "--output", "json");

    assertThat(ran.exitCode()).as(ran.out()).isIn(0, 6);
    assertThat(checks(ran))
        .containsExactly(
            "settings",
            "java",
            "memory",
            "zstd",
            "hadoop's native library",
            "time zones",
            "home",
            "logs",
            "archive",
            "archive files",
            "results",
            "results files",
            "state");
    assertThat(find(ran, "state").get("found").asText()).isEqualTo("not made yet");
    assertThat(find(ran, "java").fieldNames())
        .toIterable()
        .containsExactly("check", "status", "expected", "found", "advice");
    assertThat(home.resolve("archive")).doesNotExist();
    assertThat(home.resolve("state/historics.db")).doesNotExist();
  }

  @Test
  void a_state_database_is_told_by_its_version() throws IOException {
    assertThat(shell.run("status").exitCode()).isZero();

    assertThat(find(shell.run("doctor", "--output", "json"), "state").get("found").asText())
        .matches("version [0-9]+");
  }

  @Test
  void a_state_database_that_is_none_fails() throws IOException {
    Files.createDirectories(home.resolve("state"));
    Files.writeString(home.resolve("state/historics.db"), "not a database, ".repeat(100));

    Shell.Ran ran = shell.run("doctor", "--output", "json");

    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(find(ran, "state").get("status").asText()).isEqualTo("failed");
    assertThat(find(ran, "state").get("advice").asText()).isNotEmpty();
  }

  @Test
  void people_are_told_what_to_do_below_the_table() throws IOException {
    Files.writeString(home.resolve("logs"), "in the way");

    Shell.Ran ran = shell.run("doctor");

    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.out())
        .contains("CHECK")
        .containsPattern("logs +failed +\\S+/logs is a file")
        .contains("logs (failed): expected a folder that can be written, with 1 GB free")
        .contains("  to do: move the file, or change the setting");
  }

  @Test
  void settings_that_do_not_exist_are_told_and_the_machine_is_looked_at() throws IOException {
    Shell.Ran ran = shell.run("doctor", "--output", "json", "-D", "scheduler.poll=1");

    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(find(ran, "settings").get("found").asText())
        .contains("no such setting 'scheduler.poll', did you mean 'scheduler.pool'?");
    assertThat(find(ran, "java").get("status").asText()).isEqualTo("ok");
    assertThat(checks(ran)).doesNotContain("archive");
  }

  @Test
  void settings_that_cannot_be_read_or_do_not_agree_are_told_together() throws IOException {
    Shell.Ran ran =
        shell.run(
            "doctor",
            "--output",
            "json",
            "-D",
            "import.max-record=much",
            "-D",
            "sweep.grace=0s",
            "-D",
            "sweep.unfinished=1s");

    assertThat(find(ran, "settings").get("found").asText())
        .contains("import.max-record (option -D): expected a size")
        .contains("sweep.grace (option -D): expected a duration above zero");
  }

  /** Also of those that count for another runner only. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "yarn.memory.replay",
        "yarn.memory.master",
        "yarn.uber",
        "runner",
        "runner.tasks",
        "runner.on-damage",
        "compact.threads",
        "compact.min-share",
        "sweep.pin-expiry",
        "import.memory",
        "recurring.delay",
        "scheduler.policy",
        "scheduler.quota.running",
        "scheduler.reuse",
        "estimate.spread",
        "estimate.look",
        "kerberos.principal"
      })
  void a_setting_that_cannot_be_read_is_told(String key) throws IOException {
    Shell.Ran ran = shell.run("doctor", "--output", "json", "-D", key + "=abc");

    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(find(ran, "settings").get("found").asText())
        .contains(key.startsWith("kerberos") ? "kerberos.keytab" : key);
  }

  @Test
  void a_place_for_hadoops_settings_that_is_no_folder_is_told() throws IOException {
    Path file = Files.createFile(home.resolve("core-site.xml"));

    Shell.Ran ran =
        shell.with("HADOOP_CONF_DIR", file.toString()).run("doctor", "--output", "json");

    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(find(ran, "settings").get("found").asText())
        .isEqualTo(
            "HADOOP_CONF_DIR: expected the folder with Hadoop's settings, got '%s', which is none"
                .formatted(file));
  }

  @Test
  void secrets_are_not_told() throws IOException {
    Shell.Ran ran =
        shell.run(
            "doctor",
            "--output",
            "json",
            "-D",
            "state.url=jdbc:postgresql://127.0.0.1:1/historics",
            "-D",
            "state.user=u",
            "-D",
            "state.password=hunter2");

    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(find(ran, "state").get("found").asText())
        .startsWith("state database jdbc:postgresql://127.0.0.1:1/historics cannot be reached");
    assertThat(ran.out() + ran.err()).doesNotContain("hunter2");
  }

  /** Nobody listens on port 1: the daemons of this cluster are dead. */
  @Test
  @Timeout(60)
  void a_dead_cluster_does_not_keep_anybody_waiting() throws IOException {
    Shell.Ran ran =
        shell
            .with("HADOOP_CONF_DIR", home.toString())
            .run(
                "doctor",
                "--output",
                "json",
                "--patience",
                "15s",
                "-D",
                "runner=yarn",
                "-D",
                "archive.root=hdfs://127.0.0.1:1/archive",
                "-D",
                "results.root=hdfs://127.0.0.1:1/results");

    assertThat(ran.exitCode()).isEqualTo(1);
    for (String check : List.of("archive", "results", "yarn")) {
      assertThat(find(ran, check).get("status").asText()).as(check).isEqualTo("failed");
      assertThat(find(ran, check).get("advice").asText()).as(check).isNotEmpty();
    }
    assertThat(find(ran, "settings").get("status").asText()).isEqualTo("ok");
  }

  @Test
  void patience_is_a_duration() {
    Shell.Ran ran = shell.run("doctor", "--patience", "long");

    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.complaint().get(0))
        .isEqualTo("historics: --patience: expected a duration such as '20s', got 'long'");
  }
}
