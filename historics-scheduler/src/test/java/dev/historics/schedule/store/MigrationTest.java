package dev.historics.schedule.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.historics.schedule.StateStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.flywaydb.core.api.callback.BaseCallback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files of former versions are brought up to date: as a whole, or not at all. */
class MigrationTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("state.db");
  }

  static IntStream versions() {
    return IntStream.rangeClosed(1, OldState.NEWEST);
  }

  /** What a process that dies at any step leaves behind, a folder for each. */
  private final class Deaths extends BaseCallback {
    private final List<Path> left = new ArrayList<>();

    @Override
    public boolean supports(Event event, Context context) {
      return event.getId().contains("Migrate");
    }

    @Override
    public void handle(Event event, Context context) {
      Path copy = folder.resolve(left.size() + "-" + event.getId());
      try (Stream<Path> all = Files.list(folder)) {
        Files.createDirectory(copy);
        for (Path each : all.filter(Files::isRegularFile).toList()) {
          Files.copy(each, copy.resolve(each.getFileName()));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      left.add(copy.resolve(file.getFileName()));
    }
  }

  private static int version(Path file) {
    return Jdbi.create(SqliteDatabase.url(file))
        .withHandle(db -> db.createQuery("PRAGMA user_version").mapTo(Integer.class).one());
  }

  /** All that a former program reads. */
  private static List<String> rows(Path file) {
    return Jdbi.create(SqliteDatabase.url(file))
        .withHandle(
            db ->
                db.createQuery(
                        """
                        SELECT 'query', id, number, user, rule, status, wish, live FROM queries
                        UNION ALL
                        SELECT 'chunk', query, day, status, ticket, job, read, matched FROM chunks
                        UNION ALL
                        SELECT 'job', number, day, riders, started, ended, clean, progress FROM jobs
                        UNION ALL
                        SELECT 'event', seq, at, type, details, '', '', '' FROM events
                        UNION ALL
                        SELECT 'counters', next_query, next_job, next_ticket, next_place, dealt,
                          dispatched_millis, '' FROM counters
                        ORDER BY 1, 2, 3
                        """)
                    .mapToMap()
                    .map(Object::toString)
                    .list());
  }

  private static void assertGood(Path file) {
    String found =
        Jdbi.create(SqliteDatabase.url(file))
            .withHandle(db -> db.createQuery("PRAGMA integrity_check").mapTo(String.class).one());
    assertThat(found).isEqualTo("ok");
  }

  @ParameterizedTest(name = "version {0}")
  @MethodSource("versions")
  void a_former_state_is_brought_up_to_date_and_loses_nothing(int version) throws Exception {
    OldState.make(version, file);
    assertThat(version(file)).isEqualTo(version);
    List<String> before = rows(file);

    try (StateStore store = SqliteStore.open(file);
        StateStore.Session session = store.read()) {
      assertThat(session.sequence()).isEqualTo(6);
      assertThat(session.all()).hasSize(3);
      assertThat(session.live()).hasSize(2);
      assertThat(session.since(0).jobs()).hasSize(1);
      assertThat(session.recurring()).hasSize(version < 5 ? 0 : 1);
    }
    try (DefinitionStore store = DefinitionStore.open(file)) {
      assertThat(store.text("a".repeat(32))).contains("interaction.content exists");
    }

    assertThat(version(file)).isEqualTo(SqliteSchema.VERSION);
    assertThat(rows(file)).hasSize(17).isEqualTo(before);
    assertGood(file);
  }

  @ParameterizedTest(name = "version {0}")
  @MethodSource("versions")
  void who_dies_while_migrating_leaves_the_former_state_or_the_new_one(int version)
      throws Exception {
    OldState.make(version, file);
    List<String> before = rows(file);
    Deaths deaths = new Deaths();

    SqliteSchema.migrate(file, deaths);

    assertThat(deaths.left).isNotEmpty();
    assertThat(deaths.left)
        .allSatisfy(
            left -> {
              assertThat(version(left)).isIn(version, SqliteSchema.VERSION);
              assertThat(rows(left)).isEqualTo(before);
              SqliteStore.open(left).close();
              assertThat(version(left)).isEqualTo(SqliteSchema.VERSION);
              assertThat(rows(left)).isEqualTo(before);
              assertGood(left);
            });
    assertThat(version(file)).isEqualTo(SqliteSchema.VERSION);
  }

  @Test
  void who_dies_while_making_a_state_leaves_nothing_in_the_way() throws Exception {
    Deaths deaths = new Deaths();

    SqliteSchema.migrate(file, deaths);

    assertThat(deaths.left).isNotEmpty();
    assertThat(deaths.left)
        .allSatisfy(
            left -> {
              try (StateStore store = SqliteStore.open(left);
                  StateStore.Session session = store.read()) {
                assertThat(session.all()).isEmpty();
              }
              assertThat(version(left)).isEqualTo(SqliteSchema.VERSION);
            });
  }
}
