package dev.historics.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdInputStream;
import dev.historics.archive.Archive;
import dev.historics.archive.BatchId;
import dev.historics.archive.Manifest;
import dev.historics.archive.SourceDay;
import dev.historics.archive.TargetColumn;
import dev.historics.archive.intake.ImportInput;
import dev.historics.archive.intake.ImportReport;
import dev.historics.archive.intake.ImportSettings;
import dev.historics.archive.intake.ImportWatch;
import dev.historics.archive.intake.Importer;
import dev.historics.archive.mapping.SourceMapping;
import dev.historics.archive.removal.Tombstone;
import dev.historics.archive.removal.Tombstones;
import dev.historics.archive.takedown.Receipt;
import dev.historics.archive.takedown.Takedown;
import dev.historics.archive.upkeep.CompactionSettings;
import dev.historics.archive.upkeep.Compactor;
import dev.historics.archive.upkeep.Pins;
import dev.historics.archive.upkeep.SweepSettings;
import dev.historics.archive.upkeep.Sweeper;
import dev.historics.archive.upkeep.Verifier;
import dev.historics.schedule.ChunkId;
import dev.historics.schedule.ChunkWork;
import dev.historics.schedule.JobId;
import dev.historics.schedule.JobPlan;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Somebody who wrote on 400 days is taken down while jobs and scans read the days and others import
 * and seal; {@code -Dtakedown.days} for another number of days.
 */
class TakedownUnderLoadTest {
  private static final int DAYS = Integer.getInteger("takedown.days", 400);
  private static final int SEALED_EVERY = 2;
  private static final int ENOUGH_QUERIES = 6;
  private static final int SCANS_PER_JOB = 4;
  private static final int DAYS_PER_IMPORT = 8;
  private static final int VERIFIED_EVERY = 10;
  private static final int RUNS_MAX = 5;
  private static final String SOURCE = "beta";
  private static final String SECRET = "meet me at the old mill";
  private static final String ALL = "interaction.id exists";
  private static final String HIS = "interaction.author.username == \"xavier\"";
  private static final Takedown.Watch NOBODY = (done, total) -> {};

  @TempDir private Path home;

  private final SourceMapping mapping = HostileRecords.beta();
  private final AtomicLong ticks = new AtomicLong();
  private final AtomicInteger batches = new AtomicInteger();
  private final AtomicInteger seenBefore = new AtomicInteger();
  private final AtomicInteger queriesAfter = new AtomicInteger();
  private final AtomicLong storedMore = new AtomicLong();
  private final AtomicInteger refused = new AtomicInteger();
  private final CountDownLatch underWay = new CountDownLatch(ENOUGH_QUERIES);
  private final CountDownLatch enough = new CountDownLatch(ENOUGH_QUERIES);
  private volatile boolean isOver;
  private ReplayWorld world;
  private Archive archive;

  private static SourceDay day(int number) {
    return new SourceDay(SOURCE, ReplayWorld.DAY.plusDays(number));
  }

  private static String record(String id, LocalDate day, String author, String content) {
    return """
        {"interaction":{"id":"%s","created_at":"%sT10:00:00Z","content":"%s","author":{"username":"%s"}}}
        """
        .formatted(id, day, content, author);
  }

  private ImportReport load(String records) throws IOException {
    byte[] input = records.getBytes(StandardCharsets.UTF_8);
    return new Importer(archive, ImportSettings.STANDARD)
        .run(
            new BatchId("t" + batches.getAndIncrement()),
            mapping::mapper,
            List.of(ImportInput.stream("records", new ByteArrayInputStream(input))),
            ImportWatch.NOBODY);
  }

  /** Each day has two of his, two of others, and one that speaks of him. */
  private void fill() throws IOException {
    StringBuilder records = new StringBuilder();
    for (int i = 0; i < DAYS; i++) {
      LocalDate day = day(i).day();
      records.append(record("a" + i, day, "ann", "rain in the city"));
      records.append(record("x" + i, day, "xavier", SECRET));
      records.append(record("e" + i, day, "eve", "no rain here"));
      records.append(record("y" + i, day, "xavier", "and again: " + SECRET));
      records.append(record("m" + i, day, "ann", "@xavier said something"));
    }
    assertThat(load(records.toString()).stored()).isEqualTo(5L * DAYS);
    for (int i = 0; i < DAYS; i += SEALED_EVERY) {
      seal(day(i));
    }
  }

