package dev.historics.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A program meets an archive that a newer one wrote. */
class NewerArchiveTest {
  private static final String SEAL = ",\"checksum\":\"";

  @TempDir Path folder;
  private Shell shell;
  private Path archive;
  private Path records;

  @BeforeEach
  void an_archive_with_a_day() throws IOException {
    shell = new Shell(folder.resolve("home"));
    archive = folder.resolve("home/archive");
    records =
        Files.writeString(
            folder.resolve("posts.ndjson"),
            "{\"interaction\":{\"id\":\"1\",\"created_at\":\"2017-08-05T10:00:00Z\","
                + "\"content\":\"rain\",\"author\":{\"username\":\"ann\"}}}\n");
    shell.ok("archive", "import", "--source", "datasift", records.toString());
  }

  private void change(String from, String to) throws Exception {
    change("2017-08-05", from, to);
  }

  private void change(String day, String from, String to) throws Exception {
    Path manifest =
        archive.resolve("source=datasift/day=%s/_manifests/00000001.json".formatted(day));
    String text = Files.readString(manifest);
    String open = text.substring(0, text.indexOf(SEAL));
    assertThat(open).contains(from);
    open = open.replace(from, to);
    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest(open.getBytes(StandardCharsets.UTF_8));
    Files.writeString(manifest, open + SEAL + HexFormat.of().formatHex(hash) + "\"}\n");
  }

  /** Everything in the archive, by path. */
  private SortedMap<String, String> snapshot() throws IOException {
    SortedMap<String, String> content = new TreeMap<>();
    try (Stream<Path> below = Files.walk(archive)) {
      for (Path file : below.filter(Files::isRegularFile).toList()) {
        content.put(
            archive.relativize(file).toString(),
            Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
    return content;
  }

  private void assertRefused(String command, String reason) throws IOException {
    SortedMap<String, String> before = snapshot();
    String[] arguments =
        Arrays.stream(command.split(" ", -1))
            .map(word -> word.equals("FILE") ? records.toString() : word)
            .map(word -> word.equals("RULE") ? "interaction.content exists" : word)
            .toArray(String[]::new);

    Shell.Ran ran = shell.run(arguments);

    assertThat(ran.exitCode()).as("%s: %s", command, ran.out()).isNotZero();
    assertThat(ran.out() + ran.err()).as(command).contains(reason).contains("use a newer program");
    assertThat(snapshot()).as("the archive after %s", command).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "archive days",
        "archive coverage --source datasift",
        "archive verify",
        "archive compact",
        "archive import --source datasift FILE",
        "archive sweep",
        "archive retain --keep 1d --source datasift",
        "archive takedown --author ann",
        "explain --csdl RULE --source datasift --from 2017-08-05 --to 2017-08-06",
        "estimate --csdl RULE --source datasift --from 2017-08-05 --to 2017-08-06",
        "submit --user u --csdl RULE --source datasift --from 2017-08-05 --to 2017-08-06"
      })
  void a_manifest_of_a_later_format_is_refused_and_nothing_is_changed(String command)
      throws Exception {
    change("\"format\":1", "\"format\":2");

    assertRefused(command, "manifest format 2, but this program reads up to 1");
  }

  /**
   * Commands that go through many days change none of them, not even those before the one that a
   * newer program wrote, and no tombstone is in force.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "archive compact",
        "archive compact --source datasift",
        "archive import --source datasift FILE",
        "archive import --source datasift --commit-every 1 FILE",
        "archive quarantine retry --all",
        "archive retain --keep 100d",
        "archive sweep",
        "archive takedown --author ann",
        "archive takedown --id 1 --now",
        "archive takedown --author ann --source datasift --dry-run"
      })
  void one_day_of_a_later_format_keeps_the_others_as_they_are(String command) throws Exception {
    Files.writeString(
        records,
        """
        {"interaction":{"id":"2","created_at":"2017-08-05T11:00:00Z","content":"x","author":{"username":"ann"}}}
        {"interaction":{"id":"3","created_at":"2025-12-30T11:00:00Z","content":"y","author":{"username":"ann"}}}
        {"interaction":{"id":"4"}}
        """);
    shell.ok("archive", "import", "--source", "datasift", records.toString());
    Files.writeString(
        records,
        """
        {"interaction":{"id":"5","created_at":"2017-08-06T11:00:00Z","content":"z","author":{"username":"ann"}}}
        """);
    Files.setLastModifiedTime(
        Files.createFile(archive.resolve("source=datasift/day=2017-08-05/data/left-over.avro")),
        FileTime.fromMillis(0));
    change("2025-12-30", "\"format\":1", "\"format\":2");

    assertRefused(command, "manifest format 2, but this program reads up to 1");
  }

  @Test
  void a_sidecar_that_nobody_knows_is_refused_and_nothing_is_changed() throws Exception {
    change("\"sidecars\":[{\"kind\":\"ids\"", "\"sidecars\":[{\"kind\":\"blooms\"");

    for (String command :
        List.of("archive days", "archive compact", "archive import --source datasift FILE")) {
      assertRefused(
          command,
          "wrote a sidecar 'blooms', which this program does not know with its manifest format 1");
    }
  }

  @Test
  void tombstones_of_a_later_format_are_refused_and_nothing_is_changed() throws Exception {
    Path tombstones = Files.createDirectories(archive.resolve("source=datasift/_tombstones"));
    String open = "{\"format\":2,\"source\":\"datasift\",\"version\":1,\"entries\":[]";
    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest(open.getBytes(StandardCharsets.UTF_8));
    Files.writeString(
        tombstones.resolve("00000001.json"),
        open + SEAL + HexFormat.of().formatHex(hash) + "\"}\n");

    for (String command :
        List.of(
            "archive compact",
            "archive import --source datasift FILE",
            "archive retain --keep 100d",
            "archive sweep",
            "archive takedown --author ann")) {
      assertRefused(command, "format 2 of tombstones, but this program reads up to 1");
    }
  }
}
