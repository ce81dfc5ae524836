package dev.historics.schedule.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.historics.schedule.StateStore;
import dev.historics.schedule.StateUnavailableException;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can go wrong with a server, and only there. */
@Timeout(60)
class PostgresStoreTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final String HASH = "0123456789abcdef0123456789abcdef";

  private PostgresAddress address;

  @BeforeEach
  void name() throws IOException {
    address = TestServer.freshSchema();
  }

  private void assertRefused(PostgresAddress refused, String message) {
    assertThatThrownBy(() -> PostgresStore.open(refused).close())
        .isInstanceOf(StateStoreException.class)
        .hasMessage(message);
  }

  private static PostgresAddress elsewhere(PostgresAddress address, String from, String to) {
    return TestServer.address(address.url().replaceAll(from, to));
  }

  @Test
  void the_next_session_after_a_broken_connection_has_a_new_one() throws Exception {
    try (StateStore store = PostgresStore.open(address);
        DefinitionStore definitions = DefinitionStore.open(address)) {
      definitions.put(HASH, "text", NOON);
      TestServer.breakConnections(address);

      try (StateStore.Session session = store.write()) {
        assertThat(session.sequence()).isZero();
        session.commit();
      }
      TestServer.breakConnections(address);
      try (StateStore.Session session = store.read()) {
        assertThat(session.sequence()).isZero();
      }
      assertThatThrownBy(() -> definitions.text(HASH))
          .isInstanceOf(StateUnavailableException.class);
      assertThat(definitions.text(HASH)).contains("text");
    }
  }

  @Test
  void a_connection_that_breaks_in_a_session_says_so_and_nothing_is_kept() throws Exception {
    try (StateStore store = PostgresStore.open(address)) {
      try (StateStore.Session session = store.write()) {
        assertThat(session.sequence()).isZero();
        TestServer.breakConnections(address);

        assertThatThrownBy(session::commit)
            .isInstanceOf(StateUnavailableException.class)
            .hasMessageStartingWith(
                "state database %s cannot be reached: ".formatted(address.shown()))
            .hasMessageEndingWith("; check that the server runs, and try again");
      }
      try (StateStore.Session session = store.write()) {
        assertThat(session.sequence()).isZero();
      }
    }
  }

  @Test
  void a_lead_ends_with_its_connection_and_its_holder_notices() throws Exception {
    try (StateStore one = PostgresStore.open(address);
        StateStore other = PostgresStore.open(address)) {
      StateStore.Lead lead = one.tryLead().orElseThrow();
      TestServer.breakConnections(address);

      assertThatThrownBy(() -> lead.write().close())
          .isInstanceOf(StateUnavailableException.class)
          .hasMessageStartingWith(
              "the connection that held the right to dispatch on %s broke: "
                  .formatted(address.shown()));
      lead.close();

      Optional<StateStore.Lead> next = other.tryLead();
      while (next.isEmpty()) {
        next = other.tryLead();
      }
      assertThat(one.tryLead()).isEmpty();
      next.get().close();
    }
  }

  @Test
  void states_in_different_schemas_have_leaders_of_their_own() throws Exception {
    try (StateStore one = PostgresStore.open(address);
        StateStore other = PostgresStore.open(TestServer.freshSchema())) {
      StateStore.Lead lead = one.tryLead().orElseThrow();
      StateStore.Lead another = other.tryLead().orElseThrow();
      lead.close();
      another.close();
    }
  }

  @Test
  void a_server_that_is_not_there_is_told_at_once() {
    assertThatThrownBy(
            () ->
                PostgresStore.open(
                        TestServer.address("jdbc:postgresql://127.0.0.1:1/historics?user=x"))
                    .close())
        .isInstanceOf(StateUnavailableException.class)
        .hasMessageStartingWith(
            "state database jdbc:postgresql://127.0.0.1:1/historics cannot be reached: Connection"
                + " to 127.0.0.1:1 refused.")
        .hasMessageEndingWith("; check that the server runs, and try again");
  }

  @Test
  void a_database_and_a_schema_that_are_not_there_are_named() {
    PostgresAddress database = elsewhere(address, "/historics\\?", "/nowhere?");
    assertRefused(
        database,
        "state database %s: FATAL: database \"nowhere\" does not exist; create it with 'createdb', or correct state.url"
            .formatted(database.shown()));

    assertRefused(
        elsewhere(address, "currentSchema=t", "currentSchema=nowhere"),
        "state database %s: the schema that its address names is not there; create it, or leave currentSchema out"
            .formatted(address.shown()));
  }

  @Test
  void a_user_who_is_not_there_is_named_and_a_password_is_never_shown() {
    PostgresAddress stranger =
        new PostgresAddress(
            address.url().replaceAll("user=[^&]*&", ""),
            Optional.of("stranger"),
            Optional.of("hunter2"));

    assertRefused(
        stranger,
        "state database %s: the server refuses the user (FATAL: role \"stranger\" does not exist); check state.user, and state.password or ~/.pgpass"
            .formatted(address.shown()));
    assertThat(stranger.toString()).isEqualTo(address.shown()).doesNotContain("hunter2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://db/h?user=x&password=hunter2",
        "jdbc:postgresql://db/h?PASSWORD=hunter2",
        "jdbc:postgresql://x:hunter2@db/h"
      })
  void a_password_in_an_address_is_refused_without_showing_it(String url) {
    assertThatThrownBy(() -> TestServer.address(url))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .startsWith("expected an address without a password")
        .doesNotContain("hunter2");
  }

  @Test
  void somebody_elses_tables_are_left_alone() {
    try (Handle past = TestServer.open(address)) {
      past.execute("CREATE TABLE jobs (a integer)");
      String schema = past.createQuery("SELECT current_schema()").mapTo(String.class).one();

      assertRefused(
          address,
          "state database %s: schema '%s' has 1 tables of something else; give the state a database of its own, or a schema by ?currentSchema=NAME"
              .formatted(address.shown(), schema));
    }
  }

  @Test
  void a_text_that_the_server_cannot_keep_is_refused() throws Exception {
    try (DefinitionStore store = DefinitionStore.open(address)) {
      assertThatThrownBy(() -> store.put(HASH, "a\0b", NOON))
          .isInstanceOf(StateStoreException.class)
          .hasMessage(
              "state database %s: a text with the character NUL cannot be kept there; remove it",
              address.shown());
      assertThat(store.put(HASH, "ab", NOON)).isTrue();
    }
  }

  @Test
  void a_server_that_takes_no_changes_is_told() throws Exception {
    PostgresStore.open(address).close();
    PostgresAddress standby =
        TestServer.address(address.url() + "&options=-c%20default_transaction_read_only=on");
    try (StateStore store = PostgresStore.open(standby)) {
      assertThatThrownBy(() -> store.write().close())
          .isInstanceOf(StateStoreException.class)
          .hasMessageContaining("the server takes no changes")
          .hasMessageEndingWith("give the address of the primary");
    }
  }

  @Test
  void those_who_open_an_empty_schema_at_once_make_the_tables_once() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      for (Future<Long> each :
          threads.invokeAll(
              IntStream.range(0, 4)
                  .<java.util.concurrent.Callable<Long>>mapToObj(i -> this::lookAtNew)
                  .toList())) {
        assertThat(each.get()).isZero();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private long lookAtNew() throws IOException {
    try (StateStore store = PostgresStore.open(address);
        StateStore.Session session = store.read()) {
      return session.sequence();
    }
  }
}
