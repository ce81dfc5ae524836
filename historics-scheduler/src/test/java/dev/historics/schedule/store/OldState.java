package dev.historics.schedule.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** State files as former versions of the tables had them, out of golden/state. */
public final class OldState {
  private static final Path GOLDEN = Path.of("src", "test", "resources", "golden", "state");

  /** The newest version there is a file of. */
  public static final int NEWEST = 5;

  private OldState() {}

  /** Makes one, as its program left it. */
  public static void make(int version, Path file) throws IOException, SQLException {
    try (Connection db = DriverManager.getConnection(SqliteDatabase.url(file));
        Statement statement = db.createStatement()) {
      statement.executeUpdate("PRAGMA journal_mode = WAL");
      statement.executeUpdate(Files.readString(GOLDEN.resolve("V" + version + ".sql")));
    }
    Files.createFile(file.resolveSibling(file.getFileName() + ".made"));
  }
}
