package dev.historics.archive.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.historics.archive.Archive;
import dev.historics.archive.BatchId;
import dev.historics.archive.LedgerEntry;
import dev.historics.archive.SourceDay;
import dev.historics.archive.files.ArchiveFiles;
import dev.historics.archive.files.MemoryFiles;
import dev.historics.archive.testing.Archives;
import dev.historics.archive.testing.DataSiftMapper;
import dev.historics.archive.testing.Records;
import dev.historics.archive.upkeep.Verifier;
import java.io.Closeable;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams that have no end, or one that is far away. */
class StreamImportTest {
  private static final long PATIENCE_SECONDS = 60;

  private final ArchiveFiles files = new MemoryFiles(Archives.CLOCK);
  private final Archive archive = Archives.over(files);
  private final HandBell bell = new HandBell();
  private final Onlooker watch = new Onlooker();
  private final ExecutorService thread = Executors.newSingleThreadExecutor();

  /** Rings when a test wants it. */
  private static final class HandBell implements CommitPolicy.Bell {
    private final BlockingQueue<Runnable> started = new LinkedBlockingQueue<>();
    private volatile boolean isEnded;

    @Override
    public Closeable start(Runnable ring) {
      started.add(ring);
      return () -> isEnded = true;
    }

    void ring() throws InterruptedException {
      Runnable ring = started.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      ring.run();
      started.add(ring);
    }
  }

  /** Remembers the commits, and cancels when a test wants it. */
  private static final class Onlooker implements ImportWatch {
    private final BlockingQueue<Commit> commits = new LinkedBlockingQueue<>();
    private final BlockingQueue<Long> reads = new LinkedBlockingQueue<>();
    private volatile boolean isCancelled;

    @Override
    public void progress(long records, long bytes, long bytesTotal) {
      reads.add(records);
    }

    @Override
    public void committed(Commit commit) {
      commits.add(commit);
    }

    @Override
    public boolean isCancelled() {
      return isCancelled;
    }

    void awaitRead(long records) throws InterruptedException {
      long last = 0;
      while (last < records) {
        last = reads.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      }
    }

    Commit next() throws InterruptedException {
      return commits.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
  }

  @AfterEach
  void the_thread_ends() {
    thread.shutdownNow();
  }

  private Future<ImportReport> start(CommitPolicy commits, ImportInput input) {
    return thread.submit(
        () ->
            new Importer(archive, ImportSettings.STANDARD, commits)
                .run(
                    new BatchId("b1"), () -> new DataSiftMapper("twitter"), List.of(input), watch));
  }

