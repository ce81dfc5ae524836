package dev.historics.schedule.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.historics.schedule.StateStore;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DefinitionStoreTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final String HASH = "0123456789abcdef0123456789abcdef";
  private static final String OTHER = "fedcba9876543210fedcba9876543210";

  private static final String THIRD = "00000000000000000000000000000003";

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("state.db");
  }

  @Test
  void a_text_is_found_by_its_hash_in_every_later_connection() throws IOException {
    String text = "a \"b\" 'c'\n\tСизиф 😂 \0 " + "x".repeat(1 << 20);
    try (DefinitionStore store = DefinitionStore.open(file)) {
      assertThat(store.put(HASH, text, NOON)).isTrue();
      assertThat(store.text(HASH)).contains(text);
    }
    try (DefinitionStore store = DefinitionStore.open(file)) {
      assertThat(store.text(HASH)).contains(text);
      assertThat(store.text(OTHER)).isEmpty();
    }
  }

  @Test
  void the_first_text_of_a_hash_stays() throws IOException {
    try (DefinitionStore store = DefinitionStore.open(file)) {
      assertThat(store.put(HASH, "first", NOON)).isTrue();
      assertThat(store.put(HASH, "second", NOON.plusSeconds(1))).isFalse();
      assertThat(store.put(OTHER, "second", NOON)).isTrue();

      assertThat(store.text(HASH)).contains("first");
      assertThat(store.text(OTHER)).contains("second");
    }
  }

  @Test
  void nobody_changes_or_removes_a_text() throws IOException {
    try (DefinitionStore store = DefinitionStore.open(file)) {
      store.put(HASH, "first", NOON);
    }
    Jdbi.create(SqliteDatabase.url(file))
        .useHandle(
            db -> {
              assertThatThrownBy(() -> db.execute("UPDATE definitions SET text = 'other'"))
                  .hasMessageContaining("a definition is never changed");
              assertThatThrownBy(() -> db.execute("DELETE FROM definitions"))
                  .hasMessageContaining("a definition is never removed");
            });
  }

  @Test
  void what_is_no_hash_is_refused() throws IOException {
    try (DefinitionStore store = DefinitionStore.open(file)) {
      for (String hash : List.of("", "0123", HASH.toUpperCase(java.util.Locale.ROOT), HASH + "0")) {
        assertThatThrownBy(() -> store.put(hash, "text", NOON))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage(
                "expected a hash of 32 hexadecimal digits in lower case, got '%s'".formatted(hash));
      }
    }
  }

  @Test
  void a_writer_that_waits_too_long_is_told_and_readers_do_not_wait() throws IOException {
    try (StateStore scheduler = SqliteStore.open(file);
        Database impatient = SqliteDatabase.open(file, Duration.ofMillis(100));
        DefinitionStore store = new DefinitionStore(impatient);
        StateStore.Session writing = scheduler.write()) {
      assertThat(writing.sequence()).isZero();

      assertThat(store.text(HASH)).isEmpty();
      assertThatThrownBy(() -> store.put(HASH, "text", NOON))
          .isInstanceOf(StateStoreException.class)
          .hasMessage(
              "state database %s: another process has held it for too long; try again, or find out"
                  + " what hangs",
              file);
    }
  }

  /** What the first version of this program left behind. */
  private void makeVersion1() throws SQLException {
    Flyway.configure()
        .dataSource(SqliteDatabase.url(file), "", "")
        .locations("classpath:dev/historics/schedule/store")
        .loggers("slf4j")
        .target("1")
        .load()
        .migrate();
    try (java.sql.Connection db = DriverManager.getConnection(SqliteDatabase.url(file));
        java.sql.Statement statement = db.createStatement()) {
      statement.execute(
          "INSERT INTO events (at, type, details) VALUES ('%s', 'x', '{}')".formatted(NOON));
      statement.execute("UPDATE counters SET next_query = 8");
      for (int number = 1; number <= 3; number++) {
        statement.execute(
            """
            INSERT INTO queries VALUES ('%020x', %d, 'ann', '', 'rule %d', '%s', 1, 'beta',
              '2017-08-05T00:00:00Z', '2017-08-06T00:00:00Z', 100, 'RUN', 'QUEUED',
              '2026-11-21T11:00:00Z', NULL, 0, 0, 1)
            """
                .formatted(number, number, number, number < 3 ? HASH : OTHER));
      }
    }
    Jdbi.create(SqliteDatabase.url(file))
        .useHandle(
            db -> {
              assertThat(db.createQuery("PRAGMA user_version").mapTo(Integer.class).one())
                  .isEqualTo(1);
              db.createQuery("PRAGMA journal_mode = WAL").mapTo(String.class).one();
            });
  }

  @Test
  void a_database_of_the_first_version_is_brought_up_to_date_and_loses_nothing()
      throws IOException, SQLException {
    makeVersion1();
    java.nio.file.Files.createFile(folder.resolve("state.db.made"));

    try (StateStore store = SqliteStore.open(file);
        StateStore.Session session = store.read()) {
      assertThat(session.sequence()).isEqualTo(1);
      assertThat(session.since(0).counters().nextQuery()).isEqualTo(8);
    }
    try (DefinitionStore store = DefinitionStore.open(file)) {
      assertThat(store.text(HASH)).as("the rules of queries").contains("rule 1");
      assertThat(store.text(OTHER)).contains("rule 3");
      assertThat(store.put(THIRD, "text", NOON)).isTrue();
    }
  }

  @Test
  void those_who_find_a_database_of_the_first_version_at_once_bring_it_up_to_date_once()
      throws Exception {
    makeVersion1();
    ExecutorService threads = Executors.newFixedThreadPool(6);
    try {
      List<Future<Boolean>> all = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        all.add(
            threads.submit(
                () -> {
                  try (DefinitionStore store = DefinitionStore.open(file)) {
                    return store.put(THIRD, "text", NOON);
                  }
                }));
      }
      int news = 0;
      for (Future<Boolean> each : all) {
        news += each.get() ? 1 : 0;
      }
      assertThat(news).isEqualTo(1);
    } finally {
      threads.shutdownNow();
    }
  }
}
