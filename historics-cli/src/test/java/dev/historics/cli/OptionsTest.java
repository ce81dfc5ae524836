package dev.historics.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.historics.cli.session.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Options, settings, formats and help. */
class OptionsTest {
  @TempDir Path folder;
  private Shell shell;

  @BeforeEach
  void a_home() {
    shell = new Shell(folder.resolve("home"));
  }

  // ---- global options

  @Test
  void global_options_stand_before_or_after_the_command() throws IOException {
    String before = shell.ok("--output", "json", "-D", "scheduler.pool=7", "config", "show").out();
    String between = shell.ok("config", "--output=json", "-Dscheduler.pool=7", "show").out();
    String after = shell.ok("config", "show", "--output", "JSON", "-D", "scheduler.pool=7").out();

    assertThat(value(before, "scheduler.pool")).isEqualTo("7");
    assertThat(between).isEqualTo(before);
    assertThat(after).isEqualTo(before);
  }

  private static String value(String json, String key) throws IOException {
    return setting(json, key).path("value").asText();
  }

  private static JsonNode setting(String json, String key) throws IOException {
    for (JsonNode each : new Shell.Ran(0, json, "").json()) {
      if (each.path("setting").asText().equals(key)) {
        return each;
      }
    }
    throw new AssertionError("no setting " + key);
  }

  @Test
  void the_home_is_the_options_else_the_variables_else_a_hidden_folder() throws IOException {
    Path other = folder.resolve("other");
    Shell bare = new Shell(Path.of("")).with("HOME", folder.toString()).with("HISTORICS_HOME", "");

    assertThat(setting(shell.ok("config", "show", "--output", "json").out(), "home").toString())
        .isEqualTo(
            "{\"setting\":\"home\",\"value\":\"%s\",\"origin\":\"environment HISTORICS_HOME\"}"
                .formatted(folder.resolve("home")));
    assertThat(
            setting(
                    shell
                        .ok("config", "show", "--home", other.toString(), "--output", "json")
                        .out(),
                    "home")
                .toString())
        .contains(other.toString())
        .contains("option --home");
    assertThat(value(bare.ok("config", "show", "--output", "json").out(), "home"))
        .isEqualTo(folder.resolve(".historics").toString());
  }

  @Test
  void a_setting_comes_from_the_strongest_place_that_names_it() throws IOException {
    Path conf = Files.createDirectories(folder.resolve("home/conf"));
    Files.writeString(conf.resolve("historics.yaml"), "scheduler:\n  pool: 2\n  riders: 3\n");
    Shell inEnvironment =
        new Shell(folder.resolve("home"))
            .with("HISTORICS_SCHEDULER_POOL", "4")
            .with("HISTORICS_SCHEDULER_RIDERS", "5");

    String shown =
        inEnvironment.ok("config", "show", "--output", "json", "-D", "scheduler.riders=6").out();

    assertThat(setting(shown, "scheduler.riders").path("origin").asText()).isEqualTo("option -D");
    assertThat(value(shown, "scheduler.riders")).isEqualTo("6");
    assertThat(value(shown, "scheduler.pool")).isEqualTo("4");
    assertThat(setting(shown, "scheduler.pool").path("origin").asText())
        .isEqualTo("environment HISTORICS_SCHEDULER_POOL");
    assertThat(
            setting(shell.ok("config", "show", "--output", "json").out(), "scheduler.pool")
                .path("origin")
                .asText())
        .isEqualTo(conf.resolve("historics.yaml").toString());
    assertThat(setting(shown, "scheduler.jobs").path("origin").asText()).isEqualTo("default");
  }

  @Test
  void secrets_are_masked() {
    String shown =
        shell
            .ok("config", "show", "-D", "state.url=jdbc:postgresql://ann:s3cret@db:5432/queue")
            .out();

    assertThat(shown).contains("jdbc:postgresql://ann:***@db:5432/queue").doesNotContain("s3cret");
    assertThat(
            shell.run("status", "-D", "state.url=jdbc:postgresql://ann:s3cret@db:5432/queue").err())
        .contains("expected an address without a password")
        .doesNotContain("s3cret");
  }

  @Test
  void json_stands_alone_on_the_standard_output() throws IOException {
    Path file = Files.writeString(folder.resolve("bad.ndjson"), "not json\n");

    Shell.Ran ran =
        shell.run("archive", "import", "--source", "twitter", file.toString(), "--output", "json");

    assertThat(ran.json().path("quarantined").asInt()).isEqualTo(1);
    assertThat(ran.err()).startsWith("why records were put aside: ");
    assertThat(
            shell.ok("archive", "import", "--source", "twitter", file.toString(), "--quiet").err())
        .isEmpty();
  }

  @Test
  void an_import_in_csv_has_its_days_as_json() throws IOException {
    Path file = Files.writeString(folder.resolve("bad.ndjson"), "not json\n");

    List<String> lines =
        shell
            .ok("archive", "import", "--source", "twitter", file.toString(), "--output", "csv")
            .out()
            .lines()
            .toList();

    assertThat(lines.get(0))
        .isEqualTo("source,batch,read,stored,duplicates,quarantined,days,problems,replaced");
    assertThat(lines.get(1)).startsWith("twitter,").endsWith(",1,0,0,1,{},[],0");
  }