  private static byte[] bytes(List<String> lines) {
    return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void what_has_come_is_committed_while_the_stream_is_silent() throws Exception {
    List<String> records = Records.some("a", 5, 2, 1);
    PipedOutputStream producer = new PipedOutputStream();
    Future<ImportReport> report =
        start(
            new CommitPolicy(Long.MAX_VALUE, bell),
            ImportInput.stream("stdin", new PipedInputStream(producer)));

    producer.write(bytes(records.subList(0, 3)));
    producer.write("{\"interaction\":".getBytes(StandardCharsets.UTF_8));
    producer.flush();
    watch.awaitRead(3);
    bell.ring();

    long offset = bytes(records.subList(0, 3)).length;
    assertThat(watch.next()).isEqualTo(new Commit(1, "stdin", offset, 3, 3, 0, 0));
    assertThat(Archives.ids(archive)).containsExactly("a0", "a1", "a2");

    producer.write("\n".getBytes(StandardCharsets.UTF_8));
    producer.write(bytes(records));
    producer.close();

    assertThat(report.get().read()).isEqualTo(9);
    assertThat(report.get().isCutShort()).isFalse();
    assertThat(watch.next().quarantined()).isEqualTo(1);
    assertThat(Archives.ids(archive)).containsExactly("a0", "a1", "a2", "a3", "a4");
    assertThat(bell.isEnded).isTrue();
  }

  @Test
  void a_bell_that_rings_when_nothing_has_come_commits_nothing() throws Exception {
    PipedOutputStream producer = new PipedOutputStream();
    Future<ImportReport> report =
        start(
            new CommitPolicy(Long.MAX_VALUE, bell),
            ImportInput.stream("stdin", new PipedInputStream(producer)));
    for (int i = 0; i < 100; i++) {
      bell.ring();
    }
    producer.close();

    assertThat(report.get().read()).isZero();
    assertThat(watch.commits).isEmpty();
    assertThat(Archives.paths(files, "")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{\"half\":", "\n\n"})
  void a_stream_that_is_cancelled_keeps_what_was_read_and_no_half_a_record(String last)
      throws Exception {
    List<String> records = Records.some("a", 4, 1, 1);
    PipedOutputStream producer = new PipedOutputStream();
    Future<ImportReport> report =
        start(
            new CommitPolicy(Long.MAX_VALUE, bell),
            ImportInput.stream("stdin", new PipedInputStream(producer)));
    producer.write(bytes(records));
    producer.flush();
    watch.awaitRead(4);

    producer.write(last.getBytes(StandardCharsets.UTF_8));
    watch.isCancelled = true;
    producer.close();

    assertThat(report.get().isCutShort()).isTrue();
    assertThat(report.get().read()).isEqualTo(4);
    assertThat(report.get().stored()).isEqualTo(4);
    int blank = last.isBlank() ? last.length() : 0;
    assertThat(watch.next())
        .isEqualTo(new Commit(1, "stdin", bytes(records).length + blank, 4, 4, 0, 0));
    assertThat(Archives.ids(archive)).hasSize(4);
  }

  @ParameterizedTest(name = "every {0}")
  @ValueSource(longs = {1, 7, 30, 5000})
  void commits_come_every_so_many_records_and_the_books_balance(long every) throws Exception {
    List<String> records = new ArrayList<>(Records.some("a", 130, 2, 1));
    records.addAll(records.subList(0, 20));
    records.set(70, "no JSON");

    ImportReport report =
        start(
                new CommitPolicy(every, CommitPolicy.Bell.SILENT),
                Records.input("in", bytes(records)))
            .get();

    List<Commit> commits = new ArrayList<>(watch.commits);
    assertThat(commits).hasSize((int) ((150 + every - 1) / every));
    for (Commit commit : commits) {
      assertThat(commit.read())
          .isEqualTo(Math.min(150, commit.number() * every))
          .isEqualTo(commit.stored() + commit.duplicates() + commit.quarantined());
      assertThat(commit.offset()).isEqualTo(bytes(records.subList(0, (int) commit.read())).length);
    }
    assertThat(report.stored()).isEqualTo(129);
    assertThat(report.duplicates()).isEqualTo(20);
    assertThat(report.quarantined()).isEqualTo(1);
    assertThat(Archives.ids(archive)).hasSize(129).doesNotHaveDuplicates();
    verify();
  }

  @Test
  void the_ledger_of_a_day_has_one_entry_however_often_an_import_commits() throws Exception {
    List<String> records = Records.some("a", 100, 1, 1);

    start(new CommitPolicy(10, CommitPolicy.Bell.SILENT), Records.input("in", bytes(records)))
        .get();

    assertThat(archive.newest(new SourceDay("twitter", Records.DAY)).orElseThrow().ledger())
        .containsExactly(
            new LedgerEntry(
                new BatchId("b1"),
                100,
                100,
                0,
                0,
                List.of(new LedgerEntry.Input("in", 100, bytes(records).length))));
  }

  @ParameterizedTest(name = "from commit {0} on")
  @ValueSource(ints = {0, 1, 3})
  void a_producer_that_sends_again_from_an_acknowledged_offset_or_the_start_stores_nothing_twice(
      int commit) throws Exception {
    byte[] all = bytes(Records.some("a", 60, 3, 1));
    CommitPolicy every = new CommitPolicy(20, CommitPolicy.Bell.SILENT);
    start(every, Records.input("in", all)).get();
    List<Commit> commits = new ArrayList<>(watch.commits);
    int offset = commit == 0 ? 0 : (int) commits.get(commit - 1).offset();

    String rest = new String(all, offset, all.length - offset, StandardCharsets.UTF_8);
    ImportReport again =
        start(every, Records.input("in", rest.getBytes(StandardCharsets.UTF_8))).get();

    assertThat(again.stored()).isZero();
    assertThat(again.duplicates()).isEqualTo(60 - 20 * commit);
    assertThat(Archives.ids(archive)).hasSize(60).doesNotHaveDuplicates();
  }

  private void verify() throws IOException {
    for (SourceDay day : archive.days()) {
      assertThat(new Verifier(archive).verify(day)).isEmpty();
    }
  }
}
