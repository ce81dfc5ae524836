package dev.historics.schedule.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.historics.schedule.Finish;
import dev.historics.schedule.JobFactors;
import dev.historics.schedule.JobId;
import dev.historics.schedule.Observation;
import dev.historics.schedule.Promise;
import dev.historics.schedule.QueryId;
import dev.historics.schedule.StateStore;
import dev.historics.schedule.StateUnavailableException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every kind of store does alike. */
class StoreContractTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final Duration SHORT = Duration.ofMillis(100);

  @TempDir Path folder;

  /** The kinds of places where a state can lie. */
  enum Kind {
    FILE,
    SERVER
  }

  /** A state of some kind, as many processes see it. */
  private record Place(Path file, Optional<PostgresAddress> address) {
    Database connect(Duration patience) throws IOException {
      return address.isPresent()
          ? PostgresDatabase.open(address.get(), patience)
          : SqliteDatabase.open(file, patience);
    }

    StateStore open() throws IOException {
      return new SqlStore(connect(Database.PATIENCE));
    }

    /** A connection past the store. */
    Handle handle() {
      return address
          .map(TestServer::open)
          .orElseGet(() -> Jdbi.create(SqliteDatabase.url(file)).open());
    }

    String shown() {
      return address.map(PostgresAddress::shown).orElse(file.toString());
    }
  }

  private Place place(Kind kind) throws IOException {
    return new Place(
        folder.resolve("state.db"),
        kind == Kind.SERVER ? Optional.of(TestServer.freshSchema()) : Optional.empty());
  }

  @ParameterizedTest
  @EnumSource
  void one_at_a_time_has_the_lead(Kind kind) throws Exception {
    Place place = place(kind);
    try (StateStore one = place.open();
        StateStore other = place.open()) {
      StateStore.Lead lead = one.tryLead().orElseThrow();
      assertThat(other.tryLead()).isEmpty();
      assertThat(one.tryLead()).isEmpty();
      assertThat(one.led()).isTrue();
      assertThat(other.led()).isTrue();

      lead.close();
      assertThat(other.led()).isFalse();

      StateStore.Lead next = other.tryLead().orElseThrow();
      assertThat(next.generation()).isEqualTo(lead.generation() + 1);
      next.close();
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_leader_that_was_followed_by_another_writes_nothing_more(Kind kind) throws Exception {
    Place place = place(kind);
    try (StateStore one = place.open();
        StateStore other = place.open()) {
      StateStore.Lead lead = one.tryLead().orElseThrow();
      try (StateStore.Session session = lead.write()) {
        assertThat(session.sequence()).isZero();
        session.commit();
      }
      // As if the lock had been lost without its holder's knowing.
      try (Handle past = place.handle()) {
        past.execute("UPDATE lead SET generation = generation + 1");
      }

      assertThatThrownBy(() -> lead.write().close())
          .isInstanceOf(StateUnavailableException.class)
          .hasMessage("another process dispatches on this state now; this one waits for its turn");

      try (StateStore.Session session = other.write()) {
        assertThat(session.sequence()).as("the refused session holds no lock").isZero();
      }
      lead.close();
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_writer_that_waits_too_long_is_told_and_readers_do_not_wait(Kind kind) throws Exception {
    Place place = place(kind);
    try (StateStore one = place.open();
        StateStore other = new SqlStore(place.connect(SHORT));
        StateStore.Session writing = one.write()) {
      assertThat(writing.sequence()).isZero();

      assertThatThrownBy(() -> other.write().close())
          .isInstanceOf(StateStoreException.class)
          .hasMessage(
              "state database %s: another process has held it for too long; try again, or find out"
                  + " what hangs",
              place.shown());

      try (StateStore.Session reading = other.read()) {
        assertThat(reading.sequence()).isZero();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_session_that_reads_sees_one_state_until_it_is_closed(Kind kind) throws Exception {
    Place place = place(kind);
    try (StateStore one = place.open();
        StateStore other = place.open()) {
      try (StateStore.Session reading = one.read()) {
        assertThat(reading.sequence()).isZero();
        addEvent(place);

        assertThat(reading.sequence()).isZero();
        assertThat(reading.all()).isEmpty();
      }
      try (StateStore.Session reading = other.read()) {
        assertThat(reading.sequence()).isEqualTo(1);
      }
    }
  }

  private static void addEvent(Place place) {
    try (Handle past = place.handle()) {
      past.createUpdate("INSERT INTO events (at, type, details) VALUES (:at, 'x', '{}')")
          .bind("at", NOON.toString())
          .execute();
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_state_of_a_newer_version_is_refused_with_both_numbers(Kind kind) throws Exception {
    Place place = place(kind);
    place.open().close();
    try (Handle past = place.handle()) {
      past.execute(
          kind == Kind.FILE
              ? "PRAGMA user_version = 99"
              : "UPDATE historics_schema SET version = '99'");
    }

    assertThatThrownBy(() -> place.open().close())
        .isInstanceOf(StateStoreException.class)
        .hasMessage(
            "state database %s has version 99, this program knows versions up to %d; use the newer"
                + " program",
            place.shown(), SqliteSchema.VERSION);
  }

  @ParameterizedTest
  @EnumSource
  void definitions_are_kept_and_never_changed(Kind kind) throws Exception {
    Place place = place(kind);
    String hash = "0123456789abcdef0123456789abcdef";
    String text = "a \"b\" 'c'\n\tСизиф 😂 " + "x".repeat(1 << 20);
    try (DefinitionStore store = new DefinitionStore(place.connect(Database.PATIENCE))) {
      assertThat(store.put(hash, text, NOON)).isTrue();
      assertThat(store.put(hash, "second", NOON)).isFalse();
      assertThat(store.text(hash)).contains(text);
    }
    try (Handle past = place.handle()) {
      for (String statement :
          List.of("UPDATE definitions SET text = 'x'", "DELETE FROM definitions")) {
        assertThatThrownBy(() -> past.execute(statement))
            .hasMessageContaining("a definition is never");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void what_jobs_taught_comes_back_the_newest_first(Kind kind) throws Exception {
    Place place = place(kind);
    Observation first =
        new Observation(
            JobId.of(1), new JobFactors("bitly twitter", 3, 70, 5_000, 9, 12.5, 4), 1.5, 2.25);
    Observation second =
        new Observation(JobId.of(2), new JobFactors("twitter", 1, 7, 500, 1, 100, 0), 0.5, 0.25);
    try (StateStore store = place.open();
        StateStore.Session session = store.write()) {
      session.observe(first);
      session.observe(second);
      session.commit();
    }

    try (StateStore store = place.open();
        StateStore.Session session = store.read()) {
      assertThat(session.observations(10)).containsExactly(second, first);
      assertThat(session.observations(1)).containsExactly(second);
      assertThat(session.arrivals(10)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void what_jobs_taught_long_ago_is_forgotten(Kind kind) throws Exception {
    Place place = place(kind);
    JobFactors factors = new JobFactors("twitter", 1, 7, 500, 1, 100, 0);
    try (StateStore store = place.open();
        StateStore.Session session = store.write()) {
      for (long job : new long[] {1, 2, 10_001}) {
        session.observe(new Observation(JobId.of(job), factors, 0.5, 0.25));
      }

      assertThat(session.observations(10))
          .extracting(observation -> observation.job().number())
          .containsExactly(10_001L, 2L);
    }
  }

  @ParameterizedTest
  @EnumSource
  void promises_are_forgotten_after_four_hundred_days(Kind kind) throws Exception {
    Place place = place(kind);
    try (StateStore store = place.open();
        StateStore.Session session = store.write()) {
      keep(session, 1, NOON.minus(Duration.ofDays(400)).minusSeconds(1));
      keep(session, 2, NOON.minus(Duration.ofDays(400)).plusSeconds(1));
      keep(session, 63, NOON);
      assertThat(numbers(session)).as("looked for now and then").containsExactly(63L, 2L, 1L);

      keep(session, 64, NOON);

      assertThat(numbers(session)).containsExactly(64L, 63L, 2L);
    }
    try (Handle handle = place.handle()) {
      assertThat(count(handle, "promises")).as("nothing was committed").isZero();
    }
  }

  /** A query that was promised something and ended at once. */
  private static void keep(StateStore.Session session, long number, Instant at) throws IOException {
    QueryId id = new QueryId("%020x".formatted(number));
    session.promise(List.of(new Promise(id, at, 0, 1, 2, 3, 1, 2, 2)));
    session.finish(new Finish(id, number, 1, at, at, 1000));
  }

  private static List<Long> numbers(StateStore.Session session) throws IOException {
    return session.kept(10).stream().map(kept -> kept.finish().number()).toList();
  }

  private static int count(Handle handle, String table) {
    return handle.createQuery("SELECT count(*) FROM " + table).mapTo(Integer.class).one();
  }

  /** A column that one kind has and the other lacks would be found only in use. */
  @Test
  void both_kinds_have_the_same_tables_and_columns() throws Exception {
    Place server = place(Kind.SERVER);
    Place file = place(Kind.FILE);
    server.open().close();
    file.open().close();
    try (Handle there = server.handle();
        Handle here = file.handle()) {
      assertThat(
              there
                  .createQuery(
                      """
                      SELECT table_name || '.' || column_name || ' ' || is_nullable
                      FROM information_schema.columns
                      WHERE table_schema = current_schema() AND table_name <> 'historics_schema'
                      """)
                  .mapTo(String.class)
                  .list())
          .containsExactlyInAnyOrderElementsOf(
              here.createQuery(
                      """
                      SELECT t.name || '.' || c.name || ' '
                        || CASE WHEN c."notnull" = 1 OR c.pk > 0 THEN 'NO' ELSE 'YES' END
                      FROM sqlite_schema t, pragma_table_info(t.name) c
                      WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%'
                        AND t.name <> 'flyway_schema_history'
                      """)
                  .mapTo(String.class)
                  .list());
    }
  }
}
