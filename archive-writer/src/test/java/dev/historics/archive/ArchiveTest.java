package dev.historics.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.historics.archive.files.ArchiveFiles;
import dev.historics.archive.files.ArchiveInput;
import dev.historics.archive.files.ArchiveOutput;
import dev.historics.archive.files.LocalFiles;
import dev.historics.archive.files.MemoryFiles;
import dev.historics.archive.format.NewFile;
import dev.historics.archive.testing.Archives;
import dev.historics.archive.testing.Records;
import dev.historics.archive.upkeep.CompactionSettings;
import dev.historics.archive.upkeep.Compactor;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveTest {
  private static final SourceDay DAY = new SourceDay("twitter", Records.DAY);
  private static final String FIRST = Archive.manifestPath(DAY, 1);

  @TempDir Path root;

  private final ArchiveFiles files = new MemoryFiles(Archives.CLOCK);
  private final Archive archive = Archives.over(files);

  private static byte[] read(ArchiveFiles files, String path) throws IOException {
    try (ArchiveInput in = files.open(path)) {
      return in.stream().readAllBytes();
    }
  }

  private static void write(ArchiveFiles files, String path, byte[] bytes) throws IOException {
    try (ArchiveOutput out = files.create(path)) {
      out.write(bytes, 0, bytes.length);
    }
  }

  private static Manifest.Content oneMoreBatch(Optional<Manifest> newest, String batch) {
    Manifest.Content before = newest.map(Manifest::content).orElse(Manifest.Content.NONE);
    List<LedgerEntry> ledger = new ArrayList<>(before.ledger());
    ledger.add(new LedgerEntry(new BatchId(batch), 0, 0, 0, 0, List.of()));
    return before.with(before.files(), ledger);
  }

  @Test
  void a_manifest_reads_back_as_it_was_written() throws IOException {
    Archives.load(archive, "b1", Records.some("a", 20, 1, 1));
    new Compactor(archive, CompactionSettings.STANDARD)
        .compact(DAY, Archives.CONSIDERED, Stripping.STANDARD);
    Archives.load(archive, "b2", Records.some("b", 20, 1, 1));
    Manifest newest = archive.newest(DAY).orElseThrow();

    assertThat(newest.version()).isEqualTo(3);
    assertThat(newest.parent()).isEqualTo(2);
    assertThat(newest.files()).hasSize(2);
    assertThat(newest.published()).isEqualTo(Archives.NOW);
    assertThat(ManifestJson.read("path", ManifestJson.write(newest))).isEqualTo(newest);
  }

  @Test
  void a_day_without_data_has_no_version() throws IOException {
    assertThat(archive.newest(DAY)).isEmpty();
    assertThat(archive.days()).isEmpty();
  }

  @Test
  void days_are_listed_by_source_and_date() throws IOException {
    Archives.load(archive, "b1", Records.some("a", 50, 3, 1));
    write(files, "_quarantine/source=twitter/b1.ndjson", new byte[0]);

    assertThat(archive.days())
        .containsExactly(
            DAY,
            new SourceDay("twitter", Records.DAY.plusDays(1)),
            new SourceDay("twitter", Records.DAY.plusDays(2)));
    assertThat(archive.sources()).containsExactly("twitter");
  }

  @Test
  void a_directory_that_is_no_day_is_named() throws IOException {
    write(files, "source=twitter/backup/x", new byte[0]);

    assertThatThrownBy(archive::days)
        .isInstanceOf(IOException.class)
        .hasMessage(
            "memory:/: expected a directory such as 'source=twitter/day=2017-08-05',"
                + " got 'source=twitter/backup'; move it away");
  }

  @Test
  void a_foreign_file_among_the_manifests_is_named() throws IOException {
    Archives.load(archive, "b1", Records.some("a", 5, 1, 1));
    write(files, DAY.directory() + "/_manifests/copy of 1.json", new byte[0]);

    assertThatThrownBy(() -> archive.newest(DAY))
        .isInstanceOf(ManifestFormatException.class)
        .hasMessage(
            DAY.directory()
                + "/_manifests/copy of 1.json: expected only manifests such as '00000012.json'"
                + " here; move this file away");
  }

  @Test
  void a_manifest_that_is_cut_or_changed_anywhere_is_not_read() throws IOException {
    Archives.load(archive, "b1", Records.some("a", 5, 1, 1));
    byte[] whole = read(files, FIRST);

    for (int i = 0; i < whole.length; i++) {
      byte[] cut = Arrays.copyOf(whole, i);
      assertThatThrownBy(() -> ManifestJson.read(FIRST, cut))
          .isInstanceOf(ManifestFormatException.class)
          .hasMessageStartingWith(FIRST + ": the manifest is torn, damaged, or not one of ours");
      byte[] changed = whole.clone();
      changed[i] ^= (byte) (1 << i % 8);
      assertThatThrownBy(() -> ManifestJson.read(FIRST, changed))
          .isInstanceOf(ManifestFormatException.class)
          .hasMessageStartingWith(FIRST);
    }
  }

  private static Manifest empty(String stripping) {
    return new Manifest(
        DAY, 1, "9.0", Archives.NOW, Archives.CONSIDERED, stripping, List.of(), List.of(), 0, 0, 0);
  }

  /** A manifest's text with something replaced in it, and a checksum that is right again. */
  private static byte[] altered(Manifest manifest, String from, String to) {
    String text = new String(ManifestJson.write(manifest), StandardCharsets.UTF_8);
    assertThat(text).contains(from);
    String other = text.replace(from, to);
    byte[] body =
        other.substring(0, other.indexOf(",\"checksum\"")).getBytes(StandardCharsets.UTF_8);
    String hash = HexFormat.of().formatHex(NewFile.sha256().digest(body));
    return (new String(body, StandardCharsets.UTF_8) + ",\"checksum\":\"" + hash + "\"}\n")
        .getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void a_manifest_says_how_content_was_made_and_older_ones_say_nothing() throws IOException {
    Manifest manifest = empty(Stripping.STANDARD.fingerprint());
    String member = ",\"stripping\":\"%s\"".formatted(manifest.stripping());

    assertThat(ManifestJson.read(FIRST, ManifestJson.write(manifest))).isEqualTo(manifest);
    assertThat(ManifestJson.read(FIRST, altered(manifest, member, ""))).isEqualTo(empty(""));
  }

  @Test
  void content_that_was_made_in_another_way_is_no_column() {
    Manifest manifest = empty(Stripping.STANDARD.fingerprint());
    List<TargetColumn> others = Archives.CONSIDERED.subList(1, 3);

    assertThat(manifest.considered(Stripping.STANDARD))
        .containsExactlyInAnyOrderElementsOf(Archives.CONSIDERED);
    assertThat(manifest.considered(Stripping.all(List.of())))
        .containsExactlyInAnyOrderElementsOf(others);
    assertThat(empty("").considered(Stripping.STANDARD))
        .containsExactlyInAnyOrderElementsOf(others);
  }

  @Test
  void a_newer_format_is_refused_with_both_numbers() throws IOException {
    byte[] sealed = altered(empty(""), "\"format\":1", "\"format\":2");

    assertThatThrownBy(() -> ManifestJson.read(FIRST, sealed))
        .isInstanceOf(ManifestFormatException.class)
        .hasMessage(
            FIRST + ": manifest format 2, but this program reads up to 1; use a newer program");
  }

  @Test
  void a_manifest_in_the_place_of_another_is_refused() throws IOException {
    Archives.load(archive, "b1", Records.some("a", 5, 1, 1));
    write(files, Archive.manifestPath(DAY, 2), read(files, FIRST));

    assertThatThrownBy(() -> archive.newest(DAY))
        .hasMessage(Archive.manifestPath(DAY, 2) + ": is version 1 of twitter 2017-08-05");
  }

  @Test
  void a_version_that_names_a_file_that_is_gone_is_not_published() throws IOException {
    Archives.load(archive, "b1", Records.some("a", 5, 1, 1));
    Manifest.Content content = archive.newest(DAY).orElseThrow().content();
    SourceDay other = new SourceDay("facebook", Records.DAY);

    assertThatThrownBy(() -> archive.publish(other, newest -> Optional.of(content)))
        .isInstanceOf(NoSuchFileException.class);
    assertThat(archive.newest(other)).isEmpty();
  }

  @Test
  void of_many_publishers_at_once_each_gets_a_version_and_none_is_lost() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Callable<Void>> publishers =
          IntStream.range(0, 4)
              .mapToObj(
                  publisher ->
                      (Callable<Void>)
                          () -> {
                            Archive own = Archives.over(new LocalFiles(root));
                            for (int i = 0; i < 25; i++) {
                              String batch = "b" + publisher + "-" + i;
                              own.publish(DAY, newest -> Optional.of(oneMoreBatch(newest, batch)));
                            }
                            return null;
                          })
              .toList();
      for (Future<Void> done : threads.invokeAll(publishers)) {
        done.get();
      }
    } finally {
      threads.shutdownNow();
    }

    Manifest newest = Archives.over(new LocalFiles(root)).newest(DAY).orElseThrow();
    assertThat(newest.version()).isEqualTo(100);
    assertThat(newest.ledger().stream().map(LedgerEntry::batch).distinct()).hasSize(100);
  }

  /** Lists the days of an archive in a JVM that has neither Hadoop, Avro nor Parquet. */
  @Test
  void a_local_archive_is_listed_without_hadoop() throws Exception {
    Archives.load(Archives.over(new LocalFiles(root)), "b1", Records.some("a", 50, 3, 1));
    String classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(
                entry -> !entry.matches(".*(hadoop|parquet|avro|jackson-databind|zstd)[^/]*[.]jar"))
            .collect(Collectors.joining(File.pathSeparator));

    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPath,
                ListDays.class.getName(),
                root.toUri().toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output).contains("twitter 2017-08-07");
  }
}
