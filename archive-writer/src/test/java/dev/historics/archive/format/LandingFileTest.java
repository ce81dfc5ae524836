package dev.historics.archive.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.historics.archive.DataFile;
import dev.historics.archive.IdHash;
import dev.historics.archive.Interaction;
import dev.historics.archive.SourceDay;
import dev.historics.archive.files.ArchiveFiles;
import dev.historics.archive.files.ArchiveInput;
import dev.historics.archive.files.MemoryFiles;
import dev.historics.archive.testing.Archives;
import dev.historics.archive.testing.Records;
import dev.historics.archive.testing.Seeds;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LandingFileTest {
  private static final SourceDay DAY = new SourceDay("twitter", Records.DAY);
  private static final Instant START = Records.DAY.atStartOfDay(ZoneOffset.UTC).toInstant();

  private final ArchiveFiles files = new MemoryFiles(Archives.CLOCK);

  static LongStream seeds() {
    return Seeds.some(6);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void is_read_as_it_was_written_by_us_and_by_avro_itself(long seed) throws IOException {
    List<Interaction> interactions = interactions(new SplittableRandom(seed));
    LandingWriter writer = LandingWriter.create(files, DAY, DAY.directory() + "/data/landing-b");
    for (Interaction interaction : interactions) {
      writer.append(interaction, IdHash.of(interaction.id()));
    }
    DataFile entry = writer.finish();

    assertThat(entry.rows()).isEqualTo(interactions.size());
    assertThat(read(entry)).containsExactlyElementsOf(texts(interactions));
    assertThat(readByAvro(entry)).containsExactlyElementsOf(texts(interactions));
  }

  /** From one to some thousands; some are larger than a block and do not compress. */
  private static List<Interaction> interactions(SplittableRandom random) {
    List<Interaction> interactions = new ArrayList<>();
    int count = random.nextInt(1, 2_000);
    for (int i = 0; i < count; i++) {
      int length = random.nextInt(200) == 0 ? random.nextInt(400_000) : random.nextInt(400);
      StringBuilder text = new StringBuilder("{\"a\":\"");
      for (int c = 0; c < length; c++) {
        text.append((char) ('a' + random.nextInt(26)));
      }
      String id = (random.nextBoolean() ? "é" : "") + i;
      interactions.add(
          new Interaction(
              id,
              START.plusMillis(random.nextInt(86_400_000)),
              text.append("\"}").toString().getBytes(StandardCharsets.UTF_8)));
    }
    return interactions;
  }

  private static List<String> texts(List<Interaction> interactions) {
    return interactions.stream().map(LandingFileTest::text).toList();
  }

  private static String text(Interaction interaction) {
    return "%s %s %s"
        .formatted(
            interaction.id(),
            interaction.createdAt(),
            new String(interaction.raw(), StandardCharsets.UTF_8));
  }

  private List<String> read(DataFile entry) throws IOException {
    List<String> found = new ArrayList<>();
    try (LandingFile file = LandingFile.open(files, DAY, entry)) {
      while (file.hasNext()) {
        found.add(text(file.next()));
      }
    }
    return found;
  }

  private List<String> readByAvro(DataFile entry) throws IOException {
    List<String> found = new ArrayList<>();
    try (ArchiveInput input = files.open(DAY.directory() + "/" + entry.path());
        DataFileStream<GenericRecord> rows =
            new DataFileStream<>(input.stream(), new GenericDatumReader<>())) {
      for (GenericRecord row : rows) {
        byte[] raw = ((ByteBuffer) row.get("raw")).array();
        Instant createdAt = Instant.ofEpochMilli((long) row.get("created_at_millis"));
        found.add(text(new Interaction(row.get("id").toString(), createdAt, raw)));
      }
    }
    return found;
  }
}
