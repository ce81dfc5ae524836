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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Quotas as users and operators meet them. */
class QuotaCommandsTest {
  @TempDir Path folder;
  private Shell shell;

  @BeforeEach
  void data_is_there() throws IOException {
    shell = new Shell(folder.resolve("home"));
    Path out = folder.resolve("made");
    shell.ok(
        "generate",
        "--source",
        "twitter",
        "--from",
        "2017-08-05",
        "--days",
        "4",
        "--rate",
        "0.001",
        "--out",
        out.toString());
    shell.ok("archive", "import", "--source", "twitter", out.toString());
  }

  private void settings(String... lines) throws IOException {
    Path conf = Files.createDirectories(folder.resolve("home").resolve("conf"));
    Files.write(conf.resolve("historics.yaml"), List.of(lines));
  }

  private static String[] submit(String user, String from, String to) {
    return new String[] {
      "submit",
      "--csdl",
      "interaction.content contains \"a\"",
      "--user",
      user,
      "--source",
      "twitter",
      "--from",
      from,
      "--to",
      to
    };
  }

  @Test
  void what_a_quota_can_never_let_run_is_refused_with_exit_code_5_and_nothing_is_queued()
      throws IOException {
    settings("scheduler.quota.queued: '*=2'");

    Shell.Ran refused = shell.run(submit("ann", "2017-08-05", "2017-08-08"));

    assertThat(refused.exitCode()).isEqualTo(5);
    assertThat(refused.err())
        .contains(
            "the query has 3 days, and 'ann' may have at most 2 queued (scheduler.quota.queued)")
        .contains("ask for less at a time");
    assertThat(shell.json("status")).isEmpty();
  }

  @Test
  void what_is_over_a_quota_waits_says_so_and_is_done_in_the_end() throws IOException {
    settings("scheduler.quota.queued: '*=2'", "scheduler.quota.running: 'ann=1'");
    shell.ok(submit("ann", "2017-08-05", "2017-08-07"));
    shell.ok(submit("ann", "2017-08-07", "2017-08-09"));

    JsonNode queue = shell.json("queue");

    List<String> statuses = new ArrayList<>();
    queue.forEach(line -> statuses.add(line.path("status").asText()));
    assertThat(statuses).containsExactly("queued", "init");
    assertThat(queue.get(1).path("why").asText()).contains("scheduler.quota.queued");
    shell.ok("run", "--until-idle");
    assertThat(shell.json("status"))
        .hasSize(2)
        .allSatisfy(query -> assertThat(query.path("status").asText()).isEqualTo("succeeded"));
  }

  @Test
  void results_are_counted_until_they_are_deleted() throws IOException {
    settings("scheduler.quota.result-bytes: 'ann=1KB'");
    shell.ok(submit("ann", "2017-08-05", "2017-08-06"));
    shell.ok("run", "--until-idle");
    shell.ok(submit("ann", "2017-08-06", "2017-08-07"));
    shell.ok("run", "--until-idle");

    JsonNode waiting = shell.json("queue");
    assertThat(waiting).hasSize(1);
    assertThat(waiting.get(0).path("why").asText()).contains("scheduler.quota.result-bytes");

    shell.ok("delete", shell.json("status").get(0).path("id").asText());
    shell.ok("run", "--until-idle");
    assertThat(shell.json("status"))
        .singleElement()
        .satisfies(query -> assertThat(query.path("status").asText()).isEqualTo("succeeded"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      textBlock =
          """
          scheduler.quota.running=ann          => expected users or groups and their limits such as '*=4, press=20', got 'ann'
          scheduler.quota.running=ann=some     => expected users or groups and their limits such as '*=4, press=20', got 'ann=some'
          scheduler.quota.running=ann=0        => scheduler.quota.running: the limit of 'ann' must be at least 1, got 0
          scheduler.quota.bytes-per-day=ann=4x => expected users or groups and their limits such as '*=10GB, press=100GB', got 'ann=4x'
          """)
  void a_quota_that_is_none_is_refused(String setting, String cause) throws IOException {
    Shell.Ran refused = shell.run("queue", "-D", setting);

    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains(cause);
  }
}
