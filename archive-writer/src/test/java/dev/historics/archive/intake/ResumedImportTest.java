package dev.historics.archive.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdOutputStream;
import dev.historics.archive.Archive;
import dev.historics.archive.BatchId;
import dev.historics.archive.SourceDay;
import dev.historics.archive.files.ArchiveFiles;
import dev.historics.archive.files.ArchiveOutput;
import dev.historics.archive.files.MemoryFiles;
import dev.historics.archive.testing.Archives;
import dev.historics.archive.testing.DataSiftMapper;
import dev.historics.archive.testing.Records;
import dev.historics.archive.upkeep.Sweeper;
import dev.historics.archive.upkeep.Verifier;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files whose import was broken off, and that are imported again. */
class ResumedImportTest {
  private static final int RECORDS = 100;
  private static final int COMMITTED = 60;

  @TempDir Path folder;

  private final ArchiveFiles files = new MemoryFiles(Archives.CLOCK);
  private final Archive archive = Archives.over(files);
  private final List<String> records = Records.some("a", RECORDS, 3, 1);
  private int batches;

  /** Breaks an import off after some commits, and hears where another one goes on. */
  private static final class Onlooker implements ImportWatch {
    private final int commitsMax;
    private final List<String> resumed = new ArrayList<>();
    private int commits;

    Onlooker(int commitsMax) {
      this.commitsMax = commitsMax;
    }

    @Override
    public void progress(long records, long bytes, long bytesTotal) {
      // Only commits count.
    }

    @Override
    public void committed(Commit commit) {
      commits++;
      if (commits == commitsMax) {
        throw new IllegalStateException("dies here");
      }
    }

    @Override
    public void resumed(String input, long record, long offset) {
      resumed.add(
          "%s at record %d, byte %d".formatted(Path.of(input).getFileName(), record, offset));
    }

    @Override
    public boolean isCancelled() {
      return false;
    }
  }

  private ImportReport load(Onlooker watch, String mapping, Path... paths) throws IOException {
    List<ImportInput> inputs = new ArrayList<>();
    for (Path path : paths) {
      inputs.addAll(ImportInput.at(path));
    }
    return new Importer(
            archive, ImportSettings.STANDARD, new CommitPolicy(20, CommitPolicy.Bell.SILENT))
        .resuming(mapping)
        .run(new BatchId("b" + ++batches), () -> new DataSiftMapper("twitter"), inputs, watch);
  }

