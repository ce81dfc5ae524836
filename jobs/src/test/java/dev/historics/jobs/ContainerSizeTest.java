package dev.historics.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContainerSizeTest {
  private static Configuration conf(String... pairs) {
    Configuration conf = new Configuration(false);
    for (int i = 0; i < pairs.length; i += 2) {
      conf.set(pairs[i], pairs[i + 1]);
    }
    return conf;
  }

  private static List<String> sizes(Configuration conf) {
    return ContainerSize.all(conf).stream()
        .map(each -> "%s %d/%d".formatted(each.kind(), each.heapMb(), each.containerMb()))
        .toList();
  }

  /** Hadoop takes 0.8 of a container for the heap where nobody says how much. */
  @Test
  void sizes_are_what_hadoop_makes_of_the_settings() {
    assertThat(sizes(conf()))
        .containsExactly("map 820/1024", "reduce 820/1024", "application master 1024/1536");
    assertThat(
            sizes(
                conf(
                    "mapreduce.map.memory.mb", "2048",
                    "mapreduce.map.java.opts", "-Xmx1g -XX:+UseSerialGC",
                    "mapreduce.reduce.memory.mb", "3000",
                    "yarn.app.mapreduce.am.resource.mb", "768",
                    "yarn.app.mapreduce.am.command-opts", "-Xmx400m")))
        .containsExactly("map 1024/2048", "reduce 2400/3000", "application master 400/768");
  }

  @ParameterizedTest
  @CsvSource({
    "-Xmx400m, 400",
    "-Xmx2G -server, 2048",
    "-Xmx524288k, 512",
    "-Xmx536870912, 512",
    "-Xmx1g -Xmx300m, 300",
    "-XX:+UseSerialGC, 256",
    "'', 256"
  })
  void the_last_heap_in_the_options_counts(String options, long megabytes) {
    assertThat(ContainerSize.heapMb(options, 1024)).isEqualTo(megabytes);
  }

  /** Nobody listens on port 1. */
  @Test
  @Timeout(30)
  void daemons_that_are_away_are_given_up_soon() {
    ClusterExam exam =
        new ClusterExam(
            conf(
                "fs.hdfs.impl", "org.apache.hadoop.hdfs.DistributedFileSystem",
                "yarn.resourcemanager.address", "127.0.0.1:1"));

    assertThatThrownBy(() -> exam.hdfs(URI.create("hdfs://127.0.0.1:1/archive")))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(exam::yarn).isInstanceOf(IOException.class);
  }

  @Test
  void an_address_that_is_not_on_hdfs_is_told() {
    assertThatThrownBy(() -> new ClusterExam(new Configuration()).hdfs(URI.create("file:///x")))
        .isInstanceOf(IOException.class)
        .hasMessage("expected an hdfs:// address, got 'file:///x'");
  }
}
