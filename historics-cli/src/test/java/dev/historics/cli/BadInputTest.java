package dev.historics.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What goes in wrong, and what is said of it: one line of cause, one of what to do, the right exit
 * code, and afterwards an archive that verifies and takes the next import.
 */
class BadInputTest {
  private static final String GOOD = Lines.interaction("a1");

  @TempDir Path folder;
  private Shell shell;

  @BeforeEach
  void an_archive_with_one_interaction() throws IOException {
    shell = new Shell(folder.resolve("home"));
    shell.ok("archive", "import", "--source", "twitter", file("good.ndjson", GOOD).toString());
  }

  @AfterEach
  void the_archive_verifies_and_takes_the_next_import() throws IOException {
    Path next = file("next.ndjson", Lines.interaction("next"));

    Shell.Ran ran = shell.ok("archive", "import", "--source", "twitter", next.toString());

    assertThat(ran.out()).startsWith("twitter: read 1 = stored 1");
    assertThat(shell.json("archive", "verify").path("problems")).isEmpty();
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void days_that_the_archive_does_not_have_are_named_by_estimate_and_submit() throws Exception {
    LocalDate there =
        LocalDate.parse(shell.json("archive", "days").path(0).path("day").textValue());
    String[] request = {
      "--csdl",
      "interaction.content exists",
      "--source",
      "twitter",
      "--from",
      there.minusDays(2).toString(),
      "--to",
      there.plusDays(2).toString()
    };
    String missing =
        "missing in the archive, of the 4 days of twitter: %s to %s, %s; 'historics archive coverage --source twitter' shows what is there"
            .formatted(there.minusDays(2), there.minusDays(1), there.plusDays(1));

    assertThat(shell.ok(with(request, "estimate")).err()).contains(missing);
    assertThat(shell.ok(with(request, "submit")).err()).contains(missing);
    assertThat(shell.json(with(request, "estimate")).path("days_missing").intValue()).isEqualTo(3);
    assertThat(
            shell
                .ok(
                    "estimate",
                    "--csdl",
                    "interaction.content exists",
                    "--source",
                    "twitter",
                    "--from",
                    there.toString(),
                    "--to",
                    there.plusDays(1).toString())
                .err())
        .doesNotContain("missing");
  }

  private static String[] with(String[] request, String command) {
    return Stream.concat(Stream.of(command), Arrays.stream(request)).toArray(String[]::new);
  }

  // ---- records

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '`',
      textBlock =
          """
          not json at all                                                    => not JSON
          {"interaction":{"id":"x","type":"twitter","created_at":"gestern"}} => created_at
          {"interaction":{"type":"twitter","created_at":"Sat, 05 Aug 2017 10:30:00 +0000"}} => id
          {"interaction":{"id":"x","type":"twitter"}}                        => no created_at
          {"a":1} {"b":2}                                                    => JSON
          [1,2]                                                              => object
          {"interaction":{"id":"x"                                           => JSON
          """)
  void a_record_that_cannot_be_archived_is_put_aside_with_its_reason(String line, String reason)
      throws IOException {
    Path input = file("in.ndjson", line + "\n" + Lines.interaction("good"));

    JsonNode ledger = shell.json("archive", "import", "--source", "twitter", input.toString());

    assertThat(ledger.path("read").asInt()).isEqualTo(2);
    assertThat(ledger.path("stored").asInt()).isEqualTo(1);
    assertThat(ledger.path("quarantined").asInt()).isEqualTo(1);
    String batch = ledger.path("batch").asText();
    List<JsonNode> aside = shell.ok("archive", "quarantine", "show", batch).jsonLines();
    assertThat(aside).hasSize(1);
    assertThat(aside.get(0).path("reason").asText()).contains(reason);
    assertThat(aside.get(0).path("line").asInt()).isEqualTo(1);
    assertThat(aside.get(0).path("record").asText()).isEqualTo(line);
    assertThat(shell.json("archive", "quarantine", "ls").get(0).path("batch").asText())
        .isEqualTo(batch);
  }

  @Test
  void a_line_of_five_megabytes_is_put_aside() throws IOException {
    String huge = Lines.interaction("x", "Sat, 05 Aug 2017 10:30:00 +0000", "a".repeat(5_000_000));
    Path input = file("in.ndjson", huge + Lines.interaction("good"));

    JsonNode ledger = shell.json("archive", "import", "--source", "twitter", input.toString());

    assertThat(ledger.path("stored").asInt()).isEqualTo(1);
    assertThat(ledger.path("quarantined").asInt()).isEqualTo(1);
    String shown = shell.ok("archive", "quarantine", "show", ledger.path("batch").asText()).out();
    assertThat(shown.length()).isLessThan(10_000);
    assertThat(shown).contains("1048576");
  }

