package dev.historics.cli;

import static java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The main job, told in order: data comes in, three users ask, everybody gets what is there. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class EndToEndTest {
  private static final String POPULAR = "twitter.user.followers_count >= 500";

  private Path folder;
  private Shell shell;
  private final List<Original> twitter = new ArrayList<>();
  private final List<Original> tumblr = new ArrayList<>();
  private String alice;
  private String bob;
  private String carol;

  @BeforeAll
  void data_is_made(@TempDir Path folder) throws IOException {
    this.folder = folder;
    shell = new Shell(folder.resolve("home"));
    generate("twitter", "0.02", twitter);
    generate("tumblr", "0.01", tumblr);
  }

  private void generate(String source, String rate, List<Original> records) throws IOException {
    Path out = folder.resolve(source);
    shell.ok(
        "generate",
        "--source",
        source,
        "--from",
        "2017-08-05",
        "--days",
        "3",
        "--rate",
        rate,
        "--out",
        out.toString());
    for (String day : List.of("2017-08-05", "2017-08-06", "2017-08-07")) {
      records.addAll(
          Original.read(
              out.resolve(day + ".ndjson"),
              json -> json.at("/interaction/id").asText(),
              json -> created(json.at("/interaction/created_at").asText())));
    }
  }

  static Instant created(String text) {
    return OffsetDateTime.parse(text, RFC_1123_DATE_TIME).toInstant();
  }

  @Test
  @Order(1)
  void what_is_imported_is_stored_day_by_day() throws IOException {
    for (List<Original> records : List.of(twitter, tumblr)) {
      String source = records == twitter ? "twitter" : "tumblr";

      JsonNode ledger =
          shell.json("archive", "import", "--source", source, folder.resolve(source).toString());

      assertThat(ledger.path("source").asText()).isEqualTo(source);
      assertThat(ledger.path("read").asInt()).isEqualTo(records.size());
      assertThat(ledger.path("stored").asInt()).isEqualTo(records.size());
      assertThat(ledger.path("duplicates").asInt()).isZero();
      assertThat(ledger.path("quarantined").asInt()).isZero();
      assertThat(ledger.path("days").path("2017-08-06").path("stored").asLong())
          .isEqualTo(of(records, "2017-08-06"));
    }
  }

  private static long of(List<Original> records, String day) {
    return records.stream().filter(record -> record.created().toString().startsWith(day)).count();
  }

  @Test
  @Order(2)
  void importing_again_finds_duplicates_alone() throws IOException {
    JsonNode ledger =
        shell.json("archive", "import", "--source", "tumblr", folder.resolve("tumblr").toString());

    assertThat(ledger.path("stored").asInt()).isZero();
    assertThat(ledger.path("duplicates").asInt()).isEqualTo(tumblr.size());
  }

  @Test
  @Order(3)
  void days_tell_their_records_before_and_after_sealing() throws IOException {
    JsonNode landing = shell.json("archive", "days");
    shell.ok("archive", "compact", "--source", "twitter");
    JsonNode sealed = shell.json("archive", "days", "--from", "2017-08-06", "--to", "2017-08-07");

    assertThat(landing).hasSize(6);
    assertThat(landing)
        .allSatisfy(day -> assertThat(day.path("state").asText()).isEqualTo("landing"));
    assertThat(sealed).hasSize(2);
    JsonNode day = sealed.get(1);
    assertThat(fields(day))
        .contains("source", "day", "records", "bytes", "files", "state", "coverage");
    assertThat(day.path("source").asText()).isEqualTo("twitter");
    assertThat(day.path("day").asText()).isEqualTo("2017-08-06");
    assertThat(day.path("records").asLong()).isEqualTo(of(twitter, "2017-08-06"));
    assertThat(day.path("state").asText()).isEqualTo("sealed");
    assertThat(day.path("coverage").asDouble()).isEqualTo(1.0);
    assertThat(day.path("bytes").asLong()).isPositive();
  }

  static Set<String> fields(JsonNode object) {
    Set<String> names = new TreeSet<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  @Test
  @Order(4)
  void three_users_queue_up_in_turns() throws IOException {
    JsonNode submitted =
        shell.json(
            "submit",
            "--user",
            "alice",
            "--name",
            "the \"word\"",
            "--source",
            "twitter,tumblr",
            "--from",
            "2017-08-05",
            "--to",
            "2017-08-08",
            "--csdl",
            "interaction.content contains \"the\"");
    alice = submitted.path("id").asText();
    bob = shell.submit("bob", "language.tag == \"ja\"", "twitter", "2017-08-05", "2017-08-07");
    carol =
        shell.submit("carol", POPULAR, "twitter", "2017-08-05T12:00:00Z", "2017-08-07T18:30:00Z");

    assertThat(submitted.path("status").asText()).isEqualTo("queued");
    assertThat(submitted.path("hash").asText()).matches("[0-9a-f]{32}");
    assertThat(submitted.path("chunks").asInt()).isEqualTo(3);
    JsonNode queue = shell.json("queue");
    assertThat(queue)
        .extracting(line -> line.path("user").asText())
        .containsExactly("alice", "bob", "carol");
    assertThat(queue).extracting(line -> line.path("next_ticket").asInt()).containsExactly(1, 2, 3);
    assertThat(queue).allSatisfy(line -> assertThat(line.path("why").asText()).isNotEmpty());
    JsonNode status = shell.json("status", alice);
    assertThat(fields(status.path("estimated_completion"))).containsExactly("p10", "p50", "p90");
    assertThat(status.path("name").asText()).isEqualTo("the \"word\"");
  }

  @Test
  @Order(5)
  void a_run_until_idle_answers_everybody_and_shares_days() throws IOException {
    assertThat(shell.run("results", alice).complaint())
        .first()
        .isEqualTo("historics: query %s has no results yet: it is queued".formatted(alice));

    Shell.Ran run = shell.ok("run", "--until-idle");

    assertThat(run.err())
        .contains("for alice " + alice.substring(0, 8) + ", bob " + bob.substring(0, 8));
    assertThat(run.err()).contains("query %s of bob succeeded".formatted(bob));
    assertThat(shell.json("queue")).isEmpty();
    JsonNode day = shell.json("status", bob).path("chunks").get(0);
    assertThat(day.path("shared_with"))
        .extracting(JsonNode::asText)
        .containsExactlyInAnyOrder(alice, carol);
  }

  @Test
  @Order(6)
  void the_report_looks_back_at_the_estimates_that_were_made() throws IOException {
    JsonNode report = shell.json("estimates", "report");

    assertThat(report.path("queries").asInt()).isEqualTo(3);
    assertThat(report.path("finish"))
        .extracting(stage -> stage.path("life").asDouble())
        .containsExactly(0.0, 0.25, 0.5, 0.75);
    assertThat(fields(report.path("finish").get(0)))
        .contains("median_error", "p90_error", "bias", "coverage", "width", "naive", "fifo");
    assertThat(fields(report.path("jobs"))).contains("within_25_percent", "terms");
    assertThat(shell.ok("estimates", "report").out())
        .startsWith("finish times of 3 queries")
        .contains("each job");
  }

  @Test
  @Order(6)
  void a_status_has_the_shape_of_the_contract() throws IOException {
    JsonNode status = shell.json("status", carol);

    assertThat(fields(status))
        .contains(
            "id",
            "name",
            "user",
            "hash",
            "start",
            "end",
            "sources",
            "sample",
            "status",
            "progress",
            "read",
            "matched",
            "quarantined",
            "estimated_completion",
            "chunks");
    assertThat(status.path("start").asText()).isEqualTo("2017-08-05T12:00:00Z");
    assertThat(status.path("end").asText()).isEqualTo("2017-08-07T18:30:00Z");
    assertThat(status.path("status").asText()).isEqualTo("succeeded");
    assertThat(status.path("progress").asDouble()).isEqualTo(1.0);
    assertThat(status.path("sample").asDouble()).isEqualTo(100.0);
    assertThat(status.path("chunks")).hasSize(3);
    for (JsonNode chunk : status.path("chunks")) {
      assertThat(fields(chunk))
          .contains(
              "day",
              "status",
              "progress",
              "ticket",
              "job",
              "shared_with",
              "read",
              "matched",
              "started",
              "ended",
              "estimated_completion");
      assertThat(Instant.parse(chunk.path("ended").asText()))
          .isAfter(Instant.parse(chunk.path("started").asText()))
          .isAfter(Shell.START);
    }
  }

  @Test
  @Order(7)
  void everybody_gets_exactly_what_a_plain_count_finds() throws IOException {
    String from = "2017-08-05T00:00:00Z";
    String to = "2017-08-08T00:00:00Z";
    List<Original> both = new ArrayList<>(twitter);
    both.addAll(tumblr);

    requireExactly(alice, both, from, to, record -> record.hasWord("/interaction/content", "the"));
    requireExactly(
        bob,
        twitter,
        from,
        "2017-08-07T00:00:00Z",
        record -> record.text("/language/tag").equals("ja"));
    requireExactly(
        carol,
        twitter,
        "2017-08-05T12:00:00Z",
        "2017-08-07T18:30:00Z",
        record -> record.json().at("/twitter/user/followers_count").asInt(0) >= 500);
  }

  private void requireExactly(
      String query, List<Original> records, String from, String to, Predicate<Original> rule)
      throws IOException {
    List<Original> inRange = records.stream().filter(record -> record.within(from, to)).toList();
    Set<String> expected = new HashSet<>();
    inRange.stream().filter(rule).forEach(record -> expected.add(record.id()));

    List<JsonNode> lines = shell.ok("results", query).jsonLines();
    JsonNode status = shell.json("status", query);
    JsonNode manifest = shell.json("results", query, "--manifest");

    assertThat(expected).isNotEmpty();
    assertThat(lines)
        .extracting(line -> line.at("/interaction/id").asText())
        .containsExactlyInAnyOrderElementsOf(expected);
    assertThat(status.path("matched").asInt()).isEqualTo(expected.size());
    assertThat(status.path("read").asInt()).isEqualTo(inRange.size());
    requireBalance(manifest, inRange.size(), expected.size());
  }

  static void requireBalance(JsonNode manifest, long inRange, long matched) {
    assertThat(manifest.path("in_range").asLong()).isEqualTo(inRange);
    assertThat(manifest.path("matched").asLong()).isEqualTo(matched);
    long sum = 0;
    for (JsonNode day : manifest.path("days")) {
      assertThat(day.path("in_range").asLong())
          .isEqualTo(
              day.path("matched").asLong()
                  + day.path("unmatched").asLong()
                  + day.path("quarantined").asLong());
      assertThat(day.path("archive_version").isIntegralNumber()).isTrue();
      long inFiles = 0;
      for (JsonNode file : day.path("files")) {
        inFiles += file.path("records").asLong();
        assertThat(file.path("sha256").asText()).matches("[0-9a-f]{64}");
      }
      assertThat(inFiles).isEqualTo(day.path("matched").asLong());
      sum += day.path("in_range").asLong();
    }
    assertThat(sum).isEqualTo(inRange);
    assertThat(fields(manifest)).contains("hash", "sample", "engine");
  }

  @Test
  @Order(8)
  void the_whole_interaction_is_delivered_as_it_came_in() throws IOException {
    Set<JsonNode> original = new HashSet<>();
    twitter.forEach(record -> original.add(record.json()));

    List<JsonNode> lines = shell.ok("results", bob).jsonLines();

    assertThat(original.containsAll(lines)).isTrue();
  }

  @Test
  @Order(9)
  void results_go_to_a_file_whole() throws IOException {
    Path out = folder.resolve("bob.ndjson");

    Shell.Ran ran = shell.ok("results", bob.substring(0, 8), "--out", out.toString());

    assertThat(ran.out()).isEmpty();
    assertThat(Files.readString(out)).isEqualTo(shell.ok("results", bob).out());
    try (var left = Files.list(folder)) {
      assertThat(left).noneMatch(file -> file.toString().endsWith(".part"));
    }
  }

  @Test
  @Order(10)
  void a_smaller_sample_is_a_part_of_a_larger_one() throws IOException {
    String half =
        shell.submit("alice", POPULAR, "twitter", "2017-08-05", "2017-08-08", "--sample", "50");
    String tenth =
        shell.submit("alice", POPULAR, "twitter", "2017-08-05", "2017-08-08", "--sample", "10");
    shell.ok("run", "--until-idle");

    List<String> larger = ids(half);
    List<String> smaller = ids(tenth);

    assertThat(larger).containsAll(smaller);
    assertThat(smaller).isNotEmpty();
    long all = twitter.size();
    assertThat(shell.json("status", half).path("read").asLong())
        .isBetween(all * 45 / 100, all * 55 / 100);
    assertThat(shell.json("status", tenth).path("read").asLong())
        .isBetween(all * 8 / 100, all * 12 / 100);
    requireBalance(
        shell.json("results", tenth, "--manifest"),
        shell.json("status", tenth).path("read").asLong(),
        smaller.size());
  }

  private List<String> ids(String query) throws IOException {
    return shell.ok("results", query).jsonLines().stream()
        .map(line -> line.at("/interaction/id").asText())
        .toList();
  }

  @Test
  @Order(11)
  void a_range_without_data_is_answered_with_nothing_and_says_so() throws IOException {
    String query = shell.submit("dave", POPULAR, "twitter", "2017-08-07", "2017-08-10");
    shell.ok("run", "--until-idle");

    JsonNode manifest = shell.json("results", query, "--manifest");

    assertThat(manifest.path("days"))
        .extracting(day -> day.path("archive_version").asInt())
        .containsExactly(2, 0, 0);
    assertThat(manifest.path("missing_days")).isEmpty();
    assertThat(shell.ok("results", query, "--manifest").out())
        .contains("no data")
        .contains("the books balance");
  }

  @Test
  @Order(12)
  void a_paused_query_waits_and_a_resumed_one_goes_on() throws IOException {
    String query = shell.submit("erin", POPULAR, "twitter", "2017-08-05", "2017-08-06");

    assertThat(shell.json("pause", query).path("status").asText()).isEqualTo("paused");
    shell.ok("run", "--until-idle");
    assertThat(shell.json("status", query).path("status").asText()).isEqualTo("paused");
    assertThat(shell.ok("resume", query).out()).isEqualTo(query + " is queued\n");
    shell.ok("run", "--until-idle");
    assertThat(shell.json("status", query).path("status").asText()).isEqualTo("succeeded");
  }

  @Test
  @Order(13)
  void a_stopped_query_keeps_its_manifest_and_balances() throws IOException {
    String query = shell.submit("erin", POPULAR, "twitter", "2017-08-05", "2017-08-07");

    assertThat(shell.json("stop", query).path("status").asText()).isEqualTo("stopped");

    JsonNode manifest = shell.json("results", query, "--manifest");
    assertThat(manifest.path("status").asText()).isEqualTo("stopped");
    assertThat(manifest.path("missing_days"))
        .extracting(JsonNode::asText)
        .containsExactly("2017-08-05", "2017-08-06");
    requireBalance(manifest, 0, 0);
    assertThat(shell.run("resume", query).complaint())
        .first()
        .isEqualTo(
            "historics: query %s cannot be resumed: it has already been stopped".formatted(query));
  }

  @Test
  @Order(14)
  void a_deleted_query_is_gone_with_its_results() throws IOException {
    String query = shell.submit("erin", POPULAR, "twitter", "2017-08-05", "2017-08-06");
    shell.ok("run", "--until-idle");
    assertThat(folder.resolve("home/results/" + query)).exists();

    assertThat(shell.ok("delete", query).out()).isEqualTo(query + " is deleted\n");

    assertThat(folder.resolve("home/results/" + query)).doesNotExist();
    assertThat(shell.run("status", query).exitCode()).isEqualTo(3);
    assertThat(shell.run("results", query).exitCode()).isEqualTo(3);
    assertThat(shell.run("delete", query).exitCode()).isEqualTo(3);
  }

  @Test
  @Order(15)
  void all_queries_are_listed_in_every_format() throws IOException {
    int queries = shell.json("status").size();

    assertThat(shell.ok("status", "--output", "jsonl").jsonLines()).hasSize(queries);
    assertThat(shell.ok("status", "--output", "csv").out().lines()).hasSize(queries + 1);
    assertThat(shell.ok("status").out().lines()).hasSize(queries + 1);
    assertThat(shell.ok("status").out()).startsWith("ID  ").contains("alice").contains("100 %");
    assertThat(shell.ok("status", alice).out())
        .contains(alice + " \"the \"word\"\" by alice: succeeded")
        .contains("2017-08-06  succeeded");
  }

  @Test
  @Order(16)
  void at_last_the_archive_is_as_the_manifests_say() throws IOException {
    JsonNode report = shell.json("archive", "verify");

    assertThat(report.path("records").asLong()).isEqualTo(twitter.size() + tumblr.size());
    assertThat(report.path("days").asLong()).isEqualTo(6);
    assertThat(report.path("problems")).isEmpty();
    assertThat(LocalDate.parse(shell.json("archive", "days").get(0).path("day").asText()))
        .isEqualTo(LocalDate.of(2017, 8, 5));
  }

  @Test
  @Order(17)
  void a_flipped_bit_is_found_and_named() throws IOException {
    Path file;
    try (var files =
        Files.walk(folder.resolve("home/archive/source=twitter/day=2017-08-06/data"))) {
      file = files.filter(path -> path.toString().endsWith(".parquet")).findFirst().orElseThrow();
    }
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);

    Shell.Ran ran = shell.run("archive", "verify");

    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.err()).contains(file.getFileName().toString());
    assertThat(shell.run("archive", "verify", "--day", "2017-08-05").exitCode()).isZero();
  }
}
