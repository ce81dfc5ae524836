package dev.historics.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Names that users give, and that would be paths, devices or control sequences somewhere else. They
 * are refused in one line, or are labels: no file or folder is called by them, and nothing is
 * written outside the home.
 */
class NamesAtThePromptTest {
  private static final String[] RANGE = {
    "--source", "twitter", "--from", "2017-08-05", "--to", "2017-08-06"
  };

  /** None of these is in any path that the program makes of its own accord. */
  private static final List<String> MARKS =
      List.of("etc", "passwd", "evil", "con", "c:", "%2e", "hidden", "\u202e", "\u2025", "aaaaaaa");

  @TempDir Path folder;
  private Shell shell;
  private SortedSet<String> outside;

  static List<String> names() {
    return List.of(
        "../../etc/passwd",
        "..",
        "/etc/passwd",
        "..\\..\\evil",
        "%2e%2e%2fevil",
        "evil\u0000.txt",
        "evil\nnext line",
        "evil\u001b[31mred",
        "a".repeat(300),
        "con",
        "c:evil",
        "evil:stream",
        ".hidden",
        "-evil",
        "\u202Eevil",
        "\u2025/evil",
        "..\uff0fevil",
        "\uD83D\uDE02 evil",
        "evil; rm -rf ~",
        "$(evil)",
        "~/evil");
  }

  @BeforeEach
  void an_archive_with_one_interaction() throws IOException {
    shell = new Shell(folder.resolve("deep/er/home"));
    Path records = Files.writeString(folder.resolve("in.ndjson"), Lines.interaction("a1"));
    shell.ok("archive", "import", "--source", "twitter", records.toString());
    outside = outside();
  }

  private SortedSet<String> paths(Path root) throws IOException {
    try (Stream<Path> below = Files.walk(root)) {
      SortedSet<String> paths = new TreeSet<>();
      below.forEach(path -> paths.add(folder.relativize(path).toString()));
      return paths;
    }
  }

  private SortedSet<String> outside() throws IOException {
    SortedSet<String> paths = paths(folder);
    paths.removeAll(paths(folder.resolve("deep/er/home")));
    return paths;
  }

  private void assertNoPathIsMadeOfIt() throws IOException {
    assertThat(outside()).isEqualTo(outside);
    for (String path : paths(folder.resolve("deep/er/home"))) {
      for (String part : path.split("/", -1)) {
        String name = part.toLowerCase(Locale.ROOT);
        assertThat(MARKS.stream().filter(mark -> !mark.equals("con")).filter(name::contains))
            .as(path)
            .isEmpty();
        assertThat(name).isNotEqualTo("con").doesNotStartWith("-").doesNotStartWith("~");
      }
    }
  }

  /** Nothing that moves the cursor, changes colours, or fakes another line. */
  private static void assertPrintable(Shell.Ran ran) {
    for (String text : List.of(ran.out(), ran.err())) {
      assertThat(text.chars().filter(c -> c != '\n'))
          .as(text)
          .noneMatch(c -> c < 0x20 || (c >= 0x7f && c < 0xa0) || (c >= 0x202a && c <= 0x202e));
    }
  }

  private Shell.Ran run(String command, String... more) {
    List<String> line = new ArrayList<>(List.of(command.split(" ", -1)));
    line.addAll(List.of(more));
    return shell.run(line.toArray(String[]::new));
  }

  private static String[] with(String[] range, String... more) {
    return Stream.concat(Stream.of(more), Stream.of(range)).toArray(String[]::new);
  }

  @Test
  void a_name_of_a_query_is_a_label() throws IOException {
    Map<String, String> ids = new LinkedHashMap<>();
    for (String name : names()) {
      Shell.Ran submitted =
          run(
              "submit --user alice --quiet",
              with(RANGE, "--csdl", "interaction.id exists", "--name=" + name));
      assertThat(submitted.exitCode()).as(submitted.err()).isZero();
      assertThat(submitted.out().strip()).matches("[0-9a-f]{20}");
      ids.put(submitted.out().strip(), name);
    }
    assertPrintable(shell.ok("run", "--until-idle"));

    for (String command : List.of("status", "queue")) {
      assertPrintable(run(command));
    }
    for (Map.Entry<String, String> each : ids.entrySet()) {
      assertPrintable(run("status " + each.getKey()));
      assertThat(shell.json("status", each.getKey()).at("/name").asText())
          .isEqualTo(each.getValue());
    }
    assertNoPathIsMadeOfIt();
  }

