package dev.historics.schedule.store;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The PostgreSQL server of the tests: the one that {@code HISTORICS_TEST_POSTGRES} names, or that
 * {@code scripts/dev-postgres} has started. Each test has a schema of its own there.
 */
public final class TestServer {
  private static final String VARIABLE = "HISTORICS_TEST_POSTGRES";

  private TestServer() {}

  /** The address of a schema that nobody else uses; without a server, the test is skipped. */
  public static PostgresAddress freshSchema() throws IOException {
    Optional<String> server = server();
    assumeTrue(
        server.isPresent(),
        "no PostgreSQL server: 'scripts/dev-postgres start' starts one, or name it by " + VARIABLE);
    String name = "t" + UUID.randomUUID().toString().replace("-", "");
    Jdbi.create(server.get()).useHandle(handle -> handle.execute("CREATE SCHEMA " + name));
    return address(
        server.get()
            + (server.get().contains("?") ? "&" : "?")
            + "currentSchema=%s&ApplicationName=%s".formatted(name, name));
  }

  public static PostgresAddress address(String url) {
    return new PostgresAddress(url, Optional.empty(), Optional.empty());
  }

  /** Somebody's own connection, past the store. */
  static Handle open(PostgresAddress address) {
    return Jdbi.create(address.url().replaceAll("&ApplicationName=.*", "")).open();
  }

  /** Breaks all connections that stores of this test have. */
  static void breakConnections(PostgresAddress address) {
    String name = address.url().replaceAll(".*&ApplicationName=", "");
    try (Handle handle = open(address)) {
      handle
          .createQuery(
              "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name ="
                  + " :name")
          .bind("name", name)
          .mapTo(Boolean.class)
          .list();
    }
  }

  private static Optional<String> server() throws IOException {
    String named = System.getenv(VARIABLE);
    if (named != null && !named.isEmpty()) {
      return Optional.of(named);
    }
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null) {
      Path url = folder.resolve("target").resolve("postgres").resolve("url");
      if (Files.exists(url)) {
        return Optional.of(Files.readString(url).strip());
      }
      folder = folder.getParent();
    }
    return Optional.empty();
  }
}
