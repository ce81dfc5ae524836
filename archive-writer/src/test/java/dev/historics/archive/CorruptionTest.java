package dev.historics.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.historics.archive.files.ArchiveFiles;
import dev.historics.archive.files.MemoryFiles;
import dev.historics.archive.format.LandingFile;
import dev.historics.archive.testing.Archives;
import dev.historics.archive.testing.Edits;
import dev.historics.archive.testing.Model;
import dev.historics.archive.testing.Records;
import dev.historics.archive.testing.Seeds;
import dev.historics.archive.upkeep.CompactionSettings;
import dev.historics.archive.upkeep.Compactor;
import dev.historics.archive.upkeep.Verifier;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Bits flip, files are cut, and files vanish: readers say so, and never answer with less. */
class CorruptionTest {
  /** With {@code -Dflips=10000} each seed tries as many as one would in a night. */
  private static final int FLIPS = Integer.getInteger("flips", 1500);

  private static final SourceDay DAY = new SourceDay("twitter", Records.DAY);
  private static final List<String> RECORDS = Records.some("a", 60, 1, 1);
  private static final List<String> MORE = Records.some("b", 40, 1, 2);

  private final ArchiveFiles files = new MemoryFiles(Archives.CLOCK);
  private final Archive archive = Archives.over(files);
  private final Model truth = Model.EMPTY.with(RECORDS).with(MORE);

  /** Half of the day is sealed, the rest has landed. */
  @BeforeEach
  void a_day_with_a_file_of_each_kind() throws IOException {
    Archives.load(archive, "b1", RECORDS);
    new Compactor(archive, CompactionSettings.STANDARD)
        .compact(DAY, Archives.CONSIDERED, Stripping.STANDARD);
    Archives.load(archive, "b2", MORE);
  }

  private Manifest manifest() throws IOException {
    return archive.newest(DAY).orElseThrow();
  }

  /** The files that make the day, below the root. */
  private List<String> paths() throws IOException {
    List<String> paths = new ArrayList<>();
    manifest().paths().forEach(path -> paths.add(DAY.directory() + "/" + path));
    paths.add(Archive.manifestPath(DAY, manifest().version()));
    return paths;
  }

  private DataFile landing() throws IOException {
    return manifest().files().stream()
        .filter(file -> file.kind() == DataFile.Kind.LANDING)
        .findFirst()
        .orElseThrow();
  }

  static LongStream seeds() {
    return Seeds.some(1);
  }

  @ParameterizedTest(name = "replay with -Dseed={0}")
  @MethodSource("seeds")
  void a_bit_that_flips_anywhere_is_found_or_changes_nothing(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    int found = 0;
    for (String path : paths()) {
      byte[] right = Edits.read(files, path);
      for (int i = 0; i < FLIPS / paths().size(); i++) {
        long bit = random.nextLong(8L * right.length);
        Edits.replace(files, path, Edits.flipped(right, bit));
        found += isFound(path, bit) ? 1 : 0;
        assertThat(verify()).as("bit %d of %s", bit, path).isNotEmpty();
        Edits.replace(files, path, right);
      }
    }

    assertThat(found).isGreaterThan(FLIPS / 2);
    assertThat(Model.of(archive)).isEqualTo(truth);
    assertThat(verify()).isEmpty();
  }

  /** Whether a reader, or an importer that reads ids, says that something is wrong. */
  private boolean isFound(String path, long bit) throws IOException {
    try {
      assertThat(Model.of(archive)).as("bit %d of %s", bit, path).isEqualTo(truth);
      assertThat(Archives.load(archive, "again", MORE.subList(0, 3)).stored())
          .as("bit %d of %s", bit, path)
          .isZero();
      return false;
    } catch (IOException e) {
      assertThat(e).as("bit %d of %s", bit, path).hasMessageContaining(DAY.directory());
      return true;
    }
  }

  private List<String> verify() {
    return new Verifier(archive).verify(DAY);
  }

  @Test
  void a_landing_file_that_is_cut_gives_its_whole_blocks_and_says_what_is_lost()
      throws IOException {
    Archives.load(archive, "b3", Records.some("c", 4000, 1, 3));
    DataFile cut = manifest().files().get(2);
    String path = manifest().pathOf(cut);
    byte[] whole = Edits.read(files, path);
    SplittableRandom random = new SplittableRandom(1);
    long rowsBefore = 0;

    for (int length = Math.max(0, whole.length - 65_536);
        length < whole.length;
        length += 1 + random.nextInt(400)) {
      Edits.replace(files, path, Arrays.copyOf(whole, length));
      long rows = LandingFile.readableRows(files, DAY, cut);
      assertThat(rows).isBetween(rowsBefore, cut.rows() - 1);
      rowsBefore = rows;
      assertThat(verify())
          .containsExactly(
              "%s: expected %d bytes, found %d".formatted(path, whole.length, length),
              "%s: its first %d rows can still be read, %d are lost"
                  .formatted(path, rows, cut.rows() - rows));
      assertThatThrownBy(() -> Model.of(archive))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(path);
    }
    assertThat(rowsBefore).isPositive();
  }

  @Test
  void a_block_that_is_damaged_is_named_with_its_place() throws IOException {
    String path = manifest().pathOf(landing());
    byte[] whole = Edits.read(files, path);
    whole[whole.length - 40] ^= 1;
    Edits.replace(files, path, whole);

    assertThatThrownBy(() -> Model.of(archive))
        .isInstanceOf(IOException.class)
        .message()
        .matches(path + ": cut or damaged at byte [0-9]+: the block cannot be unpacked: .*");
  }

  @Test
  void a_file_that_a_manifest_names_and_that_is_not_there_is_no_empty_day() throws IOException {
    for (DataFile file : manifest().files()) {
      byte[] right = Edits.read(files, manifest().pathOf(file));
      files.delete(manifest().pathOf(file));

      assertThatThrownBy(() -> Model.of(archive))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(manifest().pathOf(file));
      assertThat(verify())
          .containsExactly(
              manifest().pathOf(file) + ": the file is missing; restore it from a copy");
      Edits.replace(files, manifest().pathOf(file), right);
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "0, -1", "1, 1", "1, -1"})
  void a_manifest_that_counts_one_row_more_or_less_is_found_out(int file, int wrong)
      throws IOException {
    String path = Archive.manifestPath(DAY, manifest().version());
    Edits.manifest(files, path, manifest -> miscount(manifest.withArray("files").get(file), wrong));

    assertThatThrownBy(() -> Model.of(archive))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(DAY.directory())
        .hasMessageContaining("rows, found");
    assertThat(verify()).isNotEmpty();
  }

  private static void miscount(JsonNode file, int wrong) {
    ((ObjectNode) file).put("rows", file.path("rows").asLong() + wrong);
    ArrayNode hours = (ArrayNode) file.path("hours");
    int hour = 0;
    while (hours.get(hour).asLong() == 0) {
      hour++;
    }
    hours.set(hour, new LongNode(hours.get(hour).asLong() + wrong));
  }
}
