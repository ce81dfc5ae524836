package dev.historics.archive.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.historics.archive.Archive;
import dev.historics.archive.DataFile;
import dev.historics.archive.Interaction;
import dev.historics.archive.Manifest;
import dev.historics.archive.SourceDay;
import dev.historics.archive.Stripping;
import dev.historics.archive.files.ArchiveFiles;
import dev.historics.archive.files.ArchiveInput;
import dev.historics.archive.files.ArchiveOutput;
import dev.historics.archive.files.MemoryFiles;
import dev.historics.archive.format.InteractionReader;
import dev.historics.archive.testing.Archives;
import dev.historics.archive.testing.Records;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VerifierTest {
  private static final SourceDay DAY = new SourceDay("twitter", Records.DAY);
  private static final int FLIPS = 400;

  private final ArchiveFiles files = new MemoryFiles(Archives.CLOCK);
  private final Archive archive = Archives.over(files);

  private byte[] read(String path) throws IOException {
    try (ArchiveInput in = files.open(path)) {
      return in.stream().readAllBytes();
    }
  }

  private void replace(String path, byte[] bytes) throws IOException {
    files.delete(path);
    try (ArchiveOutput out = files.create(path)) {
      out.write(bytes, 0, bytes.length);
    }
  }

  private Manifest day(DataFile.Kind kind) throws IOException {
    Archives.load(archive, "b1", Records.some("a", 300, 1, 1));
    if (kind == DataFile.Kind.SEALED) {
      new Compactor(archive, CompactionSettings.STANDARD)
          .compact(DAY, Archives.CONSIDERED, Stripping.STANDARD);
    }
    return archive.newest(DAY).orElseThrow();
  }

  @ParameterizedTest
  @EnumSource
  void a_flipped_bit_is_always_found_by_verify_and_never_read_as_something_else(DataFile.Kind kind)
      throws IOException {
    Manifest manifest = day(kind);
    DataFile file = manifest.files().get(0);
    List<String> rows = rows(manifest);
    List<String> paths = new ArrayList<>();
    paths.add(manifest.pathOf(file));
    file.sidecars().forEach(sidecar -> paths.add(manifest.pathOf(sidecar)));
    paths.add(Archive.manifestPath(DAY, manifest.version()));
    SplittableRandom random = new SplittableRandom(17);
    for (String path : paths) {
      byte[] whole = read(path);
      for (int i = 0; i < FLIPS; i++) {
        byte[] damaged = whole.clone();
        damaged[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(8));
        replace(path, damaged);

        assertThat(new Verifier(archive).verify(DAY))
            .isNotEmpty()
            .first()
            .asString()
            .contains(path);
        assertThat(rowsOrNone(manifest)).isIn(rows, List.of());
      }
      replace(path, whole);
    }
    assertThat(new Verifier(archive).verify(DAY)).isEmpty();
  }

  private List<String> rowsOrNone(Manifest manifest) {
    try {
      return rows(manifest);
    } catch (IOException e) {
      return List.of();
    }
  }

  private List<String> rows(Manifest manifest) throws IOException {
    List<String> rows = new ArrayList<>();
    for (DataFile file : manifest.files()) {
      try (InteractionReader reader = InteractionReader.open(files, DAY, file)) {
        while (reader.hasNext()) {
          Interaction row = reader.next();
          rows.add(row.id() + row.createdAt() + new String(row.raw(), StandardCharsets.UTF_8));
        }
      }
    }
    return rows;
  }

  @Test
  void a_missing_file_is_named() throws IOException {
    Manifest manifest = day(DataFile.Kind.LANDING);
    String path = manifest.pathOf(manifest.files().get(0));
    files.delete(path);

    assertThat(new Verifier(archive).verify(DAY))
        .containsExactly(path + ": the file is missing; restore it from a copy");
  }

  @Test
  void a_ledger_that_does_not_add_up_is_found() throws IOException {
    Manifest.Content content = day(DataFile.Kind.LANDING).content();
    archive.publish(
        DAY,
        newest ->
            Optional.of(
                new Manifest.Content(
                    content.considered(), "", content.files(), content.ledger(), 1, 2, 3)));

    assertThat(new Verifier(archive).verify(DAY))
        .containsExactly(
            Archive.manifestPath(DAY, 2)
                + ": the ledger does not add up: 300 stored less 0 replaced, 1 dropped, 2 taken down and 3"
                + " expired, but the files have 300 rows");
  }

  @Test
  void an_id_in_two_files_is_found_and_sealing_keeps_one() throws IOException {
    Manifest.Content content = day(DataFile.Kind.LANDING).content();
    Archive elsewhere = Archives.over(new MemoryFiles(Archives.CLOCK));
    Archives.load(elsewhere, "b2", Records.some("a", 1, 1, 1));
    DataFile twin = elsewhere.newest(DAY).orElseThrow().files().get(0);
    for (String path : List.of(twin.path(), twin.ids().path())) {
      try (ArchiveInput in = elsewhere.files().open(DAY.directory() + "/" + path)) {
        replace(DAY.directory() + "/" + path, in.stream().readAllBytes());
      }
    }
    List<DataFile> both = new ArrayList<>(content.files());
    both.add(twin);
    archive.publish(DAY, newest -> Optional.of(content.with(both, content.ledger())));

    assertThat(new Verifier(archive).verify(DAY))
        .contains(DAY.directory() + "/" + twin.path() + ": interaction 'a0' is twice in the day");
    CompactionReport report =
        new Compactor(archive, CompactionSettings.STANDARD)
            .compact(DAY, Archives.CONSIDERED, Stripping.STANDARD)
            .orElseThrow();
    assertThat(report.dropped()).isEqualTo(1);
    assertThat(report.rows()).isEqualTo(300);
  }

  @Test
  void a_sweep_takes_what_was_replaced_longer_ago_than_the_grace_and_nothing_else()
      throws IOException {
    Manifest before = day(DataFile.Kind.LANDING);
    Duration age = Duration.ofDays(10);
    Archive aged = new Archive(files, InstantSource.offset(Archives.CLOCK, age));
    Archive soon = new Archive(files, InstantSource.offset(Archives.CLOCK, age.plusHours(1)));
    Archive later = new Archive(files, InstantSource.offset(Archives.CLOCK, age.plusHours(25)));

    assertThat(new Sweeper(aged, Duration.ofDays(1)).sweep(DAY)).isEmpty();
    new Compactor(aged, CompactionSettings.STANDARD)
        .compact(DAY, Archives.CONSIDERED, Stripping.STANDARD);
    assertThat(new Sweeper(soon, Duration.ofDays(1)).sweep(DAY)).isEmpty();
    assertThat(rows(before)).hasSize(300);
    assertThat(new Sweeper(later, Duration.ofDays(1)).sweep(DAY))
        .containsExactlyInAnyOrderElementsOf(
            before.paths().stream().map(path -> DAY.directory() + "/" + path).toList());
    assertThat(rows(later.newest(DAY).orElseThrow())).hasSize(300);
    assertThat(new Verifier(later).verify(DAY)).isEmpty();
  }
}
