package dev.historics.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.historics.schedule.store.StateStoreException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A state whose file was cut: all of it comes back, or nobody is told that there is less. */
class CutStateTest {
  private static final int QUERIES = 12;
  private static final int CUTS = 60;

  @TempDir private Path folder;
  private Path whole;

  @BeforeEach
  void name() throws IOException {
    whole = Files.createDirectory(folder.resolve("whole"));
  }

  private static Scheduling open(Path place) throws IOException {
    return new Office(place, SchedulerSettings.DEFAULTS).open();
  }

  /** A queue, and copies of its files after each query, as a machine that died leaves them. */
  private List<String> fill(Path crashed) throws IOException {
    List<String> told = new ArrayList<>();
    try (Scheduling scheduling = open(whole)) {
      for (int i = 0; i < QUERIES; i++) {
        told.add(scheduling.submit(Requests.request("u" + i % 3, i, 5)).id().value());
      }
      copy(whole, crashed);
    }
    return told;
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }

  /** What the state says of its queries; empty if it refuses to say anything. */
  private static Optional<List<String>> told(Path place) throws IOException {
    try (Scheduling scheduling = open(place)) {
      List<String> ids = new ArrayList<>();
      for (QueryView query : scheduling.queries()) {
        assertThat(query.chunks()).as("days of %s", query.id()).hasSize(5);
        ids.add(query.id().value());
      }
      assertThat(scheduling.queue().users()).hasSize(Math.min(3, ids.size()));
      return Optional.of(ids);
    } catch (StateStoreException e) {
      assertThat(e.getMessage()).contains(place.toString()).contains("; ");
      return Optional.empty();
    }
  }

  private static void cut(Path file, long length) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(length);
    }
  }

  @Test
  void a_file_that_was_cut_is_refused_and_never_begun_anew() throws IOException {
    List<String> all = fill(folder.resolve("unused"));
    assertThat(told(whole)).contains(all);
    long length = Files.size(whole.resolve("state.db"));
    SplittableRandom random = new SplittableRandom(19);

    int refused = 0;
    for (int i = 0; i < CUTS; i++) {
      Path place = folder.resolve("cut" + i);
      copy(whole, place);
      cut(place.resolve("state.db"), random.nextLong(length));
      Optional<List<String>> told = told(place);
      refused += told.isEmpty() ? 1 : 0;
      assertThat(told.orElse(all)).as("cut %d", i).isEqualTo(all);
    }
    assertThat(refused).as("a cut that took something was noticed").isGreaterThan(CUTS / 2);
  }

  /** What was written last is in a file beside it; a transaction that was cut never happened. */
  @Test
  void a_log_that_was_cut_gives_the_queries_that_were_whole_before_the_cut() throws IOException {
    Path crashed = folder.resolve("crashed");
    List<String> all = fill(crashed);
    Path log = crashed.resolve("state.db-wal");
    assertThat(log).isNotEmptyFile();
    SplittableRandom random = new SplittableRandom(20);

    int most = 0;
    for (int i = 0; i < CUTS; i++) {
      Path place = folder.resolve("log" + i);
      copy(crashed, place);
      Files.deleteIfExists(place.resolve("state.db-shm"));
      cut(place.resolve("state.db-wal"), random.nextLong(Files.size(log) + 1));
      List<String> told = told(place).orElseThrow();
      assertThat(told).as("cut %d", i).isEqualTo(all.subList(0, told.size()));
      most = Math.max(most, told.size());
    }
    assertThat(most).as("not every cut took all").isPositive();
  }
}
