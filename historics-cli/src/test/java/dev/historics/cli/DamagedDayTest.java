package dev.historics.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data files go missing behind the archive's back, and somebody asks for their day. */
class DamagedDayTest {
  @TempDir private Path folder;
  private Shell shell;
  private String id;
  private Path lost;

  @BeforeEach
  void two_imports_of_a_day_one_of_which_is_lost() throws IOException {
    shell = new Shell(folder.resolve("home"));
    for (String seed : List.of("1", "2")) {
      Path out = folder.resolve("made-" + seed);
      shell.ok(
          "generate",
          "--source",
          "twitter",
          "--from",
          "2017-08-05",
          "--days",
          "1",
          "--rate",
          "0.01",
          "--seed",
          seed,
          "--out",
          out.toString());
      shell.ok("archive", "import", "--source", "twitter", out.toString());
      if (lost == null) {
        lost = dataFile();
      }
    }
    id = shell.submit("ann", "interaction.id exists", "twitter", "2017-08-05", "2017-08-06");
    Files.delete(lost);
  }

  private Path dataFile() throws IOException {
    try (Stream<Path> below = Files.walk(folder.resolve("home/archive"))) {
      return below.filter(file -> file.toString().endsWith(".avro")).findFirst().orElseThrow();
    }
  }

  @Test
  void a_query_fails_and_names_the_file() {
    Shell.Ran run = shell.run("run", "--until-idle", "-D", "scheduler.tries=1");

    assertThat(shell.run("status", id).out()).contains(lost.getFileName().toString());
    assertThat(run.exitCode()).isNotZero();
  }

  @Test
  void or_it_finishes_with_warnings_that_name_the_file_and_count_what_is_missing()
      throws IOException {
    shell.run("run", "--until-idle", "-D", "runner.on-damage=partial");

    Shell.Ran status = shell.run("status", id, "--follow");
    Shell.Ran results = shell.run("results", id, "--manifest", "--output", "json");
    Shell.Ran table = shell.run("results", id, "--manifest", "--output", "table");

    assertThat(status.exitCode()).isEqualTo(6);
    assertThat(results.exitCode()).isEqualTo(6);
    JsonNode day = results.json().path("days").path(0);
    JsonNode file = day.path("unreadable").path(0);
    assertThat(file.path("path").asText()).endsWith(lost.getFileName().toString());
    assertThat(file.path("records").asLong()).isEqualTo(day.path("quarantined").asLong());
    assertThat(day.path("matched").asLong()).isPositive();
    assertThat(day.path("records").asLong())
        .isEqualTo(day.path("matched").asLong() + day.path("quarantined").asLong());
    assertThat(table.err())
        .contains("interactions at most are missing")
        .contains(lost.getFileName().toString());
  }

  @Test
  void only_two_things_can_be_done_about_damage() {
    Shell.Ran run = shell.run("run", "--until-idle", "-D", "runner.on-damage=ignore");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.complaint().get(0)).contains("runner.on-damage", "fail or partial", "ignore");
  }
}
