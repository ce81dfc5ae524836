package dev.historics.archive.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.historics.archive.Archive;
import dev.historics.archive.BatchId;
import dev.historics.archive.Interaction;
import dev.historics.archive.LedgerEntry;
import dev.historics.archive.Manifest;
import dev.historics.archive.RecordMapper;
import dev.historics.archive.RejectedRecordException;
import dev.historics.archive.SourceDay;
import dev.historics.archive.Stripping;
import dev.historics.archive.files.LocalFiles;
import dev.historics.archive.testing.Archives;
import dev.historics.archive.testing.DataSiftMapper;
import dev.historics.archive.testing.Records;
import dev.historics.archive.upkeep.CompactionSettings;
import dev.historics.archive.upkeep.Compactor;
import dev.historics.archive.upkeep.Verifier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImportRacesTest {
  private static final SourceDay DAY = new SourceDay("twitter", Records.DAY);

  @TempDir Path root;

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void many_importers_and_a_compactor_at_once_lose_and_double_nothing(long seed) throws Exception {
    List<Callable<Void>> work = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      // Half of each import is in the next one too.
      List<String> records = Records.some("a", 400, 2, seed).subList(i * 50, i * 50 + 150);
      String batch = "b" + i;
      work.add(
          () -> {
            Archives.load(Archives.over(new LocalFiles(root)), batch, records);
            return null;
          });
    }
    work.add(
        () -> {
          Archive archive = Archives.over(new LocalFiles(root));
          for (int i = 0; i < 3; i++) {
            new Compactor(archive, CompactionSettings.STANDARD)
                .compact(DAY, Archives.CONSIDERED, Stripping.STANDARD);
          }
          return null;
        });

    runAtOnce(work);

    Archive archive = Archives.over(new LocalFiles(root));
    assertThat(Archives.ids(archive)).hasSize(300).doesNotHaveDuplicates();
    for (SourceDay day : archive.days()) {
      assertThat(new Verifier(archive).verify(day)).isEmpty();
    }
  }

  private static void runAtOnce(List<Callable<Void>> work) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(work.size());
    try {
      for (Future<Void> done : threads.invokeAll(work)) {
        done.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** The worst moment: another import publishes after everything here was compared and staged. */
  @Test
  void an_import_that_loses_the_race_leaves_out_what_the_winner_stored() throws IOException {
    Archive archive = Archives.over(new LocalFiles(root));
    List<String> records = Records.some("a", 30, 1, 1);
    RecordMapper interrupted =
        new RecordMapper() {
          private int mapped;

          @Override
          public String source() {
            return "twitter";
          }

          @Override
          public Interaction map(byte[] record) throws RejectedRecordException {
            if (++mapped == 30) {
              try {
                Archives.load(archive, "winner", records.subList(10, 20));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            }
            return new DataSiftMapper("twitter").map(record);
          }
        };

    ImportReport report =
        new Importer(archive, ImportSettings.STANDARD)
            .run(
                new BatchId("loser"),
                () -> interrupted,
                List.of(Records.input(records)),
                ImportWatch.NOBODY);

    assertThat(report.stored()).isEqualTo(20);
    assertThat(report.duplicates()).isEqualTo(10);
    assertThat(Archives.ids(archive)).hasSize(30).doesNotHaveDuplicates();
    assertThat(new Verifier(archive).verify(DAY)).isEmpty();
  }

  @Test
  void the_same_import_again_stores_nothing_and_makes_no_new_version() throws IOException {
    Archive archive = Archives.over(new LocalFiles(root));
    List<String> records = Records.some("a", 50, 1, 1);
    ImportReport first = Archives.load(archive, "b1", records);
    Manifest before = archive.newest(DAY).orElseThrow();

    ImportReport again = Archives.load(archive, "b1", records);

    assertThat(first.stored()).isEqualTo(50);
    assertThat(again.stored()).isZero();
    assertThat(again.duplicates()).isEqualTo(50);
    assertThat(archive.newest(DAY)).contains(before);
    assertThat(before.ledger())
        .containsExactly(
            new LedgerEntry(
                new BatchId("b1"),
                50,
                50,
                0,
                0,
                List.of(new LedgerEntry.Input("records.ndjson", 50, bytes(records)))));
  }

  private static long bytes(List<String> records) {
    return String.join("\n", records).length();
  }

  @Test
  void an_import_over_more_days_than_may_be_open_still_knows_each_id() throws IOException {
    Archive archive = Archives.over(new LocalFiles(root));
    List<String> records = new ArrayList<>(Records.some("a", 200, 5, 1));
    records.addAll(records.subList(0, 100));

    ImportReport report =
        Archives.load(
            archive, "b1", ImportSettings.STANDARD.withOpenDaysMax(2), Records.input(records));

    assertThat(report.stored()).isEqualTo(200);
    assertThat(report.duplicates()).isEqualTo(100);
    assertThat(Archives.ids(archive)).hasSize(200).doesNotHaveDuplicates();
    for (SourceDay day : archive.days()) {
      assertThat(new Verifier(archive).verify(day)).isEmpty();
    }
  }
}
