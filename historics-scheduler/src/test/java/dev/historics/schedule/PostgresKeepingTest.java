package dev.historics.schedule;

import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;

/** The same with the state on a PostgreSQL server. */
class PostgresKeepingTest extends KeepingTest {
  @BeforeEach
  @Override
  void place() throws IOException {
    Office.moveToServer(folder);
  }
}
