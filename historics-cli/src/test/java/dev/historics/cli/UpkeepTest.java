package dev.historics.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Taking down, dropping, sweeping and looking after days, at the prompt. */
class UpkeepTest {
  @TempDir private Path folder;
  private Shell shell;

  @BeforeEach
  void three_days_with_a_hole() throws IOException {
    shell = new Shell(folder.resolve("home"));
    List<String> lines = new ArrayList<>();
    for (int hour = 0; hour < 24; hour++) {
      lines.add(tweet("a" + hour, "2017-08-05", hour, hour % 4 == 0 ? "bob" : "ann"));
    }
    lines.add(tweet("b1", "2017-08-06", 3, "ann"));
    lines.add(tweet("b2", "2017-08-06", 17, "ann"));
    lines.add(tweet("c1", "2017-08-08", 10, "bob"));
    lines.add("{\"interaction\":{\"author\":{\"username\":\"bob\"}}}");
    Path file = folder.resolve("tweets.ndjson");
    Files.write(file, lines);
    shell.ok("archive", "import", "--source", "twitter", file.toString());
    shell.ok("archive", "compact");
  }

  private static String tweet(String id, String day, int hour, String author) {
    return """
        {"interaction":{"id":"%s","created_at":"%sT%02d:00:00Z","content":"hello of %s","author":{"username":"%s"}}}"""
        .formatted(id, day, hour, author, author);
  }

  /** Each day of a result says why it has what it has. */
  @Test
  void a_result_says_how_much_of_each_day_was_there() throws IOException {
    shell.ok("archive", "takedown", "--id", "c1", "--now");
    shell.ok("archive", "retain", "--keep", "150d");
    String id =
        shell.submit("alice", "interaction.id exists", "twitter", "2017-08-05", "2017-08-09");
    shell.ok("run", "--until-idle");

    JsonNode manifest = shell.json("results", id, "--manifest");

    List<String> coverage = new ArrayList<>();
    manifest.path("days").forEach(day -> coverage.add(day.path("coverage").asText()));
    assertThat(coverage).containsExactly("dropped", "dropped", "missing", "empty");
  }

  private long matches(String rule) {
    String id = shell.submit("alice", rule, "twitter", "2017-08-05", "2017-08-09");
    shell.ok("run", "--until-idle");
    return shell.ok("results", id).out().lines().count();
  }

  @Test
  void a_takedown_shows_at_once_and_is_complete_after_a_sweep() throws IOException {
    String rule = "interaction.author.username == \"bob\"";
    JsonNode preview = shell.json("archive", "takedown", "--author", "bob", "--dry-run");
    assertThat(preview.path("removed").asLong()).isEqualTo(7);
    assertThat(matches(rule)).isEqualTo(7);
    JsonNode receipt =
        shell.json("archive", "takedown", "--author", "bob", "--reason", "request 1");

    assertThat(receipt.path("state").asText()).isEqualTo("waiting");
    assertThat(receipt.path("removed").asLong()).isEqualTo(7);
    assertThat(receipt.path("days").size()).isEqualTo(2);
    assertThat(receipt.at("/days/0/before/0/sha256").asText()).hasSize(64);
    assertThat(receipt.at("/quarantine/0/removed").asLong()).isEqualTo(1);
    assertThat(matches(rule)).isZero();
    assertThat(shell.ok("archive", "sweep").err()).contains("old files are left");
    String id = receipt.path("id").asText();
    age();
    assertThat(shell.ok("archive", "sweep", "-D", "sweep.grace=1ms").err())
        .contains("receipt %s: complete".formatted(id));
    assertThat(shell.json("archive", "takedown", "--receipt", id).path("state").asText())
        .isEqualTo("complete");
    assertThat(shell.ok("archive", "takedown", "--receipt", id).out())
        .contains("receipt %s: complete since ".formatted(id), "7 interactions on 2 days");
    shell.ok("archive", "verify");
    assertThat(states()).containsExactly("gaps", "gaps", "missing", "empty");
  }