  @Test
  void a_user_with_a_hostile_name_is_refused() throws IOException {
    for (String name : names()) {
      Shell.Ran ran =
          run("submit --quiet", with(RANGE, "--csdl", "interaction.id exists", "--user=" + name));

      assertPrintable(ran);
      if (name.matches("[A-Za-z0-9._@-]{1,64}")) {
        assertThat(ran.exitCode()).as(ran.err()).isZero();
      } else {
        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.complaint().get(0)).contains("expected a user of 1 to 64 letters");
      }
    }
    shell.ok("run", "--until-idle");
    assertPrintable(run("queue"));
    assertNoPathIsMadeOfIt();
  }

  @ParameterizedTest
  @MethodSource("names")
  void a_source_with_a_hostile_name_is_refused(String name) throws IOException {
    Path records = folder.resolve("in.ndjson");
    for (List<String> line :
        List.of(
            List.of("archive", "import", "--source=" + name, records.toString()),
            List.of("archive", "compact", "--source=" + name),
            List.of("archive", "takedown", "--id", "1", "--source=" + name),
            List.of("archive", "retain", "--keep", "1d", "--source=" + name),
            List.of(
                "submit",
                "--user",
                "u",
                "--csdl",
                "interaction.id exists",
                "--source=" + name,
                "--from",
                "2017-08-05",
                "--to",
                "2017-08-06"))) {
      Shell.Ran ran = shell.run(line.toArray(String[]::new));

      assertThat(ran.exitCode()).as("%s: %s", line, ran.out()).isNotZero();
      assertThat(ran.complaint()).as(line.toString()).hasSizeBetween(1, 3);
      assertPrintable(ran);
    }
    assertNoPathIsMadeOfIt();
  }

  @Test
  void a_tag_is_a_label() throws IOException {
    List<String> ids = new ArrayList<>();
    for (String name : names()) {
      String quoted = name.replace("\\", "\\\\").replace("\n", "\\n");
      String rule =
          "tag \"%s\" { interaction.id exists } return { interaction.id exists }".formatted(quoted);
      Shell.Ran submitted = run("submit --user alice --quiet", with(RANGE, "--csdl", rule));
      assertPrintable(submitted);
      if (submitted.exitCode() == 0) {
        ids.add(submitted.out().strip());
      }
    }
    shell.ok("run", "--until-idle");

    assertThat(ids).hasSizeGreaterThan(names().size() / 2);
    for (String id : ids) {
      Shell.Ran results = shell.ok("results", id);
      JsonNode match = results.jsonLines().get(0);
      assertThat(match.at("/interaction/tags/0").isTextual()).as(match.toString()).isTrue();
      assertThat(results.out().chars().filter(c -> c < 0x20 && c != '\n')).isEmpty();
    }
    assertNoPathIsMadeOfIt();
  }

  /** Not even if there is a mapping where such a name would lead to. */
  @Test
  void no_mapping_outside_the_folders_for_them_is_read() throws IOException {
    Path conf = Files.createDirectories(folder.resolve("deep/er/home/conf/sources"));
    String mapping = Files.readString(Path.of("../conf/sources/twitter.yaml"));
    Files.writeString(conf.resolveSibling("evil.yaml"), mapping);

    Shell.Ran ran = run("archive import --source ../evil", folder.resolve("in.ndjson").toString());

    assertThat(ran.exitCode()).isEqualTo(3);
    assertThat(ran.complaint().get(0)).startsWith("historics: there is no source '../evil'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "status",
        "results",
        "pause",
        "resume",
        "stop",
        "delete",
        "archive quarantine show",
        "archive quarantine retry",
        "archive takedown --receipt",
        "compile --hash",
        "archive takedown --id 1 --source"
      })
  void a_hostile_id_of_something_is_not_found(String command) throws IOException {
    for (String name :
        List.of("../../etc/passwd", "evil\u0000.txt", "evil\u001b[31mred", "\u202Eevil")) {
      Shell.Ran ran = run(command, name);

      assertThat(ran.exitCode()).as("%s %s: %s", command, name, ran.out()).isIn(2, 3, 4);
      assertThat(ran.complaint()).as("%s %s", command, name).isNotEmpty();
      assertPrintable(ran);
    }
    assertNoPathIsMadeOfIt();
  }

  /** A path for an answer is the user's own; one that cannot be written is refused in a line. */
  @Test
  void a_result_goes_where_the_user_says_or_nowhere() throws IOException {
    String id =
        shell.submit("alice", "interaction.id exists", "twitter", "2017-08-05", "2017-08-06");
    shell.ok("run", "--until-idle");

    for (String out : List.of("", "/", folder.toString(), folder.resolve("no/such/x").toString())) {
      Shell.Ran ran = shell.run("results", id, "--out", out);

      assertThat(ran.exitCode()).as(out).isNotZero();
      assertThat(ran.complaint()).as(out).hasSizeBetween(1, 2);
      assertPrintable(ran);
    }
    for (String out : List.of("\u0000", "evil\u0000x", "a".repeat(300))) {
      Shell.Ran ran = shell.run("results", id, "--out", folder.resolve("x") + out);

      assertThat(ran.exitCode()).as(out).isNotZero();
      assertThat(ran.complaint()).as(out).hasSizeBetween(1, 2);
      assertPrintable(ran);
    }
    assertNoPathIsMadeOfIt();
    Path odd = folder.resolve("\uD83D\uDE02 -.ndjson");
    shell.ok("results", id, "--out", odd.toString());
    assertThat(Files.readString(odd, StandardCharsets.UTF_8)).contains("\"a1\"");
  }
}
