package dev.historics.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was found before is not looked for again, as long as it is still true. */
class ResultReuseTest {
  private static final String RULE = "interaction.content contains \"a\"";

  @TempDir Path folder;
  private Shell shell;

  @BeforeEach
  void data_is_there() throws IOException {
    shell = new Shell(folder.resolve("home"));
    shell.ok("archive", "import", "--source", "twitter", made("1").toString());
  }

  private Path made(String seed) {
    Path out = folder.resolve("made" + seed);
    shell.ok(
        "generate",
        "--source",
        "twitter",
        "--from",
        "2017-08-05",
        "--days",
        "2",
        "--rate",
        "0.001",
        "--seed",
        seed,
        "--out",
        out.toString());
    return out;
  }

  private String asked(String user) {
    return asked(user, RULE, "2017-08-05", "2017-08-07");
  }

  private String asked(String user, String rule, String from, String to) {
    String id = shell.submit(user, rule, "twitter", from, to);
    shell.ok("run", "--until-idle");
    return id;
  }

  /** The queries that the days of a query were taken from; an empty text for one that was read. */
  private List<String> takenFrom(String id) throws IOException {
    List<String> origins = new ArrayList<>();
    JsonNode manifest = shell.json("results", id, "--manifest");
    manifest.path("days").forEach(day -> origins.add(day.path("reused_from").asText()));
    return origins;
  }

  private SortedSet<String> found(String id) {
    return new TreeSet<>(shell.ok("results", id).out().lines().toList());
  }

  @Test
  void the_same_question_is_answered_from_the_earlier_result() throws IOException {
    String first = asked("ann");
    String second = asked("bob");

    assertThat(takenFrom(first)).containsExactly("", "");
    assertThat(takenFrom(second)).containsExactly(first, first);
    assertThat(found(second)).isNotEmpty().isEqualTo(found(first));
    assertThat(shell.json("status", second).path("read"))
        .isEqualTo(shell.json("status", first).path("read"));
  }

  @Test
  void nothing_is_used_again_where_the_operator_does_not_want_it() throws IOException {
    String first = asked("ann");
    shell.with("HISTORICS_SCHEDULER_REUSE", "false");
    String second = asked("bob");

    assertThat(takenFrom(second)).containsExactly("", "");
    assertThat(found(second)).isEqualTo(found(first));
  }

  @Test
  void whether_results_are_used_again_is_true_or_false() {
    Shell.Ran ran = shell.run("queue", "-D", "scheduler.reuse=often");

    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.complaint().get(0))
        .isEqualTo("historics: scheduler.reuse (option -D): expected true or false, got 'often'");
  }

  @Test
  void the_copy_outlives_the_original() throws IOException {
    String first = asked("ann");
    SortedSet<String> all = found(first);
    String second = asked("bob");
    shell.ok("delete", first);
    shell.ok("run", "--until-idle");

    assertThat(found(second)).isEqualTo(all);
    assertThat(takenFrom(asked("carol"))).containsExactly(second, second);
  }

  @Test
  void another_rule_or_part_of_the_day_is_looked_for() throws IOException {
    asked("ann");

    assertThat(
            takenFrom(
                asked("bob", RULE + " and interaction.id exists", "2017-08-05", "2017-08-06")))
        .containsExactly("");
    assertThat(takenFrom(asked("bob", RULE, "2017-08-05T01:00:00Z", "2017-08-06")))
        .containsExactly("");
  }

  @Test
  void new_data_of_a_day_make_a_new_scan() throws IOException {
    String first = asked("ann");
    shell.ok("archive", "import", "--source", "twitter", made("2").toString());

    String second = asked("bob");

    assertThat(takenFrom(second)).containsExactly("", "");
    assertThat(found(second)).hasSizeGreaterThan(found(first).size());
  }

  @Test
  void after_a_takedown_nothing_of_the_author_comes_from_an_earlier_result() throws IOException {
    String first = asked("ann");
    String line = found(first).first();
    String marker = "\"username\":\"";
    int start = line.indexOf(marker) + marker.length();
    String author = line.substring(start, line.indexOf('"', start));
    shell.ok("archive", "takedown", "--author", author);

    String second = asked("bob");

    assertThat(takenFrom(second)).containsOnly("");
    assertThat(found(second))
        .isNotEmpty()
        .noneMatch(other -> other.contains(marker + author + "\""));
  }

  @Test
  void a_result_that_is_damaged_is_not_passed_on() throws IOException {
    String first = asked("ann");
    SortedSet<String> all = found(first);
    List<Path> parts;
    try (Stream<Path> files = Files.list(folder.resolve("home/results/" + first + "/parts"))) {
      parts = files.sorted().toList();
    }
    byte[] content = Files.readAllBytes(parts.get(0));
    content[content.length / 2] ^= 1;
    Files.write(parts.get(0), content);

    String second = asked("bob");

    assertThat(takenFrom(second)).containsExactlyInAnyOrder("", first);
    assertThat(found(second)).isEqualTo(all);
  }
}