  @Test
  void nobody_waiting_is_an_empty_list_for_programs_and_a_hint_for_people() throws IOException {
    assertThat(shell.json("queue")).isEmpty();
    assertThat(shell.ok("queue").err()).isEqualTo("nobody waits\n");
    assertThat(shell.ok("queue").out()).isEmpty();
    assertThat(shell.json("status")).isEmpty();
    assertThat(shell.json("archive", "days")).isEmpty();
    assertThat(shell.json("archive", "quarantine", "ls")).isEmpty();
  }

  @Test
  void nothing_is_made_by_commands_that_only_look() {
    shell.ok("version");
    shell.ok("config", "show");
    shell.ok("archive", "days");
    shell.ok("validate", "--csdl", "interaction.content contains \"a\"");

    assertThat(folder.resolve("home")).doesNotExist();
  }

  // ---- help

  static Stream<String> commands() {
    List<String> names = new ArrayList<>();
    collect(new CommandLine(new Historics(null)).getCommandSpec(), "", names);
    return names.stream();
  }

  private static void collect(CommandSpec command, String path, List<String> names) {
    names.add(path);
    command
        .subcommands()
        .forEach((name, below) -> collect(below.getCommandSpec(), path + name + " ", names));
  }

  @ParameterizedTest(name = "historics {0}--help")
  @MethodSource("commands")
  void every_command_has_help_with_an_example(String command) {
    String[] words = (command + "--help").split(" ", -1);

    Shell.Ran ran = shell.ok(words);

    assertThat(ran.out()).startsWith("Usage: historics " + command.strip());
    assertThat(ran.out()).containsPattern("Examples?: .*historics ");
    assertThat(ran.out().lines()).allMatch(line -> line.length() <= 100);
    assertThat(ran.err()).isEmpty();
  }

  @Test
  void help_shows_the_same_as_the_option() {
    assertThat(shell.ok("help", "archive", "import").out())
        .isEqualTo(shell.ok("archive", "import", "--help").out());
    assertThat(shell.run("help", "fly").complaint().get(0))
        .isEqualTo("historics: there is no command 'fly'");
  }

  @Test
  void the_exit_codes_are_listed() throws IOException {
    JsonNode codes = shell.json("help", "exit-codes");

    assertThat(codes)
        .extracting(code -> code.path("code").asInt())
        .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 130);
    assertThat(codes).hasSize(ExitCode.values().length);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bash", "zsh"})
  void the_completion_script_knows_the_commands(String name) {
    assertThat(shell.ok("completion", name).out()).contains("quarantine").contains("--until-idle");
  }

  @Test
  void the_version_is_told() throws IOException {
    assertThat(shell.ok("--version").out()).startsWith("historics ");
    assertThat(shell.json("version").path("java").asText()).startsWith("17");
  }

  // ---- waiting, and rules from everywhere

  @Test
  void a_wait_that_is_too_short_ends_with_7_and_the_query_goes_on() throws IOException {
    Path file = Files.writeString(folder.resolve("one.ndjson"), Lines.interaction("a1"));
    Shell hurried = new Shell(folder.resolve("home"), Duration.ofSeconds(1));
    hurried.ok("archive", "import", "--source", "twitter", file.toString());

    Shell.Ran ran =
        hurried.run(
            "submit",
            "--user",
            "ann",
            "--source",
            "twitter",
            "--last",
            "1d",
            "--csdl",
            "interaction.content contains \"a\"",
            "--wait=2s");

    assertThat(ran.exitCode()).isEqualTo(7);
    assertThat(ran.err()).contains("has not ended yet; it goes on");
    assertThat(hurried.json("queue")).hasSize(1);
  }

  @Test
  void a_rule_comes_from_a_file_the_standard_input_or_the_line() throws IOException {
    String rule = "interaction.content contains \"music\" and language.tag == \"en\"";
    Path file = Files.writeString(folder.resolve("rule.csdl"), "\uFEFF" + rule);

    JsonNode ofFile = shell.json("validate", file.toString());
    JsonNode ofLine = shell.json("validate", "--csdl", rule);
    JsonNode ofInput = shell.typing(rule).json("validate", "-");

    assertThat(ofFile.path("valid").asBoolean()).isTrue();
    assertThat(ofFile.path("hash").asText()).matches("[0-9a-f]{32}");
    assertThat(ofFile.path("complexity").isNumber()).isTrue();
    assertThat(ofFile.path("targets"))
        .extracting(JsonNode::asText)
        .containsExactly("interaction.content", "language.tag");
    assertThat(ofLine).isEqualTo(ofFile);
    assertThat(ofInput).isEqualTo(ofFile);
  }

  @Test
  void the_same_seed_makes_the_same_bytes() throws IOException {
    for (String out : List.of("one", "two")) {
      shell.ok(
          "generate",
          "--source",
          "twitter",
          "--from",
          "2017-08-05",
          "--rate",
          "0.01",
          "--seed",
          "7",
          "--out",
          folder.resolve(out).toString());
    }

    assertThat(folder.resolve("one/2017-08-05.ndjson"))
        .hasSameBinaryContentAs(folder.resolve("two/2017-08-05.ndjson"));
  }
}
