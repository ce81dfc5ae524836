package dev.historics.archive.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.historics.archive.Archive;
import dev.historics.archive.DataFile;
import dev.historics.archive.Interaction;
import dev.historics.archive.Manifest;
import dev.historics.archive.SourceDay;
import dev.historics.archive.files.ArchiveFiles;
import dev.historics.archive.files.ArchiveOutput;
import dev.historics.archive.files.MemoryFiles;
import dev.historics.archive.format.InteractionReader;
import dev.historics.archive.testing.Archives;
import dev.historics.archive.testing.Records;
import dev.historics.archive.upkeep.Verifier;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** More days, more ids and more records than fit. */
class LargeImportTest {
  private static final ImportSettings SMALL =
      ImportSettings.STANDARD.withMemoryBytesMax(ImportSettings.MEMORY_BYTES_MIN);

  private final ArchiveFiles files = new MemoryFiles(Archives.CLOCK);
  private final Archive archive = Archives.over(files);

  private static byte[] bytes(List<String> lines) {
    return String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
  }

  private void verify() throws IOException {
    for (SourceDay day : archive.days()) {
      assertThat(new Verifier(archive).verify(day)).isEmpty();
    }
  }

  @ParameterizedTest(name = "{0} bytes of memory, {1} threads")
  @CsvSource({"65536, 1", "1048576, 3", "67108864, 1"})
  void shuffled_days_get_one_file_each_however_few_may_be_open(long memory, int threads)
      throws IOException {
    int days = 400;
    List<String> records = Records.some("a", 20 * days, days, 1);
    ImportSettings settings =
        ImportSettings.STANDARD.withOpenDaysMax(8).withMemoryBytesMax(memory).withThreads(threads);

    ImportReport report =
        Archives.load(archive, "b1", settings, Records.input("in", bytes(records)));

    assertThat(report.stored()).isEqualTo(records.size());
    assertThat(archive.days("twitter")).hasSize(days);
    for (SourceDay day : archive.days("twitter")) {
      assertThat(archive.newest(day).orElseThrow().files()).hasSize(1);
    }
    assertThat(Archives.ids(archive)).hasSize(records.size()).doesNotHaveDuplicates();
    assertThat(new ArrayList<>(Archives.paths(files, "")))
        .containsExactlyInAnyOrderElementsOf(Archives.named(archive));
  }

  @Test
  void no_more_days_have_an_open_file_than_may() throws IOException {
    List<String> records = Records.some("a", 600, 40, 1);
    AtomicInteger open = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();

    Archives.load(
        Archives.over(counting(open, most)),
        "b1",
        ImportSettings.STANDARD.withOpenDaysMax(5),
        Records.input("in", bytes(records)));

    assertThat(most.get()).isBetween(5, 6);
    assertThat(open.get()).isZero();
  }

