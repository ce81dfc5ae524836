package dev.historics.schedule;

import dev.historics.schedule.store.DefinitionStore;
import dev.historics.schedule.store.PostgresAddress;
import dev.historics.schedule.store.PostgresStore;
import dev.historics.schedule.store.SqliteStore;
import dev.historics.schedule.store.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Opens the queue on the state of a folder, as one process after or beside another. The state is a
 * file of the folder, or lies at the address that another file of it names.
 */
final class Office {
  private static final AtomicLong IDS = new AtomicLong(1000);

  final PretendClock clock = new PretendClock();
  final SchedulerSettings settings;

  /** What the archive holds: every day the same, unless a test says otherwise. */
  ArchiveCatalog catalog = (source, day) -> new Volume(1_000_000, 100_000_000);

  private final Path folder;

  Office(Path folder, SchedulerSettings settings) {
    this.folder = folder;
    this.settings = settings;
  }

  /** Lets every office of the folder have its state on the tests' server. */
  static void moveToServer(Path folder) throws IOException {
    Files.writeString(folder.resolve("address"), TestServer.freshSchema().url());
  }

  Scheduling open() throws IOException {
    return open(() -> Requests.id(IDS.incrementAndGet()));
  }

  Scheduling open(Supplier<QueryId> ids) throws IOException {
    return open(store(), ids);
  }

  Scheduling open(StateStore store, Supplier<QueryId> ids) {
    return new Scheduling(store, settings, catalog, clock, ids);
  }

  StateStore store() throws IOException {
    Optional<PostgresAddress> address = address();
    return address.isPresent() ? PostgresStore.open(address.get()) : SqliteStore.open(file());
  }

  DefinitionStore definitions() throws IOException {
    Optional<PostgresAddress> address = address();
    return address.isPresent() ? DefinitionStore.open(address.get()) : DefinitionStore.open(file());
  }

  private Optional<PostgresAddress> address() throws IOException {
    Path address = folder.resolve("address");
    return Files.exists(address)
        ? Optional.of(TestServer.address(Files.readString(address)))
        : Optional.empty();
  }

  Path file() {
    return folder.resolve("state.db");
  }
}
