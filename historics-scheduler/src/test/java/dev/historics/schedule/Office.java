package dev.historics.schedule;

import dev.historics.schedule.store.SqliteStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Opens the queue on a state file, as one process after or beside another. */
final class Office {
  private static final AtomicLong IDS = new AtomicLong(1000);

  final PretendClock clock = new PretendClock();
  final SchedulerSettings settings;
  private final Path file;

  Office(Path folder, SchedulerSettings settings) {
    this.file = folder.resolve("state.db");
    this.settings = settings;
  }

  Scheduling open() throws IOException {
    return open(() -> Requests.id(IDS.incrementAndGet()));
  }

  Scheduling open(Supplier<QueryId> ids) throws IOException {
    return new Scheduling(
        SqliteStore.open(file),
        settings,
        (source, day) -> new Volume(1_000_000, 100_000_000),
        clock,
        ids);
  }

  Path file() {
    return file;
  }
}
