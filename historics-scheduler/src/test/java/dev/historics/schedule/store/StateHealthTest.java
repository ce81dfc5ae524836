package dev.historics.schedule.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.historics.schedule.StateUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateHealthTest {
  private static final int NEWEST = SqliteSchema.VERSION;

  @TempDir private Path home;
  private Path file;

  @BeforeEach
  void name() {
    file = home.resolve("historics.db");
  }

  @Test
  void a_file_that_is_not_there_is_not_made() throws IOException {
    assertThat(StateHealth.of(file)).isEqualTo(new StateHealth(0, NEWEST, Optional.empty()));
    assertThat(home).isEmptyDirectory();
  }

  @Test
  void a_file_has_the_version_of_its_tables() throws Exception {
    SqliteStore.open(file).close();

    assertThat(StateHealth.of(file)).isEqualTo(new StateHealth(NEWEST, NEWEST, Optional.empty()));
  }

  @Test
  void a_file_is_looked_at_while_somebody_writes() throws Exception {
    try (dev.historics.schedule.StateStore store = SqliteStore.open(file);
        dev.historics.schedule.StateStore.Session session = store.write()) {
      assertThat(StateHealth.of(file).version()).isEqualTo(NEWEST);
      assertThat(session.sequence()).isZero();
    }
  }

  @Test
  void an_older_file_is_left_as_it_is() throws Exception {
    SqliteStore.open(file).close();
    execute("PRAGMA user_version = 1");

    assertThat(StateHealth.of(file).version()).isEqualTo(1);
    assertThat(StateHealth.of(file).version()).isEqualTo(1);
  }

  @Test
  void a_file_of_a_newer_program_is_refused() throws Exception {
    SqliteStore.open(file).close();
    execute("PRAGMA user_version = 999");

    assertThatThrownBy(() -> StateHealth.of(file))
        .isInstanceOf(StateStoreException.class)
        .hasMessageContaining("has version 999");
  }

  @Test
  void a_file_that_is_no_database_is_refused() throws Exception {
    Files.writeString(file, "not a database, ".repeat(100));

    assertThatThrownBy(() -> StateHealth.of(file))
        .isInstanceOf(StateStoreException.class)
        .hasMessageContaining(file.toString());
  }

  private void execute(String statement) {
    try (Handle handle = Jdbi.create(SqliteDatabase.url(file)).open()) {
      handle.execute(statement);
    }
  }

  @Test
  void a_schema_without_tables_is_left_empty_and_its_server_has_a_clock() throws IOException {
    PostgresAddress address = TestServer.freshSchema();

    StateHealth first = StateHealth.of(address);
    StateHealth second = StateHealth.of(address);

    assertThat(first.version()).isZero();
    assertThat(first.newest()).isEqualTo(NEWEST);
    assertThat(second.version()).isZero();
    assertThat(second.clock().orElseThrow()).isAfter(first.clock().orElseThrow());
  }

  @Test
  void a_schema_has_the_version_of_its_tables() throws Exception {
    PostgresAddress address = TestServer.freshSchema();
    PostgresStore.open(address).close();

    assertThat(StateHealth.of(address).version()).isEqualTo(NEWEST);
  }

  @Test
  void a_server_that_is_away_is_told() {
    PostgresAddress nobody = TestServer.address("jdbc:postgresql://127.0.0.1:1/historics");

    assertThatThrownBy(() -> StateHealth.of(nobody))
        .isInstanceOf(StateUnavailableException.class)
        .hasMessageContaining("cannot be reached");
  }
}
