package dev.historics.schedule;

import java.io.IOException;
import java.nio.file.Path;

/** The same with the state on a PostgreSQL server. */
class PostgresProcessesTest extends ProcessesTest {
  @Override
  void place(Path folder) throws IOException {
    Office.moveToServer(folder);
  }
}
