package dev.historics.archive.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.historics.archive.Archive;
import dev.historics.archive.BatchId;
import dev.historics.archive.Interaction;
import dev.historics.archive.SourceDay;
import dev.historics.archive.files.MemoryFiles;
import dev.historics.archive.intake.ImportInput;
import dev.historics.archive.intake.ImportReport;
import dev.historics.archive.intake.ImportSettings;
import dev.historics.archive.intake.ImportWatch;
import dev.historics.archive.intake.Importer;
import dev.historics.archive.removal.LiveRows;
import dev.historics.archive.removal.Tombstones;
import dev.historics.archive.testing.Archives;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Posts of Bluesky live: they are written, changed and deleted. Real records, some altered. */
class BlueskyPostsTest {
  private final Archive archive = Archives.over(new MemoryFiles(Archives.CLOCK));
  private final SourceMapping mapping = Repository.shipped("bluesky");
  private final List<JsonNode> events = new ArrayList<>();
  private int batches;

  @BeforeEach
  void real_events() throws IOException {
    for (byte[] line :
        Repository.lines(Repository.data("rich/bluesky-jetstream-2026-07-04.ndjson.gz"))) {
      events.add(TreeReference.JSON.readTree(line));
    }
  }

  private ImportReport load(List<? extends JsonNode> records) throws IOException {
    StringBuilder lines = new StringBuilder();
    records.forEach(record -> lines.append(record).append('\n'));
    byte[] input = lines.toString().getBytes(StandardCharsets.UTF_8);
    return new Importer(archive, ImportSettings.STANDARD)
        .run(
            new BatchId("b" + ++batches),
            mapping::mapper,
            List.of(ImportInput.stream("events", new ByteArrayInputStream(input))),
            ImportWatch.NOBODY);
  }

  /** What a query would see, as JSON. */
  private List<JsonNode> seen() throws IOException {
    List<JsonNode> seen = new ArrayList<>();
    for (SourceDay day : archive.days()) {
      for (dev.historics.archive.DataFile file : archive.newest(day).orElseThrow().files()) {
        try (LiveRows rows =
            LiveRows.open(
                archive.files(), day, file, new Tombstones(archive).newest(day.source()))) {
          while (rows.hasNext()) {
            Interaction row = rows.next();
            seen.add(TreeReference.JSON.readTree(row.raw()));
          }
        }
      }
    }
    return seen;
  }

  private List<String> texts() throws IOException {
    return seen().stream()
        .filter(row -> row.at("/interaction/subtype").asText().equals("post"))
        .map(row -> row.at("/interaction/content").asText())
        .toList();
  }

  private JsonNode firstPost() {
    return events.stream()
        .filter(event -> event.at("/commit/collection").asText().equals("app.bsky.feed.post"))
        .filter(event -> event.at("/commit/operation").asText().equals("create"))
        .filter(event -> !event.at("/commit/record/text").asText().isEmpty())
        .findFirst()
        .orElseThrow();
  }

  /** The same post a while later. */
  private static ObjectNode later(JsonNode post, String operation, int seconds, String text) {
    ObjectNode event = post.deepCopy();
    event.put("time_us", post.path("time_us").asLong() + seconds * 1_000_000L);
    ObjectNode commit = (ObjectNode) event.path("commit");
    commit.put("operation", operation).put("rev", "3mptbzzzzzz" + seconds);
    if (operation.equals("delete")) {
      commit.remove("record");
      commit.remove("cid");
    } else {
      ((ObjectNode) commit.path("record")).put("text", text);
    }
    return event;
  }

  @Test
  void deletions_of_all_but_posts_are_events() throws IOException {
    ImportReport report = load(events);

    assertThat(report.stored()).isEqualTo(events.size() - 1);
    assertThat(report.quarantined()).isEqualTo(1);
    assertThat(new Tombstones(archive).newest("bluesky").entries()).hasSize(1);
    assertThat(seen())
        .filteredOn(row -> row.at("/bluesky/commit/operation").asText().equals("delete"))
        .hasSize(3)
        .allMatch(row -> row.at("/interaction/subtype").asText().equals("follow"));
  }

  @Test
  void an_update_takes_the_place_of_a_post() throws IOException {
    JsonNode post = firstPost();
    load(events);
    int posts = texts().size();

    ImportReport report =
        load(List.of(later(post, "update", 5, "second"), later(post, "update", 9, "third")));

    assertThat(report.quarantined()).isZero();
    assertThat(texts())
        .hasSize(posts)
        .contains("third")
        .doesNotContain("second", post.at("/commit/record/text").asText());
    assertThat(load(events).stored()).as("the first version, sent again").isZero();
    assertThat(load(List.of(later(post, "update", 5, "second"))).stored()).isZero();
    assertThat(texts()).hasSize(posts).contains("third");
  }

  @Test
  void a_deleted_post_is_gone_and_does_not_come_back() throws IOException {
    JsonNode post = firstPost();
    load(events);
    int posts = texts().size();

    assertThat(load(List.of(later(post, "delete", 7, ""))).quarantined()).isEqualTo(1);

    assertThat(texts()).hasSize(posts - 1).doesNotContain(post.at("/commit/record/text").asText());
    load(events);
    load(List.of(later(post, "update", 8, "after its end")));
    assertThat(texts()).hasSize(posts - 1);
  }
}
