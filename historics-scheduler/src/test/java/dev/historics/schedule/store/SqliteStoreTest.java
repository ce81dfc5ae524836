package dev.historics.schedule.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.historics.schedule.StateStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

class SqliteStoreTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("state.db");
  }

  private void make() throws IOException {
    SqliteStore.open(file).close();
  }

  private void assertRefused(String message) {
    assertThatThrownBy(() -> SqliteStore.open(file).close())
        .isInstanceOf(StateStoreException.class)
        .hasMessage(message);
  }

  @Test
  void writes_are_synchronous_and_references_are_checked() throws Exception {
    make();
    try (StateStore store = SqliteStore.open(file);
        StateStore.Session session = store.read()) {
      assertThat(session.sequence()).isZero();
      assertThat(session.live()).isEmpty();
    }
    Jdbi.create("jdbc:sqlite:" + file)
        .useHandle(
            handle ->
                assertThat(handle.createQuery("PRAGMA journal_mode").mapTo(String.class).one())
                    .isEqualTo("wal"));
  }

  @Test
  void a_database_of_a_newer_version_is_refused_with_both_numbers_and_left_alone()
      throws Exception {
    make();
    Jdbi.create("jdbc:sqlite:" + file).useHandle(db -> db.execute("PRAGMA user_version = 10"));

    assertRefused(
        "state database "
            + file
            + " has version 10, this program knows versions up to 9; use the newer program");

    Jdbi.create("jdbc:sqlite:" + file)
        .useHandle(
            db ->
                assertThat(db.createQuery("PRAGMA user_version").mapTo(Integer.class).one())
                    .isEqualTo(10));
  }

  @Test
  void somebody_elses_database_is_refused() {
    Jdbi.create("jdbc:sqlite:" + file).useHandle(db -> db.execute("CREATE TABLE t (a)"));

    assertRefused(file + " is an SQLite database, but not a state database; check the path");
  }

  @Test
  void a_file_that_is_no_database_is_refused() throws Exception {
    Files.writeString(file, "dear diary, ".repeat(1000), StandardCharsets.UTF_8);

    assertRefused(file + " is not a state database; check the path, or restore it from a backup");
  }

  @Test
  void a_missing_folder_is_refused() {
    file = folder.resolve("nowhere").resolve("state.db");

    assertRefused(
        "state database "
            + file
            + ": expected its folder to exist; make the folder or choose another one");
  }

  @Test
  void a_folder_in_place_of_the_file_is_refused() throws Exception {
    Files.createDirectory(file);

    assertRefused("state database " + file + ": expected a file, found a folder; check the path");
  }

  @Test
  void a_lost_database_is_missed_and_not_made_anew() throws Exception {
    make();
    Files.delete(file);
    assertRefused(
        "state database "
            + file
            + " is missing, but there was one; restore it from a backup, or remove "
            + file
            + ".made to begin with an empty queue");

    Files.createFile(file);
    assertRefused(
        "state database "
            + file
            + " is empty, but there was one; restore it from a backup, or remove "
            + file
            + ".made to begin with an empty queue");
  }

  @Test
  void a_damaged_database_says_so() throws Exception {
    make();
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      ByteBuffer rubbish = ByteBuffer.allocate((int) channel.size() - 4096);
      while (rubbish.hasRemaining()) {
        rubbish.put((byte) 0x55);
      }
      rubbish.flip();
      channel.write(rubbish, 4096);
    }

    assertThatThrownBy(
            () -> {
              try (StateStore store = SqliteStore.open(file);
                  StateStore.Session session = store.read()) {
                session.since(0);
              }
            })
        .isInstanceOf(StateStoreException.class)
        .hasMessageContaining(file + " is damaged; restore it from a backup");
  }

  @Test
  void a_writer_that_waits_too_long_is_told() throws Exception {
    try (StateStore one = SqliteStore.open(file);
        StateStore other = new SqlStore(SqliteDatabase.open(file, Duration.ofMillis(100)));
        StateStore.Session writing = one.write()) {
      assertThat(writing.sequence()).isZero();

      assertThatThrownBy(() -> other.write().close())
          .isInstanceOf(StateStoreException.class)
          .hasMessage(
              "state database "
                  + file
                  + ": another process has held it for too long; try again, or find out what"
                  + " hangs");

      try (StateStore.Session reading = other.read()) {
        assertThat(reading.sequence()).as("readers do not wait").isZero();
      }
    }
  }

  @Test
  void a_full_disk_and_lacking_rights_are_told() {
    assertThat(SqliteTroubles.of(file, new SQLiteException("full", SQLiteErrorCode.SQLITE_FULL)))
        .hasMessage(
            "state database "
                + file
                + ": no space left on its disk; nothing was changed: free some space and try"
                + " again");
    assertThat(
            SqliteTroubles.of(
                file,
                new IllegalStateException(
                    new SQLiteException("r/o", SQLiteErrorCode.SQLITE_READONLY_DIRECTORY))))
        .hasMessage(
            "state database "
                + file
                + " cannot be written; check the rights on it and on its folder");
  }

  @Test
  void one_at_a_time_has_the_lead() throws Exception {
    try (StateStore one = SqliteStore.open(file);
        StateStore other = SqliteStore.open(file)) {
      Optional<StateStore.Lead> lead = one.tryLead();
      assertThat(lead).isPresent();
      assertThat(other.tryLead()).isEmpty();
      assertThat(one.tryLead()).isEmpty();

      lead.get().close();

      Optional<StateStore.Lead> next = other.tryLead();
      assertThat(next).isPresent();
      next.get().close();
    }
  }
}
