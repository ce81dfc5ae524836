package dev.historics.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;

class StorageReadinessTest {
  @Test
  void a_local_disk_is_always_ready() throws IOException {
    try (StorageReadiness readiness =
        new StorageReadiness(URI.create("file:///nowhere"), new Configuration())) {
      assertThat(readiness.trouble()).isEmpty();
    }
  }

  @Test
  void a_name_node_that_is_away_is_told_within_seconds_in_one_line() throws IOException {
    int nobodys;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobodys = socket.getLocalPort();
    }
    URI root = URI.create("hdfs://127.0.0.1:%d/results".formatted(nobodys));

    try (StorageReadiness readiness = new StorageReadiness(root, new Configuration())) {
      assertThat(readiness.trouble().orElseThrow())
          .startsWith(root + " cannot be reached: ")
          .contains("refused")
          .doesNotContain("\n");
    }
  }
}
