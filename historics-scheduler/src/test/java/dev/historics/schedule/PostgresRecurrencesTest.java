package dev.historics.schedule;

import java.io.IOException;

/** The same with the state on a PostgreSQL server. */
class PostgresRecurrencesTest extends RecurrencesTest {
  @Override
  void place() throws IOException {
    Office.moveToServer(folder);
  }
}