  @Test
  void bytes_that_are_not_utf_8_are_put_aside() throws IOException {
    byte[] line = GOOD.getBytes(StandardCharsets.UTF_8);
    line[20] = (byte) 0xff;
    Path input = Files.write(folder.resolve("in.ndjson"), line);

    JsonNode ledger = shell.json("archive", "import", "--source", "twitter", input.toString());

    assertThat(ledger.path("quarantined").asInt()).isEqualTo(1);
  }

  @Test
  void an_empty_file_is_an_import_of_nothing() throws IOException {
    JsonNode ledger =
        shell.json("archive", "import", "--source", "twitter", file("in.ndjson", "").toString());

    assertThat(ledger.path("read").asInt()).isZero();
    assertThat(ledger.path("days")).isEmpty();
  }

  @Test
  void a_gzip_that_is_cut_gives_what_it_has_and_is_named() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 2000; i++) {
      text.append(Lines.interaction("cut" + i * 7919));
    }
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(text.toString().getBytes(StandardCharsets.UTF_8));
    }
    byte[] half = Arrays.copyOf(packed.toByteArray(), packed.size() / 2);
    Path input = Files.write(folder.resolve("cut.ndjson.gz"), half);

    Shell.Ran ran =
        shell.run("archive", "import", "--source", "twitter", input.toString(), "--output", "json");

    assertThat(ran.exitCode()).isEqualTo(6);
    assertThat(ran.err()).contains("cut.ndjson.gz:").contains("the input is cut or damaged");
    JsonNode ledger = ran.json();
    assertThat(ledger.path("problems")).hasSize(1);
    assertThat(ledger.path("stored").asInt()).isPositive();
    assertThat(ledger.path("read").asInt())
        .isEqualTo(
            ledger.path("stored").asInt()
                + ledger.path("duplicates").asInt()
                + ledger.path("quarantined").asInt());

    Path whole = Files.write(folder.resolve("whole.ndjson.gz"), packed.toByteArray());
    JsonNode again = shell.json("archive", "import", "--source", "twitter", whole.toString());
    assertThat(again.path("stored").asInt() + ledger.path("stored").asInt()).isEqualTo(2000);
  }

  @Test
  void an_import_that_shall_fail_at_a_bad_record_stores_nothing() throws IOException {
    Path good = file("more.ndjson", Lines.interaction("more"));
    Path bad = file("bad.ndjson", "not json\n");

    Shell.Ran ran =
        shell.run(
            "archive",
            "import",
            "--source",
            "twitter",
            "--on-error",
            "fail",
            good.toString(),
            bad.toString());

    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.complaint()).hasSize(2);
    assertThat(ran.err())
        .contains("bad.ndjson:1: not JSON")
        .contains("nothing was stored. Mend the input, or import with --on-error quarantine");
    assertThat(shell.json("archive", "days").get(0).path("records").asInt()).isEqualTo(1);
  }

  // ---- what is asked for

  /** HOME, DIR and FILE stand for the home, an empty folder and a file with one interaction. */
  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '`',
      textBlock =
          """
          # sources, files and folders
          archive import --source nosuch FILE => 3 => there is no source 'nosuch'; known with a mapping: bluesky, datasift, github, trolltweets, twitter, usgs, wikipedia
          archive import --source twitter /no/such/file => 3 => there is no file or folder '/no/such/file'
          archive import --source twitter DIR => 1 => DIR: expected a directory with files, found none
          archive import --source twitter --mapping /no/map.yaml FILE => 3 => the mapping /no/map.yaml cannot be read
          archive import --source twitter --on-error panic FILE => 2 => Invalid value for option '--on-error'
          archive import --source twitter => 2 => Missing required parameter: 'FILE|DI
          archive import FILE => 2 => Missing required option: '--source=S'
          archive days --source nosuch => 3 => the archive has no source 'nosuch'; it has: twitter
          archive days --from soon => 2 => --from: expected a time such as
          archive verify --day 2017-08-09 => 3 => the archive has no data of 2017-08-09
          archive verify --day 2017-8-9 => 2 => --day: expected a day such as '2017-08-05', got '2017-8-9'
          archive compact --day today => 2 => --day: expected a day such as
          archive quarantine show nosuch => 3 => the quarantine has nothing of batch 'nosuch'
          archive quarantine => 2 => a command is missing: ls, show or retry
          generate --source twitter --from 2017-08-05 --days 0 => 2 => expected one day or more
          generate --source twitter --from 2017-08-05 --rate x => 2 => Invalid value for option '--rate'
          # queries
          submit --user a --source nosuch --from 2017-08-05 --to 2017-08-06 --csdl RULE => 3 => the archive has no source 'nosuch'; it has: twitter
          submit --user a --source twitter --from 2017-08-06 --to 2017-08-05 --csdl RULE => 2 => --to must be after --from, got [2017-08-06T00:00:00Z, 2017-08-05T00:00:00Z)
          submit --user a --source twitter --from 2017-08-06 --to 2017-08-06 --csdl RULE => 2 => --to must be after --from
          submit --user a --source twitter --from 2017-08-06 --csdl RULE => 2 => a time range is missing: --to
          submit --user a --source twitter --last 7d --from 2017-08-06 --csdl RULE => 2 => --last cannot be given together with --from or --to
          submit --user a --source twitter --last week --csdl RULE => 2 => --last: expected a duration such as '7d' or '12h', got 'week'
          submit --user a/b --source twitter --last 7d --csdl RULE => 2 => expected a user of 1 to 64 letters, digits, '.', '_', '@' or '-', got 'a/b'
          submit --user a --source twitter --last 7d --sample 0 --csdl RULE => 2 => a sample is over 0 and at most 100 per cent
          submit --user a --source twitter --last 7d --sample 101 --csdl RULE => 2 => a sample is over 0 and at most 100 per cent
          submit --user a --source twitter --last 7d --csdl RULE --wait=soon => 2 => --wait: expected a duration
          submit --user a --source twitter --from 1970-01-01 --to 2099-01-01 --csdl RULE => 2 => a query covers at most 36525 days, got 47117
          estimate --source twitter --from 1970-01-01 --to 9999-12-31 --csdl RULE => 2 => a query covers at most 36525 days
          submit --user a --source twitter --from 1960-01-01 --to 2017-08-06 --csdl RULE => 2 => --from: expected a time from 1970-01-01 to 9999-12-31, got '1960-01-01'
          estimate --source twitter --from 0001-01-01 --to 2017-08-06 --csdl RULE => 2 => --from: expected a time from 1970-01-01 to 9999-12-31, got '0001-01-01'
          explain --source twitter --from 1960-01-01 --to 2017-08-06 --csdl RULE => 2 => --from: expected a time from 1970-01-01 to 9999-12-31, got '1960-01-01'
          replay --source twitter --from -1 --to 2017-08-06 --csdl RULE --out /no => 2 => --from: expected a time from 1970-01-01 to 9999-12-31, got '-1'
          estimate --source twitter --from 2017-08-06 --to 253402300801 --csdl RULE => 2 => --to: expected a time from 1970-01-01 to 9999-12-31, got '253402300801'
          estimate --source twitter --last 30000d --csdl RULE => 2 => --last: expected a time that begins in 1970 or later, got '30000d'
          estimate --source twitter --last 99999999999999999999d --csdl RULE => 2 => --last: expected a duration such as '7d' or '12h', got '99999999999999999999d'
          archive days --from 1969-12-31 => 2 => --from: expected a time from 1970-01-01 to 9999-12-31, got '1969-12-31'
          archive coverage --from 1969-12-31 --to 2017-08-06 => 2 => --from: expected a day from 1970-01-01 to 9999-12-31, got '1969-12-31'
          archive verify --day +10000-01-01 => 2 => --day: expected a day from 1970-01-01 to 9999-12-31, got '+10000-01-01'
          generate --source twitter --from 1969-12-31 => 2 => --from: expected a day from 1970-01-01 to 9999-12-31, got '1969-12-31'
          schedule add --source twitter --every day --since 0001-01-01 --csdl RULE => 2 => --since: expected a day from 1970-01-01 to 9999-12-31, got '0001-01-01'
          schedule add --source twitter --every day --since=-99999999-01-03 --csdl RULE => 2 => --since: expected a day from 1970-01-01 to 9999-12-31, got '-99999999-01-03'
          schedule add --source twitter --every month --since=+999999999-12-31 --csdl RULE => 2 => --since: expected a day from 1970-01-01 to 9999-12-31, got '+999999999-12-31'
          schedule add --source twitter --every day --delay 99999999999999d --csdl RULE => 2 => --delay: expected a duration such as '30m' or '2h', got '99999999999999d'
          queue -D scheduler.quota.bytes-per-day=*=18014398509481985KB => 2 => scheduler.quota.bytes-per-day (option -D): expected users or groups and their limits such as '*=10GB, press=100GB', got '*=18014398509481985KB'
          queue -D scheduler.quota.bytes-per-day=*=99999999999GB => 2 => scheduler.quota.bytes-per-day (option -D): expected users or groups
          queue -D scheduler.quota.bytes-per-day=*=99999999999999999999GB => 2 => scheduler.quota.bytes-per-day (option -D): expected users or groups
          archive import -D import.memory=9223372036854775807GB --source twitter FILE => 2 => import.memory (option -D): expected a size such as '512KB' or '1MB'
          run -D scheduler.half-life=9223372036854775807d => 2 => scheduler.half-life (option -D): expected a duration such as '30s' or '5m'
          simulate => 2 => a workload is missing
          simulate --synthetic nosuch => 2 => Invalid value for option '--synthetic': expected one of light, normal, overload, petabyte, got 'nosuch'
          submit --user a --source twitter --last 7d => 2 => a rule is missing
          submit --user a --source twitter --last 7d FILE --csdl RULE => 2 => there are two rules: a file and --csdl
          submit --user a --source twitter --last 7d /no/rule.csdl => 3 => there is no rule file '/no/rule.csdl'
          submit --user a --source twitter --last 7d DIR => 1 => DIR cannot be read
          explain --csdl RULE --from 2017-08-05 --to 2017-08-06 => 2 => a time range needs --source
          explain --csdl RULE --source nosuch => 3 => the archive has no source 'nosuch'; it has: twitter
          explain --csdl RULE --source twitter --from 2017-08-05 => 2 => a time range is missing: --to
          explain => 2 => a rule is missing
          status ffffffffffffffffffff => 3 => there is no query 'ffffffffffffffffffff'
          status ffff => 3 => there is no query 'ffff'
          status fff => 3 => there is no query 'fff'
          results ffffffffffffffffffff => 3 => there is no query 'ffffffffffffffffffff'
          results --format pdf ffffffffffffffffffff => 2 => --format: expected ndjson, got 'pdf'
          pause ffffffffffffffffffff => 3 => there is no query 'ffffffffffffffffffff'
          resume ffffffffffffffffffff => 3 => there is no query 'ffffffffffffffffffff'
          stop ffffffffffffffffffff => 3 => there is no query 'ffffffffffffffffffff'
          delete ffffffffffffffffffff => 3 => there is no query 'ffffffffffffffffffff'
          # the line itself
          fly => 2 => 'historics' has no command 'fly'
          qeueu => 2 => 'historics' has no command 'qeueu'
          archive improt => 2 => 'historics archive' has no command 'improt'; did you mean 'import'?
          archive days --sourc x => 2 => 'historics archive days' has no option '--sourc'; did you mean '--source'?
          version please => 2 => 'historics version' takes no argument 'please'
          archive => 2 => a command is missing after 'archive'
          --output xml status => 2 => Invalid value for option '--output'
          # settings
          status -D scheduler.pol=3 => 2 => option -D: no such setting 'scheduler.pol', did you mean 'scheduler.pool'?
          status -D pool=3 => 2 => option -D: no such setting 'pool', did you mean 'scheduler.pool'?
          status -D scheduler.pool => 2 => -D: expected KEY=VALUE such as scheduler.pool=5, got 'scheduler.pool'
          status -D scheduler.pool=many => 2 => scheduler.pool (option -D): expected a whole number of at least 1, got 'many'
          status -D scheduler.pool=0 => 2 => scheduler.pool (option -D): expected a whole number of at least 1, got '0'
          status -D scheduler.starvation=soon => 2 => scheduler.starvation (option -D): expected a duration such as '30s' or '5m', got 'soon'
          status -D scheduler.policy=luck => 2 => scheduler.policy (option -D): expected one of fair, tickets, seed, fifo, greedy, got 'luck'
          status -D scheduler.weights=ann => 2 => scheduler.weights (option -D): expected users or groups and their weights such as 'ann=2, press=0.5', got 'ann'
          status -D scheduler.weights=ann=0 => 2 => the weight of 'ann' must be over 0 and at most 1000000, got 0.0
          status -D scheduler.groups=ann=x,ann=y => 2 => scheduler.groups (option -D): expected users and their groups such as 'ann=press, bob=press', each name once, got 'ann=x,ann=y'
          status -D estimate.bytes-per-second=fast => 2 => estimate.bytes-per-second (option -D): expected a size such as
          status -D state.url=mysql:x => 2 => state.url (option -D): expected an address such as 'sqlite:state/historics.db' or 'jdbc:postgresql://host:5432/historics', got 'mysql:x'
          run --until-idle -D runner=moon => 2 => runner (option -D): expected local or yarn, got 'moon'
          archive import --source twitter -D import.max-record=big FILE => 2 => import.max-record (option -D): expected a size
          """)
  void a_wrong_line_is_told_in_one_line_of_cause_and_one_of_advice(
      String line, int exitCode, String cause) throws IOException {
    Path good = file("one.ndjson", GOOD);
    Path empty = Files.createDirectories(folder.resolve("empty"));
    String[] words =
        Arrays.stream(line.split(" ", -1))
            .map(word -> word.equals("FILE") ? good.toString() : word)
            .map(word -> word.equals("DIR") ? empty.toString() : word)
            .map(word -> word.equals("RULE") ? "interaction.content contains \"a\"" : word)
            .toArray(String[]::new);

    Shell.Ran ran = shell.run(words);

    assertThat(ran.exitCode()).as(ran.err()).isEqualTo(exitCode);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.complaint()).hasSize(2);
    assertThat(ran.complaint().get(0))
        .startsWith(
            "historics: " + cause.replace("DIR ", empty + " ").replace("DIR:", empty + ":"));
    assertThat(ran.complaint().get(1)).isNotBlank();
    assertThat(shell.json("queue")).isEmpty();
  }

  @Test
  void all_errors_of_a_mapping_are_shown_at_once() throws IOException {
    Path mapping = file("map.yaml", "source: Mine!\nid: {paht: id}\n");
    Path good = file("one.ndjson", GOOD);

    Shell.Ran ran =
        shell.run(
            "archive",
            "import",
            "--source",
            "mine",
            "--mapping",
            mapping.toString(),
            good.toString());

    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.complaint()).hasSizeGreaterThan(3).last().isEqualTo("correct the mapping");
    assertThat(ran.err())
        .contains(mapping + ":1:9: ")
        .contains(mapping + ":2:6: ")
        .contains("created_at");
  }

  @Test
  void all_errors_of_a_rule_are_shown_at_once() throws IOException {
    String rule =
        """
        interaction.contnet contains "a"
        and language.tag containz "b"
        and foo.bar == 3
        """;
    Path file = file("rule.csdl", rule);

    Shell.Ran shown = shell.run("validate", file.toString());
    Shell.Ran listed = shell.run("validate", file.toString(), "--output", "json");
    Shell.Ran submitted =
        shell.run("submit", file.toString(), "--user", "a", "--source", "twitter", "--last", "1d");

    assertThat(shown.exitCode()).isEqualTo(2);
    assertThat(shown.err())
        .contains(file + ":1:1: error: unknown target 'interaction.contnet'")
        .contains("hint: did you mean 'interaction.content'?")
        .contains(file + ":2:18: error: unknown operator 'containz'")
        .contains(file + ":3:5: error: unknown target 'foo.bar'")
        .contains("^^^^^^^");
    assertThat(listed.exitCode()).isEqualTo(2);
    assertThat(listed.json().path("valid").asBoolean(true)).isFalse();
    assertThat(listed.json().path("errors")).hasSize(3);
    assertThat(EndToEndTest.fields(listed.json().path("errors").get(1)))
        .containsExactly("column", "file", "hint", "length", "line", "message");
    assertThat(listed.json().path("errors").get(1).path("file").asText())
        .isEqualTo(file.toString());
    assertThat(listed.json().path("errors").get(1).path("line").asInt()).isEqualTo(2);
    assertThat(listed.json().path("errors").get(1).path("length").asInt()).isEqualTo(8);
    assertThat(submitted.exitCode()).isEqualTo(2);
    assertThat(submitted.err())
        .contains(shown.err())
        .contains("historics: the rule does not compile: 3 errors");
  }

  @Test
  void a_rule_that_is_not_utf_8_is_refused() throws IOException {
    Path file =
        Files.write(
            folder.resolve("rule.csdl"),
            "interaction.content contains \"caf\u00e9\"".getBytes(StandardCharsets.ISO_8859_1));

    Shell.Ran ran = shell.run("validate", file.toString());

    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.complaint())
        .containsExactly("historics: %s is not UTF-8".formatted(file), "save the rule as UTF-8");
  }

  // ---- the home

  /** A file in place of the folder is what stops root too. */
  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      textBlock =
          """
          status
          queue
          archive days
          archive verify
          run --until-idle
          archive import --source twitter FILE
          """)
  void a_home_that_cannot_be_is_named(String line) throws IOException {
    Path blocked = file("blocked", "in the way");
    Path good = file("one.ndjson", GOOD);

    for (Path home : List.of(blocked, blocked.resolve("below"))) {
      Shell.Ran ran =
          shell.run((line.replace("FILE", good.toString()) + " --home " + home).split(" ", -1));

      assertThat(ran.exitCode()).isEqualTo(1);
      assertThat(ran.complaint())
          .containsExactly(
              "historics: the home %s cannot be used: %s is a file".formatted(home, blocked),
              "give another one with --home DIR or HISTORICS_HOME, or change its permissions");
    }
    assertThat(blocked).hasContent("in the way");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '`',
      textBlock =
          """
          scheduler: [1, 2      => CONF:1:17: not YAML: expected ',' or ']'
          just words            => CONF: expected lines such as 'scheduler.pool: 5'
          `scheduler.pol: 3`    => CONF: no such setting 'scheduler.pol', did you mean 'scheduler.pool'?
          `scheduler.pool: many`=> scheduler.pool (CONF): expected a whole number of at least 1, got 'many'
          """)
  void wrong_settings_in_the_home_are_told_with_their_place(String yaml, String cause)
      throws IOException {
    Path conf = folder.resolve("other/conf/historics.yaml");
    Files.createDirectories(conf.getParent());
    Files.writeString(conf, yaml);

    Shell.Ran ran = shell.run("status", "--home", folder.resolve("other").toString());

    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.complaint()).hasSize(2);
    assertThat(ran.complaint().get(0))
        .startsWith("historics: " + cause.replace("CONF", conf.toString()));
  }

  @Test
  void settings_that_are_not_utf_8_are_refused() throws IOException {
    Path conf = folder.resolve("other/conf/historics.yaml");
    Files.createDirectories(conf.getParent());
    Files.write(conf, new byte[] {'a', ':', ' ', (byte) 0xff});

    Shell.Ran ran = shell.run("status", "--home", folder.resolve("other").toString());

    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.complaint())
        .containsExactly("historics: %s is not UTF-8".formatted(conf), "save the file as UTF-8");
  }

  @Test
  void a_state_that_is_no_database_is_left_as_it_is() throws IOException {
    Path state = folder.resolve("other/state/historics.db");
    Files.createDirectories(state.getParent());
    Files.writeString(state, "no database at all. ".repeat(50));

    Shell.Ran ran = shell.run("status", "--home", folder.resolve("other").toString());

    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.complaint())
        .containsExactly(
            "historics: %s is not a state database".formatted(state),
            "check the path, or restore it from a backup");
    assertThat(state).hasContent("no database at all. ".repeat(50));
  }

  @Test
  void a_state_of_a_newer_version_is_left_as_it_is() throws IOException, SQLException {
    shell.ok("status");
    Path state = folder.resolve("home/state/historics.db");
    version(state, 99);

    Shell.Ran ran = shell.run("status");

    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.complaint())
        .containsExactly(
            "historics: state database %s has version 99, this program knows versions up to 9"
                .formatted(state),
            "use the newer program");
    version(state, 5);
    shell.ok("status");
  }

  private static void version(Path state, int version) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + state);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA user_version = " + version);
    }
  }

  @Test
  void a_damaged_state_is_told_and_the_archive_does_not_suffer() throws IOException {
    shell.submit("a", "interaction.content contains \"a\"", "twitter", "2017-08-05", "2017-08-06");
    Path state = folder.resolve("home/state/historics.db");
    byte[] bytes = Files.readAllBytes(state);
    Arrays.fill(bytes, 4096, bytes.length, (byte) 0x5a);
    Files.write(state, bytes);

    Shell.Ran ran = shell.run("status");

    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.complaint()).hasSize(2);
    assertThat(ran.err()).contains(state.toString());
  }

  @Test
  void a_stack_trace_is_shown_only_when_asked_for() {
    assertThat(shell.run("archive", "verify", "--source", "nosuch").err()).doesNotContain("\tat ");
    assertThat(shell.run("archive", "verify", "--source", "nosuch", "-v").err()).contains("\tat ");
  }
}