  private Path file(String name, List<String> lines) throws IOException {
    return file(name, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private Path file(String name, byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    OutputStream out =
        name.endsWith(".gz")
            ? new GZIPOutputStream(packed)
            : name.endsWith(".zst") ? new ZstdOutputStream(packed) : packed;
    try (out) {
      out.write(bytes);
    }
    return Files.write(folder.resolve(name), packed.toByteArray());
  }

  private static int bytes(List<String> lines) {
    return lines.stream().mapToInt(line -> line.getBytes(StandardCharsets.UTF_8).length + 1).sum();
  }

  /** Dies when three commits of twenty are made, the last one not acknowledged. */
  private void breakOff(Path... paths) throws IOException {
    try {
      load(new Onlooker(3), "m1", paths);
    } catch (IllegalStateException e) {
      assertThat(e).hasMessage("dies here");
    }
  }

  private void assertHasAll(int count) throws IOException {
    assertThat(Archives.ids(archive)).hasSize(count).doesNotHaveDuplicates();
    for (SourceDay day : archive.days()) {
      assertThat(new Verifier(archive).verify(day)).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"in.ndjson", "in.ndjson.gz", "in.ndjson.zst"})
  void a_file_is_gone_on_with_where_the_last_commit_was(String name) throws IOException {
    Path file = file(name, records);
    breakOff(file);
    assertThat(Archives.ids(archive)).hasSize(COMMITTED);

    Onlooker watch = new Onlooker(0);
    ImportReport report = load(watch, "m1", file);

    assertThat(watch.resumed)
        .containsExactly(
            "%s at record %d, byte %d"
                .formatted(name, COMMITTED, bytes(records.subList(0, COMMITTED))));
    assertThat(report.read()).isEqualTo(RECORDS - COMMITTED).isEqualTo(report.stored());
    assertHasAll(RECORDS);
  }

  @Test
  void a_file_that_was_read_to_its_end_is_gone_on_with_when_it_has_grown() throws IOException {
    Path file = file("in.ndjson", records);
    load(new Onlooker(0), "m1", file);
    assertThat(load(new Onlooker(0), "m1", file).read()).isZero();
    List<String> grown = new ArrayList<>(records);
    grown.addAll(Records.some("b", 7, 3, 2));
    file("in.ndjson", grown);

    ImportReport report = load(new Onlooker(0), "m1", file);

    assertThat(report.read()).isEqualTo(7).isEqualTo(report.stored());
    assertHasAll(RECORDS + 7);
  }

  /** Its last line may have been half of one. */
  @Test
  void a_file_without_a_line_end_is_gone_on_with_before_its_last_record() throws IOException {
    String whole = String.join("\n", records);
    byte[] torn = whole.substring(0, whole.length() - 9).getBytes(StandardCharsets.UTF_8);
    Path file = file("in.ndjson", torn);
    assertThat(load(new Onlooker(0), "m1", file).quarantined()).isEqualTo(1);
    file("in.ndjson", (whole + "\n").getBytes(StandardCharsets.UTF_8));

    load(new Onlooker(0), "m1", file);

    assertHasAll(RECORDS);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void a_file_that_was_changed_before_that_place_is_read_whole(long seed) throws IOException {
    Path file = file("in.ndjson", records);
    breakOff(file);
    int changed = new SplittableRandom(seed).nextInt(COMMITTED);
    List<String> other = new ArrayList<>(records);
    other.set(changed, records.get(changed).replace("\"a" + changed, "\"A" + changed));
    assertThat(other).isNotEqualTo(records);
    file("in.ndjson", other);

    Onlooker watch = new Onlooker(0);
    ImportReport report = load(watch, "m1", file);

    assertThat(watch.resumed).isEmpty();
    assertThat(report.read()).isEqualTo(RECORDS);
    assertThat(report.duplicates()).isEqualTo(COMMITTED - 1);
    assertHasAll(RECORDS + 1);
  }

  @Test
  void a_shorter_file_another_mapping_and_csv_are_read_whole() throws IOException {
    Path file = file("in.ndjson", records);
    breakOff(file);

    assertThat(load(new Onlooker(0), "m2", file).read()).isEqualTo(RECORDS);
    file("in.ndjson", records.subList(0, 30));
    assertThat(load(new Onlooker(0), "m1", file).read()).isEqualTo(30);
    Path csv = file("in.csv", List.of("a,b", "1,2"));
    assertThat(load(new Onlooker(0), "m1", csv).quarantined()).isEqualTo(1);
    assertThat(load(new Onlooker(0), "m1", csv).quarantined()).isEqualTo(1);
    assertHasAll(RECORDS);
  }

  @Test
  void of_several_files_those_that_are_done_are_passed_over() throws IOException {
    Path first = file("1.ndjson", records.subList(0, 50));
    Path second = file("2.ndjson", records.subList(50, RECORDS));
    breakOff(first, second);

    Onlooker watch = new Onlooker(0);
    ImportReport report = load(watch, "m1", first, second);

    assertThat(watch.resumed).hasSize(2);
    assertThat(report.read()).isEqualTo(RECORDS - COMMITTED);
    assertHasAll(RECORDS);
    assertThat(files.list("source=twitter/_imports")).hasSize(1);
  }

  /** The journal costs time alone when it is gone, torn, or of a later program. */
  @ParameterizedTest
  @ValueSource(strings = {"", "{", "{\"format\":2,\"mapping\":\"m1\",\"inputs\":[]}"})
  void without_a_journal_that_can_be_read_the_file_is_read_whole(String text) throws IOException {
    Path file = file("in.ndjson", records);
    breakOff(file);
    for (String name : files.list("source=twitter/_imports")) {
      files.delete("source=twitter/_imports/" + name);
      try (ArchiveOutput out = files.create("source=twitter/_imports/" + name)) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.write(bytes, 0, bytes.length);
      }
    }

    ImportReport report = load(new Onlooker(0), "m1", file);

    assertThat(report.read()).isEqualTo(RECORDS);
    assertHasAll(RECORDS);
  }

  @Test
  void a_sweep_takes_old_journals() throws IOException {
    breakOff(file("in.ndjson", records));
    Archive later =
        new Archive(files, InstantSource.offset(Archives.CLOCK, Duration.ofDays(40_000)));

    new Sweeper(later, Duration.ofDays(1)).sweepQuarantine("twitter");

    assertThat(files.list("source=twitter/_imports")).isEmpty();
  }
}