  /** Makes every file as old as the shell's clock, which the disk does not know. */
  private void age() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("home/archive"))) {
      for (Path file : files.toList()) {
        Files.setLastModifiedTime(file, FileTime.from(Shell.START.minusSeconds(60)));
      }
    }
  }

  private List<String> states() throws IOException {
    List<String> states = new ArrayList<>();
    shell.json("archive", "coverage").forEach(day -> states.add(day.path("state").asText()));
    return states;
  }

  @Test
  void what_is_wrong_with_a_takedown_is_said_in_two_lines() {
    assertThat(shell.run("archive", "takedown").complaint())
        .containsExactly(
            "historics: it is not said what to remove",
            "give --author A or --id I, several if you like");
    assertThat(shell.run("archive", "takedown", "--id", "x", "--source", "nix").complaint())
        .containsExactly(
            "historics: the archive has no source 'nix'; it has: twitter",
            "'historics archive import --source S FILE' brings data in");
    Shell.Ran none = shell.run("archive", "takedown", "--receipt", "t1");
    assertThat(none.exitCode()).isEqualTo(3);
    assertThat(none.complaint().get(0)).isEqualTo("historics: there is no receipt 't1'");
    assertThat(shell.run("archive", "takedown", "--receipt", "../x").exitCode()).isEqualTo(2);
    assertThat(
            shell
                .run("archive", "takedown", "--id", "x", "-D", "sweep.grace=0s")
                .complaint()
                .get(0))
        .isEqualTo("historics: sweep.grace (option -D): expected a duration above zero, got '0s'");
  }

  @Test
  void days_are_dropped_after_their_time_and_their_files_go() throws IOException {
    assertThat(shell.json("archive", "retain", "--keep", "100d", "--dry-run")).hasSize(3);
    assertThat(states()).doesNotContain("dropped");

    assertThat(shell.json("archive", "retain", "--keep", "100d")).hasSize(3);

    assertThat(states()).containsExactly("dropped", "dropped", "missing", "dropped");
    assertThat(matches("interaction.id exists")).isZero();
    age();
    shell.ok("archive", "sweep", "-D", "sweep.grace=1ms");
    assertThat(folder.resolve("home/archive/source=twitter/day=2017-08-05/data"))
        .isEmptyDirectory();
    shell.ok("archive", "verify");
    assertThat(shell.run("archive", "retain", "--keep", "soon").complaint().get(0))
        .isEqualTo("historics: --keep: expected a time such as '365d', got 'soon'");
  }

  @Test
  void coverage_is_a_calendar_with_what_needs_a_look() {
    assertThat(shell.ok("archive", "coverage").out())
        .isEqualTo(
            """
            twitter, 2017-08-05 to 2017-08-08: 1 complete, 2 with gaps, 1 missing of 4 days

                     1   5    10   15   20   25   30  complete             records
            2017-08      █░·░                          1 of  4                  27

              2017-08-06                no data at 00-02 04-16 18-23
              2017-08-07                missing
              2017-08-08                no data at 00-09 11-23
              1 record could not be archived: historics archive quarantine ls

            █ all hours  ▓ most  ▒ half  ░ less  · nothing  x dropped (retain)  o taken down
            """);
  }

  @Test
  void days_that_are_not_worth_it_wait() throws IOException {
    Path file = folder.resolve("late.ndjson");
    Files.writeString(file, tweet("late", "2017-08-05", 9, "eve"));
    shell.ok("archive", "import", "--source", "twitter", file.toString());

    Shell.Ran ran =
        shell.ok(
            "archive",
            "compact",
            "-D",
            "compact.min-files=3",
            "-D",
            "compact.min-share=1",
            "-D",
            "compact.quiet=7d");

    assertThat(ran.complaint())
        .containsExactly("nothing is due", "days not worth it yet (compact.* settings): 1");
    assertThat(shell.json("archive", "compact", "--day", "2017-08-05")).hasSize(1);
  }

  @Test
  void days_sealed_with_other_targets_are_sealed_anew_only_if_asked_for() throws IOException {
    String mapping =
        """
        source: diary
        id: {path: id}
        created_at: {path: at}
        interaction:
          content: {path: text}
        targets:
          diary.mood: int
        """;
    Path diary = folder.resolve("home/conf/sources/diary.yaml");
    Files.createDirectories(diary.getParent());
    Files.writeString(diary, mapping);
    Path file = folder.resolve("diary.ndjson");
    Files.writeString(
        file,
        "{\"id\":\"d1\",\"at\":\"2017-08-05T01:00:00Z\",\"text\":\"good\",\"mood\":3,\"place\":\"here\"}\n");
    shell.ok("archive", "import", "--source", "diary", file.toString());
    assertThat(shell.json("archive", "compact")).hasSize(1);
    Files.writeString(diary, mapping + "  diary.place: text\n");

    assertThat(shell.ok("archive", "compact").complaint())
        .containsExactly(
            "nothing to do: every day is sealed",
            "days sealed with other targets than their source has now: 1; --reseal seals them anew");
    assertThat(shell.json("archive", "compact", "--source", "diary", "--reseal")).hasSize(1);
    assertThat(shell.ok("archive", "compact").complaint())
        .containsExactly("nothing to do: every day is sealed");
  }
}
