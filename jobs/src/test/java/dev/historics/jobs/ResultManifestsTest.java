package dev.historics.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.historics.archive.files.ArchiveFiles;
import dev.historics.archive.files.ArchiveOutput;
import dev.historics.archive.files.MemoryFiles;
import dev.historics.schedule.ChunkId;
import dev.historics.schedule.ChunkView;
import dev.historics.schedule.QueryId;
import dev.historics.schedule.QueryRequest;
import dev.historics.schedule.QueryStatus;
import dev.historics.schedule.QueryView;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ResultManifestsTest {
  private static final QueryId QUERY = ReplayWorld.query(1);
  private static final LocalDate FIRST = ReplayWorld.DAY;
  private static final LocalDate SECOND = FIRST.plusDays(1);
  private static final ChunkId CHUNK_1 = new ChunkId(QUERY, FIRST);
  private static final ChunkId CHUNK_2 = new ChunkId(QUERY, SECOND);
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  private final ArchiveFiles files = new MemoryFiles(ReplayWorld.CLOCK);
  private final ResultManifests manifests = new ResultManifests(files, "0.1.0");

  @BeforeEach
  void two_chunks_are_done() throws IOException {
    publish(CHUNK_1, "j1", "{\"a\":1}\n{\"a\":2}\n");
    publish(CHUNK_2, "j2", "{\"a\":3}\n");
  }

  private void write(String path, String text) throws IOException {
    files.delete(path);
    try (ArchiveOutput out = files.create(path)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  private void publish(ChunkId chunk, String job, String lines) throws IOException {
    PartWriter writer = new PartWriter(files, "_jobs/" + job + "/parts/attempt.ndjson", () -> 1);
    for (String line : lines.lines().toList()) {
      byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
      writer.write(bytes, 0, bytes.length);
    }
    List<PartFile> parts = writer.finish();
    long matched = parts.get(0).records();
    new ResultFiles(files)
        .publish(
            chunk,
            new ChunkManifest(
                QUERY.value(),
                chunk.day().toString(),
                job,
                List.of(
                    new ChunkManifest.SourceCount(
                        "beta", "gaps", 1, 10, matched + 5, matched, 4, 1, 2, 0, List.of(), parts)),
                "",
                ""));
  }

  private static QueryView query(QueryStatus status, QueryStatus secondDay) {
    QueryRequest request =
        new QueryRequest(
            "ann",
            "rain",
            "interaction.content contains \"rain\"",
            "0123456789abcdef0123456789abcdef",
            1,
            new TreeSet<>(List.of("beta")),
            Instant.parse("2017-08-05T00:00:00Z"),
            Instant.parse("2017-08-07T00:00:00Z"),
            100);
    return new QueryView(
        QUERY,
        request,
        status,
        1,
        0,
        0,
        0,
        NOW,
        Optional.of(NOW),
        Optional.empty(),
        Optional.empty(),
        List.of(chunk(FIRST, QueryStatus.SUCCEEDED), chunk(SECOND, secondDay)));
  }

  private static ChunkView chunk(LocalDate day, QueryStatus status) {
    return new ChunkView(
        day,
        status,
        1,
        OptionalLong.empty(),
        Optional.empty(),
        List.of(),
        0,
        0,
        0,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        "");
  }

  private QueryManifest closed() throws IOException {
    manifests.close(query(QueryStatus.SUCCEEDED, QueryStatus.SUCCEEDED), List.of(CHUNK_1, CHUNK_2));
    return manifests.manifest(QUERY).orElseThrow();
  }

  private String copied(QueryManifest manifest) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    manifests.copy(manifest, out);
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void a_query_that_has_not_ended_has_no_manifest() throws IOException {
    assertThat(manifests.manifest(QUERY)).isEmpty();
  }

  @Test
  void the_manifest_covers_every_chunk_and_balances() throws IOException {
    QueryManifest manifest = closed();

    assertThat(manifest.balances()).isTrue();
    assertThat(
            List.of(
                manifest.inRange(),
                manifest.matched(),
                manifest.unmatched(),
                manifest.quarantined()))
        .containsExactly(13L, 3L, 8L, 2L);
    assertThat(manifest.days())
        .extracting(QueryManifest.Day::day)
        .containsExactly("2017-08-05", "2017-08-06");
    assertThat(manifest.missingDays()).isEmpty();
    assertThat(copied(manifest)).isEqualTo("{\"a\":1}\n{\"a\":2}\n{\"a\":3}\n");
  }

  @Test
  void a_query_that_was_stopped_says_which_days_are_missing() throws IOException {
    manifests.close(query(QueryStatus.STOPPED, QueryStatus.STOPPED), List.of(CHUNK_1));

    QueryManifest manifest = manifests.manifest(QUERY).orElseThrow();
    assertThat(manifest.status()).isEqualTo("stopped");
    assertThat(manifest.missingDays()).containsExactly("2017-08-06");
    assertThat(copied(manifest)).isEqualTo("{\"a\":1}\n{\"a\":2}\n");
  }

  @Test
  void closing_again_changes_nothing() throws IOException {
    closed();
    byte[] before = manifests.manifestText(QUERY);

    manifests.close(query(QueryStatus.STOPPED, QueryStatus.STOPPED), List.of(CHUNK_1, CHUNK_2));

    assertThat(manifests.manifestText(QUERY)).isEqualTo(before);
    assertThat(files.list(QUERY.value())).containsExactly("chunks", "manifest.json", "parts");
  }

  @Test
  void a_closing_that_died_on_its_way_is_done_again() throws IOException {
    write(QUERY + "/_manifest.json", "{\"id\":");

    assertThat(closed().matched()).isEqualTo(3);
    assertThat(files.list(QUERY.value())).containsExactly("chunks", "manifest.json", "parts");
  }

  @Test
  void parts_that_no_chunk_names_are_swept() throws IOException {
    write(QUERY + "/parts/2017-08-05-j7-0.ndjson", "left by a job that lost a race");

    closed();

    assertThat(files.list(QUERY + "/parts"))
        .containsExactly("2017-08-05-j1-0.ndjson", "2017-08-06-j2-0.ndjson");
  }

  @Test
  void a_chunk_that_is_said_to_be_done_and_has_no_manifest_is_an_error() throws IOException {
    files.delete(ChunkManifest.path(CHUNK_2));

    assertThatThrownBy(this::closed)
        .isInstanceOf(IOException.class)
        .hasMessage("the manifest of chunk 00000000000000000001/2017-08-06 is missing");
    assertThat(manifests.manifest(QUERY)).isEmpty();
  }

  @Test
  void a_chunk_manifest_that_was_cut_is_an_error_that_names_it() throws IOException {
    write(ChunkManifest.path(CHUNK_1), "{\"query\":");

    assertThatThrownBy(this::closed)
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(
            "00000000000000000001/chunks/2017-08-05.json is not a chunk's manifest: ");
  }

  @Test
  void a_part_that_is_not_what_the_manifest_says_is_not_given_out_as_sound() throws IOException {
    QueryManifest manifest = closed();
    write(QUERY + "/parts/2017-08-06-j2-0.ndjson", "{\"a\":4}\n");

    assertThatThrownBy(() -> copied(manifest))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(
            "00000000000000000001/parts/2017-08-06-j2-0.ndjson is damaged: expected 8 bytes with"
                + " SHA-256 ");
  }

  @Test
  void a_part_that_is_missing_is_an_error() throws IOException {
    QueryManifest manifest = closed();
    files.delete(QUERY + "/parts/2017-08-05-j1-0.ndjson");

    assertThatThrownBy(() -> copied(manifest))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("2017-08-05-j1-0.ndjson");
  }

  @Test
  void deleting_removes_everything_and_can_be_done_twice() throws IOException {
    closed();

    manifests.delete(QUERY);
    manifests.delete(QUERY);

    assertThat(files.exists(QueryManifest.path(QUERY.value()))).isFalse();
    assertThat(files.list(QUERY.value())).isEmpty();
    assertThat(files.list(QUERY + "/parts")).isEmpty();
    assertThat(files.list(QUERY + "/chunks")).isEmpty();
  }
}
