package dev.historics.cli;

import static java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Real processes of the distribution: interrupted, killed, and several at once on one home. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LauncherIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> DAYS = List.of("2017-08-05", "2017-08-06", "2017-08-07");

  private Path program;
  private Path firehose;
  private final List<Original> records = new ArrayList<>();
  private Path folder;
  private Launcher historics;

  @BeforeAll
  void the_distribution_is_unpacked_and_data_made(@TempDir Path shared)
      throws IOException, InterruptedException {
    program = Launcher.unpack(shared.resolve("opt"));
    firehose = shared.resolve("firehose");
    new Launcher(program, shared)
        .ok(
            "generate",
            "--source",
            "twitter",
            "--from",
            DAYS.get(0),
            "--days",
            "3",
            "--rate",
            "0.1",
            "--out",
            firehose.toString());
    for (String day : DAYS) {
      records.addAll(
          Original.read(
              firehose.resolve(day + ".ndjson"),
              json -> json.at("/interaction/id").asText(),
              json ->
                  OffsetDateTime.parse(
                          json.at("/interaction/created_at").asText(), RFC_1123_DATE_TIME)
                      .toInstant()));
    }
  }

  @BeforeEach
  void a_new_home(@TempDir Path folder) {
    this.folder = folder;
    historics = new Launcher(program, folder);
  }

  private void importAll() throws IOException, InterruptedException {
    historics.ok("archive", "import", "--source", "twitter", firehose.toString());
  }

  private String submit(String user, String rule) throws IOException, InterruptedException {
    return historics
        .ok(
            "submit",
            "--quiet",
            "--user",
            user,
            "--source",
            "twitter",
            "--from",
            DAYS.get(0),
            "--to",
            "2017-08-08",
            "--csdl",
            rule)
        .strip();
  }

  private void requireVerified(long expected) throws IOException, InterruptedException {
    JsonNode report = historics.json("archive", "verify");
    assertThat(report.path("problems")).isEmpty();
    assertThat(report.path("records").asLong()).isEqualTo(expected);
  }

  /** The query is over, each of its chunks counts once, and the books balance. */
  private void requireAnswered(String query, Predicate<Original> plain)
      throws IOException, InterruptedException {
    Set<String> expected = new HashSet<>();
    records.stream().filter(plain).forEach(record -> expected.add(record.id()));
    JsonNode status = historics.json("status", query);
    assertThat(status.path("status").asText()).isEqualTo("succeeded");
    assertThat(status.path("read").asInt()).isEqualTo(records.size());
    assertThat(status.path("matched").asInt()).isEqualTo(expected.size());
    EndToEndTest.requireBalance(
        historics.json("results", query, "--manifest"), records.size(), expected.size());
    List<String> ids = new ArrayList<>();
    for (String line : historics.ok("results", query).lines().toList()) {
      ids.add(JSON.readTree(line).at("/interaction/id").asText());
    }
    assertThat(ids).doesNotHaveDuplicates();
    assertThat(new HashSet<>(ids)).isEqualTo(expected);
  }

  private static boolean japanese(Original record) {
    return record.text("/language/tag").equals("ja");
  }

  // ---- the distribution

  @Test
  void it_runs_outside_of_the_checkout_with_an_empty_home() throws Exception {
    historics.without("HISTORICS_HOME");

    String version = historics.ok("version");
    Command days = historics.start("archive", "days");

    assertThat(version).startsWith("historics 0.");
    assertThat(days.exitCode()).isZero();
    assertThat(days.err()).startsWith("no data; 'historics archive import");
    historics.ok("status");
    assertThat(folder.resolve(".historics/state/historics.db")).exists();
  }

  @Test
  void it_tells_when_there_is_no_java() throws Exception {
    Command command = historics.with("JAVA_HOME", folder.toString()).start("version");

    assertThat(command.exitCode()).isEqualTo(1);
    assertThat(command.err())
        .isEqualTo("historics: no Java found; install a JDK 17 or set JAVA_HOME\n");
  }

  @Test
  void a_warm_up_makes_the_archive_of_classes_and_the_next_start_uses_it() throws Exception {
    Path own = Launcher.unpack(folder.resolve("own"));

    Process warmUp = new ProcessBuilder(own.resolve("bin/historics-warm-up").toString()).start();

    assertThat(warmUp.waitFor()).isZero();
    assertThat(own.resolve("lib/historics.jsa")).isNotEmptyFile();
    assertThat(own.resolve("lib/.historics-warm-up")).doesNotExist();
    Command version = new Launcher(own, folder).start("version");
    assertThat(version.exitCode()).isZero();
    assertThat(version.err()).isEmpty();
  }

  // ---- stored rules

  @Test
  void processes_that_compile_the_same_rule_at_once_store_it_once() throws Exception {
    String rule = "interaction.content contains \"rain\"";
    List<Command> compiling = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      compiling.add(historics.start("compile", "--csdl", rule, "--output", "json"));
    }

    List<JsonNode> answers = new ArrayList<>();
    for (Command command : compiling) {
      assertThat(command.exitCode()).as("%s", command).isZero();
      answers.add(JSON.readTree(command.out()));
    }

    assertThat(answers)
        .extracting(answer -> answer.path("hash").asText())
        .containsOnly(historics.json("validate", "--csdl", rule).path("hash").asText());
    assertThat(answers).filteredOn(answer -> answer.path("stored").asBoolean()).hasSize(1);
  }

  // ---- the standard output

  @Test
  void a_full_standard_output_is_a_failure() throws Exception {
    importAll();
    String query = submit("ann", "language.tag == \"ja\"");
    historics.ok("run", "--until-idle");

    Process command = piped("results " + query + " > /dev/full");

    assertThat(command.waitFor()).isEqualTo(1);
    assertThat(new String(command.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
        .startsWith("historics: the standard output cannot be written: No space left on device");
  }

  @Test
  void a_reader_who_has_seen_enough_is_no_failure() throws Exception {
    importAll();
    String query = submit("ann", "language.tag exists");
    historics.ok("run", "--until-idle");

    Process command = piped("results " + query + " | head -n 1");

    String line = new String(command.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(command.waitFor()).isZero();
    assertThat(line.lines()).hasSize(1);
    assertThat(command.getErrorStream().readAllBytes()).isEmpty();
  }

  @Test
  void a_firehose_stops_when_its_reader_has_seen_enough() throws Exception {
    Process command =
        piped("generate --source twitter --from 2017-08-05 --days 5000 --rate 50 | head -n 1");

    String line = new String(command.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(command.waitFor()).isZero();
    assertThat(line.lines()).hasSize(1);
    assertThat(command.getErrorStream().readAllBytes()).isEmpty();
  }

  private Process piped(String line) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            "bash", "-c", "set -o pipefail; " + program.resolve("bin/historics") + " " + line);
    builder.environment().put("HISTORICS_HOME", folder.resolve("home").toString());
    builder.environment().put("HISTORICS_NO_CDS", "1");
    return builder.start();
  }

  // ---- Ctrl-C and kill -9

  @Test
  void an_interrupted_import_ends_with_130_and_is_made_good_by_the_next() throws Exception {
    byte[] day = Files.readAllBytes(firehose.resolve(DAYS.get(0) + ".ndjson"));
    Command command = historics.start("archive", "import", "--source", "twitter", "-");
    OutputStream input = command.input();
    // A pipe holds 64 KB: when all this is written, most of it has been read.
    input.write(day);
    input.flush();

    command.interrupt();

    assertThat(command.exitCode()).isEqualTo(130);
    assertThat(command.err())
        .contains("interrupted: what was read before is stored")
        .doesNotContain("\tat ");
    assertThat(historics.json("archive", "verify").path("problems")).isEmpty();
    importAll();
    requireVerified(records.size());
  }

  @Test
  void an_interrupted_run_ends_with_130_and_the_next_one_finishes() throws Exception {
    importAll();
    String ann = submit("ann", "language.tag == \"ja\"");
    String bob = submit("bob", "not language.tag == \"ja\"");
    Command run = historics.start("run", "--until-idle");
    run.awaitErr("2017-08-06  started");

    run.interrupt();

    assertThat(run.exitCode()).isEqualTo(130);
    assertThat(run.err()).contains("interrupted: running chunks are queued again");
    historics.ok("run", "--until-idle");
    requireAnswered(ann, LauncherIT::japanese);
    requireAnswered(bob, record -> !japanese(record));
    requireVerified(records.size());
  }

  @Test
  void a_killed_run_is_taken_up_by_the_next_one_and_no_chunk_counts_twice() throws Exception {
    importAll();
    String ann = submit("ann", "language.tag == \"ja\"");
    String bob = submit("bob", "not language.tag == \"ja\"");
    for (String day : DAYS) {
      Command run = historics.start("run", "--until-idle");
      run.awaitErr(day + "  started");
      run.kill();
      run.exitCode();
    }

    historics.ok("run", "--until-idle");

    requireAnswered(ann, LauncherIT::japanese);
    requireAnswered(bob, record -> !japanese(record));
  }

  @Test
  void a_killed_import_is_made_good_by_the_next() throws Exception {
    byte[] day = Files.readAllBytes(firehose.resolve(DAYS.get(1) + ".ndjson"));
    Command command = historics.start("archive", "import", "--source", "twitter", "-");
    command.input().write(day);
    command.input().flush();

    command.kill();
    command.exitCode();

    assertThat(historics.json("archive", "verify").path("problems")).isEmpty();
    importAll();
    requireVerified(records.size());
  }

  // ---- several at once

  @Test
  void two_imports_of_the_same_data_store_everything_once() throws Exception {
    String[] line = {
      "archive", "import", "--source", "twitter", firehose.toString(), "--output=json"
    };
    Command one = historics.start(line);
    Command two = historics.start(line);

    assertThat(one.exitCode()).as("%s", one).isZero();
    assertThat(two.exitCode()).as("%s", two).isZero();
    long stored = 0;
    for (Command each : List.of(one, two)) {
      JsonNode ledger = JSON.readTree(each.out());
      stored += ledger.path("stored").asLong();
      assertThat(ledger.path("stored").asLong() + ledger.path("duplicates").asLong())
          .isEqualTo(ledger.path("read").asLong())
          .isEqualTo(records.size());
    }
    assertThat(stored).isEqualTo(records.size());
    requireVerified(records.size());
  }

  @Test
  void two_runs_at_once_do_every_chunk_once() throws Exception {
    importAll();
    String ann = submit("ann", "language.tag == \"ja\"");
    String bob = submit("bob", "not language.tag == \"ja\"");
    Command one = historics.start("run", "--until-idle");
    Command two = historics.start("run", "--until-idle");

    assertThat(one.exitCode()).as("%s", one).isZero();
    assertThat(two.exitCode()).as("%s", two).isZero();

    String said = one.err() + two.err();
    for (String day : DAYS) {
      assertThat(said).containsOnlyOnce(day + "  started");
    }
    requireAnswered(ann, LauncherIT::japanese);
    requireAnswered(bob, record -> !japanese(record));
  }

  @Test
  void queries_submitted_by_many_processes_are_all_queued() throws Exception {
    importAll();
    List<Command> commands = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      commands.add(
          historics.start(
              "submit",
              "--quiet",
              "--user",
              "user" + i % 3,
              "--source",
              "twitter",
              "--from",
              DAYS.get(0),
              "--to",
              DAYS.get(2),
              "--csdl",
              "language.tag == \"ja\""));
    }

    Set<String> ids = new HashSet<>();
    for (Command command : commands) {
      assertThat(command.exitCode()).as("%s", command).isZero();
      ids.add(command.out().strip());
    }

    assertThat(ids).hasSize(6);
    JsonNode queue = historics.json("queue");
    assertThat(queue)
        .extracting(line -> line.path("query").asText())
        .containsExactlyInAnyOrderElementsOf(ids);
  }
}