  /** The files, which count those of days that are being written. */
  private ArchiveFiles counting(AtomicInteger open, AtomicInteger most) {
    return (ArchiveFiles)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {ArchiveFiles.class},
            (proxy, method, arguments) -> {
              Object result = method.invoke(files, arguments);
              if (!(result instanceof ArchiveOutput out)) {
                return result;
              }
              most.accumulateAndGet(open.incrementAndGet(), Math::max);
              return new ArchiveOutput() {
                @Override
                public void write(byte[] bytes, int offset, int length) throws IOException {
                  out.write(bytes, offset, length);
                }

                @Override
                public void close() throws IOException {
                  open.decrementAndGet();
                  out.close();
                }
              };
            });
  }

  @Test
  void days_that_come_one_after_the_other_do_not_wait_in_the_spool() throws IOException {
    List<String> records = new ArrayList<>();
    Instant start = Instant.parse("2017-08-05T00:00:00Z");
    for (int i = 0; i < 4 * 70_000; i++) {
      Instant time = start.plusSeconds(i / 70_000 * 86_400L + i % 70_000);
      records.add(Records.record("a" + i, time, ""));
    }
    List<String> created = new ArrayList<>();
    ImportSettings settings =
        ImportSettings.STANDARD.withOpenDaysMax(2).withMemoryBytesMax(1 << 23);

    Archives.load(
        Archives.over(noting(created)), "b1", settings, Records.input("in", bytes(records)));

    assertThat(created).noneMatch(path -> path.contains("spool"));
    assertThat(archive.days("twitter")).hasSize(4);
    for (SourceDay day : archive.days("twitter")) {
      assertThat(archive.newest(day).orElseThrow().rows()).isEqualTo(70_000);
    }
  }

  /** The files, which note what is created. */
  private ArchiveFiles noting(List<String> created) {
    return (ArchiveFiles)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {ArchiveFiles.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("create")) {
                created.add((String) arguments[0]);
              }
              try {
                return method.invoke(files, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4})
  void with_little_memory_the_same_is_stored_as_with_much(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    List<List<String>> imports = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      List<String> records = new ArrayList<>();
      for (String record : Records.some("a", 900, 2, 1)) {
        for (int copies = random.nextInt(3); copies > 0; copies--) {
          records.add(random.nextInt(records.size() + 1), record);
        }
      }
      imports.add(records);
    }
    Archive roomy = Archives.over(new MemoryFiles(Archives.CLOCK));

    for (int i = 0; i < imports.size(); i++) {
      byte[] input = bytes(imports.get(i));
      ImportReport little = Archives.load(archive, "b" + i, SMALL, Records.input("in", input));
      ImportReport much =
          Archives.load(roomy, "b" + i, ImportSettings.STANDARD, Records.input("in", input));
      assertThat(little).isEqualTo(much);
    }

    assertThat(Archives.ids(archive)).isEqualTo(Archives.ids(roomy));
    verify();
  }

  @Test
  void files_are_rotated_when_the_memory_for_ids_is_full_and_of_copies_the_first_stays()
      throws IOException {
    List<String> records = new ArrayList<>();
    Instant start = Instant.parse("2017-08-05T00:00:00Z");
    for (int i = 0; i < 500; i++) {
      records.add(Records.record("a" + i, start.plusSeconds(i), "first"));
    }
    for (int i = 0; i < 500; i++) {
      records.add(Records.record("a" + i, start.plusSeconds(i), "second"));
    }

    ImportReport report = Archives.load(archive, "b1", SMALL, Records.input("in", bytes(records)));

    assertThat(report.stored()).isEqualTo(500);
    assertThat(report.duplicates()).isEqualTo(500);
    Manifest manifest = archive.newest(new SourceDay("twitter", Records.DAY)).orElseThrow();
    assertThat(manifest.files()).hasSizeBetween(5, 40);
    assertThat(contents(archive).values()).containsOnly("first").hasSize(500);
    verify();
  }

  private static Map<String, String> contents(Archive archive) throws IOException {
    Map<String, String> contents = new HashMap<>();
    for (SourceDay day : archive.days()) {
      for (DataFile file : archive.newest(day).orElseThrow().files()) {
        try (InteractionReader rows = InteractionReader.open(archive.files(), day, file)) {
          while (rows.hasNext()) {
            Interaction row = rows.next();
            String raw = new String(row.raw(), StandardCharsets.UTF_8);
            contents.put(row.id(), raw.replaceAll(".*\"content\":\"([^\"]*)\".*", "$1"));
          }
        }
      }
    }
    return contents;
  }

  @ParameterizedTest(name = "{0} threads, {1} bytes")
  @CsvSource({"2, 134217728", "4, 134217728", "3, 4096"})
  void many_threads_store_what_one_does(int threads, long memory) throws IOException {
    List<String> records = new ArrayList<>();
    Instant start = Instant.parse("2017-08-05T00:00:00Z");
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 9_000; i++) {
      int id = random.nextInt(4_000);
      records.add(Records.record("a" + id, start.plusSeconds(id * 20L), "version " + i));
    }
    records.set(7_000, "no JSON");
    Archive one = Archives.over(new MemoryFiles(Archives.CLOCK));
    ImportInput input = Records.input("in", bytes(records));

    ImportReport alone =
        Archives.load(one, "b1", ImportSettings.STANDARD, Records.input("in", bytes(records)));
    ImportReport together =
        Archives.load(
            archive,
            "b1",
            ImportSettings.STANDARD.withThreads(threads).withMemoryBytesMax(memory),
            input);

    assertThat(together).isEqualTo(alone);
    assertThat(contents(archive)).isEqualTo(contents(one));
    verify();
  }
}
