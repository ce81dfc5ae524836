package dev.historics.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.historics.schedule.store.OldState;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A queue that a former version left in the middle of its work. */
class OldStatesTest {
  @TempDir Path folder;

  static IntStream versions() {
    return IntStream.rangeClosed(1, OldState.NEWEST);
  }

  @ParameterizedTest(name = "version {0}")
  @MethodSource("versions")
  void goes_on_where_it_was(int version) throws Exception {
    Office office = new Office(folder, SchedulerSettings.DEFAULTS);
    OldState.make(version, office.file());
    FakeCluster cluster = FakeCluster.atOnce(World::done);
    FakeBooks books = new FakeBooks();

    try (Scheduling scheduling = office.open()) {
      new Dispatcher(scheduling, cluster, books, office.clock, DispatchListener.NONE)
          .run(Until.IDLE);

      assertThat(scheduling.queries())
          .hasSize(3)
          .allMatch(query -> query.status() == QueryStatus.SUCCEEDED);
    }
    assertThat(cluster.recovered).containsExactly(JobId.of(2));
    assertThat(cluster.scanned).hasSize(4).doesNotHaveDuplicates();
    assertThat(books.closed).hasSize(2);
  }
}
