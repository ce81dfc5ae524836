package dev.historics.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.historics.cli.session.Surroundings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Replays without the queue, by the command and as a tool of Hadoop. */
class AtOnceTest {
  private static final String RULE = "interaction.content contains \"a\"";

  @TempDir Path folder;
  private Shell shell;

  @BeforeEach
  void data_is_there() {
    shell = new Shell(folder.resolve("home"));
    Path made = folder.resolve("made");
    shell.ok(
        ("generate --source twitter --from 2017-08-05 --days 2 --rate 0.001 --out " + made)
            .split(" ", -1));
    shell.ok("archive", "import", "--source", "twitter", made.toString());
  }

  private static List<String> words(String rule, Path out, String... more) {
    List<String> words =
        new ArrayList<>(List.of("replay", "--csdl", rule, "--source", "twitter", "--quiet"));
    words.addAll(List.of("--from", "2017-08-05", "--to", "2017-08-07"));
    words.addAll(List.of("--out", out.toString(), "--output", "json"));
    words.addAll(List.of(more));
    return words;
  }

  private JsonNode replay(String rule, Path out, String... more) throws IOException {
    return shell.ok(words(rule, out, more).toArray(String[]::new)).json();
  }

  private static SortedSet<String> lines(Path folder) throws IOException {
    SortedSet<String> lines = new TreeSet<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".ndjson")).toList()) {
        lines.addAll(Files.readAllLines(file));
      }
    }
    return lines;
  }

  @Test
  void a_replay_finds_what_a_query_does_and_leaves_no_query_behind() throws IOException {
    String id = shell.submit("ann", RULE, "twitter", "2017-08-05", "2017-08-07");
    shell.ok("run", "--until-idle");

    JsonNode answer = replay(RULE, folder.resolve("found"), "--user", "bob");

    Path found = Path.of(URI.create(answer.path("folder").asText()));
    assertThat(lines(found))
        .isEqualTo(new TreeSet<>(shell.ok("results", id).out().lines().toList()))
        .hasSize(answer.path("matched").asInt())
        .isNotEmpty();
    JsonNode manifest = new ObjectMapper().readTree(found.resolve("manifest.json").toFile());
    assertThat(manifest.path("user").asText()).isEqualTo("bob");
    assertThat(manifest.path("matched")).isEqualTo(answer.path("matched"));
    assertThat(manifest.path("in_range").asInt())
        .isEqualTo(manifest.path("matched").asInt() + manifest.path("unmatched").asInt());
    assertThat(shell.json("status")).hasSize(1);
    assertThat(folder.resolve("found").resolve("_jobs")).isEmptyDirectory();
  }

  @Test
  void a_rule_may_name_stored_rules() throws IOException {
    String hash = shell.ok("compile", "--csdl", RULE).out().strip().split("\\s", 2)[0];

    assertThat(replay("stream \"" + hash + "\"", folder.resolve("named")).path("matched"))
        .isEqualTo(replay(RULE, folder.resolve("plain")).path("matched"));
  }

  @Test
  void a_folder_with_something_in_it_is_refused() throws IOException {
    Path out = Files.createDirectory(folder.resolve("found"));
    Files.writeString(out.resolve("mine"), "precious");

    Shell.Ran ran = shell.run(words(RULE, out).toArray(String[]::new));

    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.complaint())
        .containsExactly(
            "historics: --out: expected a folder that is not there yet or empty, got '%s'"
                .formatted(out),
            "nothing is overwritten; name another one");
    assertThat(out).isDirectoryContaining(file -> file.endsWith("mine"));
  }

  @Test
  void as_a_tool_of_hadoop_it_takes_hadoops_options_and_its_own() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Path found = folder.resolve("found");

    int exitCode =
        YarnJar.run(
            new Surroundings(
                InputStream.nullInputStream(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Map.of("HISTORICS_HOME", folder.resolve("home").toString()),
                false,
                InstantSource.fixed(Shell.START)),
            words(RULE, found, "-D", "mapreduce.job.maps=3", "-Drunner.tasks=1"));

    assertThat(exitCode).as(err.toString(StandardCharsets.UTF_8)).isZero();
    JsonNode answer = new ObjectMapper().readTree(out.toString(StandardCharsets.UTF_8));
    assertThat(lines(found)).hasSize(answer.path("matched").asInt()).isNotEmpty();
  }

  @Test
  void a_principal_without_a_keytab_is_an_error_before_anything_is_done() {
    Shell.Ran ran =
        shell.run("archive", "days", "-D", "archive.root=hdfs://a:1/", "-Dkerberos.principal=me");

    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.complaint().get(0))
        .isEqualTo(
            "historics: kerberos.keytab (default): expected both kerberos.principal and"
                + " kerberos.keytab, or none, got ''");
  }

  @Test
  void a_principal_for_a_cluster_that_asks_nobody_is_an_error() throws IOException {
    Path keytab = Files.createFile(folder.resolve("me.keytab"));

    Shell.Ran ran =
        shell.run(
            "archive",
            "days",
            "-D",
            "archive.root=hdfs://a:1/",
            "-Dkerberos.principal=me",
            "-Dkerberos.keytab=" + keytab);

    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.complaint())
        .containsExactly(
            "historics: kerberos.principal is 'me', but Hadoop's settings say"
                + " hadoop.security.authentication=simple",
            "set HADOOP_CONF_DIR to the cluster's settings, or leave kerberos.principal empty");
  }
}