  private List<TargetColumn> columns() {
    return mapping.targets().stream().sorted(Comparator.comparing(TargetColumn::target)).toList();
  }

  private void seal(SourceDay day) throws IOException {
    new Compactor(archive, CompactionSettings.STANDARD)
        .rewrite(day, columns(), world.dialect(SOURCE).stripping());
  }

  private boolean isInForce() throws IOException {
    return !new Tombstones(archive).newest(SOURCE).isEmpty();
  }

  /**
   * Counts a query, and what it saw.
   *
   * @param wasInForce whether the tombstone was when the query began
   */
  private void assertSeen(boolean wasInForce, long his, SourceDay day) {
    if (wasInForce) {
      assertThat(his).as("his on %s", day).isZero();
      queriesAfter.incrementAndGet();
      enough.countDown();
    } else if (his > 0) {
      seenBefore.incrementAndGet();
      underWay.countDown();
    }
  }

  /** Runs jobs, each of which must deliver what others wrote, once; and scans. */
  private Void query() throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    for (int job = 1; !isOver; job++) {
      int number = random.nextInt(DAYS);
      SourceDay day = day(number);
      Instant start = day.day().atStartOfDay(ZoneOffset.UTC).toInstant();
      ChunkId chunk = new ChunkId(ReplayWorld.query(job), day.day());
      ChunkWork work =
          new ChunkWork(
              chunk, ALL, new TreeSet<>(List.of(SOURCE)), start, start.plusSeconds(86_400), 100);
      boolean wasInForce = isInForce();
      world.run(new JobPlan(JobId.of(job), day.day(), List.of(work)));

      List<String> delivered = world.delivered(chunk);
      assertSeen(wasInForce, delivered.stream().filter(line -> line.contains(SECRET)).count(), day);
      for (String id : List.of("a", "e", "m")) {
        String member = "\"id\":\"%s%d\"".formatted(id, number);
        assertThat(delivered).filteredOn(line -> line.contains(member)).as(member).hasSize(1);
      }
      assertThat(delivered).doesNotHaveDuplicates();
      for (int i = 0; i < SCANS_PER_JOB; i++) {
        scan(day(random.nextInt(DAYS)));
      }
    }
    return null;
  }

  /** Scans a day without a job, as estimates do. */
  private void scan(SourceDay day) throws IOException {
    boolean wasInForce = isInForce();
    Pins pins = new Pins(archive);
    Manifest pinned = pins.pin(day, "scan").orElseThrow();
    List<Long> hits = DayScan.count(archive, pinned, List.of(HIS, ALL), world.dialect(SOURCE));
    pins.release(day, "scan");
    assertSeen(wasInForce, hits.get(0), day);
    assertThat(hits.get(1) - hits.get(0)).as("others on %s", day).isGreaterThanOrEqualTo(3);
  }

  /** Imports more of his and of others on some days, and seals them. */
  private Void write() throws IOException {
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; !isOver; i++) {
      boolean wasInForce = isInForce();
      List<SourceDay> days = new ArrayList<>();
      StringBuilder records = new StringBuilder();
      for (int j = 0; j < DAYS_PER_IMPORT; j++) {
        SourceDay day = day(random.nextInt(DAYS));
        String id = "%d-%d".formatted(i, j);
        records.append(record("more-a" + id, day.day(), "ann", "more rain"));
        records.append(record("more-x" + id, day.day(), "xavier", SECRET));
        days.add(day);
      }
      ImportReport report = unlessSwept(() -> load(records.toString()));
      long his = DAYS_PER_IMPORT - report.quarantined();
      storedMore.addAndGet(his);
      if (wasInForce) {
        assertThat(his).isZero();
        refused.incrementAndGet();
      }
      for (SourceDay day : days) {
        unlessSwept(
            () -> {
              seal(day);
              return day;
            });
      }
    }
    return null;
  }

  /**
   * By the clock of this test replaced files go at once, so that a writer may have to try again.
   */
  private static <T> T unlessSwept(Callable<T> work) throws IOException {
    for (int attempt = 0; ; attempt++) {
      try {
        return work.call();
      } catch (Exception e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
          cause = cause.getCause();
        }
        if (!(cause instanceof NoSuchFileException) || attempt == RUNS_MAX) {
          throw new IOException(e);
        }
      }
    }
  }

  private static CompletableFuture<Void> start(Callable<Void> work) {
    CompletableFuture<Void> end = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                end.complete(work.call());
              } catch (Exception | AssertionError e) {
                end.completeExceptionally(e);
              }
            });
    thread.start();
    return end;
  }

  /** Nobody waits for a thread that failed. */
  private Void giveUp(Throwable cause) {
    while (underWay.getCount() + enough.getCount() > 0) {
      underWay.countDown();
      enough.countDown();
    }
    isOver = true;
    return null;
  }

  private Takedown takedown(Duration unfinished) {
    Sweeper sweeper =
        new Sweeper(
            archive, new SweepSettings(Duration.ofMillis(1), unfinished, Duration.ofDays(10_000)));
    return new Takedown(
        archive,
        new Compactor(archive, CompactionSettings.STANDARD),
        sweeper,
        source -> new Takedown.Layout(columns(), world.dialect(source).stripping()));
  }

  /** Every byte below the archive's root, and every byte that is packed in it. */
  private String everything() throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> below = Files.walk(home.resolve("archive"))) {
      for (Path file : below.filter(Files::isRegularFile).toList()) {
        byte[] bytes = Files.readAllBytes(file);
        all.append(new String(bytes, StandardCharsets.ISO_8859_1));
        for (int at = 0; at + 4 <= bytes.length; at++) {
          if (bytes[at] == 0x28
              && bytes[at + 1] == (byte) 0xb5
              && bytes[at + 2] == 0x2f
              && bytes[at + 3] == (byte) 0xfd) {
            all.append(unpacked(bytes, at));
          }
        }
      }
    }
    return all.toString();
  }

  private static String unpacked(byte[] bytes, int at) throws IOException {
    StringBuilder text = new StringBuilder();
    try (ZstdInputStream in =
        new ZstdInputStream(new ByteArrayInputStream(bytes, at, bytes.length - at))) {
      in.setContinuous(false);
      byte[] buffer = new byte[1 << 16];
      for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
        text.append(new String(buffer, 0, read, StandardCharsets.ISO_8859_1));
      }
    } catch (com.github.luben.zstd.ZstdIOException e) {
      // Behind the frame something else begins.
    }
    return text.toString();
  }

  @Test
  void no_query_sees_who_was_taken_down_and_no_byte_of_theirs_is_left() throws Exception {
    try (ReplayWorld opened = new ReplayWorld(home, List.of(mapping))) {
      world = opened;
      // By this clock everything is old: only what is in force, pinned, or new to all is safe.
      Instant start = Instant.parse("2030-01-01T00:00:00Z");
      archive =
          new Archive(opened.archive().files(), () -> start.plusSeconds(ticks.getAndIncrement()));
      fill();
      assertThat(everything().split(SECRET, -1)).hasSizeGreaterThan(2 * DAYS);
      List<CompletableFuture<Void>> others = List.of(start(this::query), start(this::write));
      others.forEach(other -> other.exceptionally(this::giveUp));
      underWay.await();

      List<Tombstone> wishes =
          List.of(
              new Tombstone(Tombstone.Kind.AUTHOR, "xavier", ReplayWorld.CLOCK.instant(), "t1"));
      Takedown busy = takedown(Duration.ofDays(3_650));
      Receipt receipt = busy.run(busy.plan("t1", wishes, List.of(SOURCE), "asked for"), NOBODY);
      enough.await();
      isOver = true;
      for (CompletableFuture<Void> other : others) {
        other.get();
      }
      for (int run = 0; run < RUNS_MAX && receipt.state() != Receipt.State.COMPLETE; run++) {
        receipt = takedown(Duration.ofMillis(1)).run(receipt, NOBODY);
      }

      assertThat(takedown(Duration.ofMillis(1)).left(receipt)).isEmpty();
      assertThat(receipt.state()).isEqualTo(Receipt.State.COMPLETE);
      assertThat(receipt.days()).hasSize(DAYS);
      assertThat(receipt.removed()).isEqualTo(2L * DAYS + storedMore.get());
      assertThat(receipt.mentions()).isGreaterThanOrEqualTo(DAYS);
      assertThat(seenBefore).hasValueGreaterThanOrEqualTo(ENOUGH_QUERIES);
      assertThat(queriesAfter).hasValueGreaterThanOrEqualTo(ENOUGH_QUERIES);
      assertThat(refused).hasPositiveValue();
      assertThat(everything()).contains("@xavier said something").doesNotContain(SECRET);
      for (int i = 0; i < DAYS; i += VERIFIED_EVERY) {
        assertThat(new Verifier(archive).verify(day(i))).isEmpty();
      }
    }
  }
}
