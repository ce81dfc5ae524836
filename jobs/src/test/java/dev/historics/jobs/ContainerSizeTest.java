package dev.historics.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
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
    return ContainerSize.all(kind -> conf).stream()
        .map(each -> "%s %d/%d".formatted(each.kind(), each.heapMb(), each.containerMb()))
        .toList();
  }

  /** Hadoop takes 0.8 of a container for the heap where nobody says how much. */
  @Test
  void sizes_are_what_hadoop_makes_of_the_settings() {
    assertThat(sizes(conf()))
        .containsExactly(
            "replay map 820/1024",
            "compact map 820/1024",
            "verify map 820/1024",
            "reduce 820/1024",
            "application master 1024/1536");
    assertThat(
            sizes(
                conf(
                    "mapreduce.map.memory.mb", "2048",
                    "mapreduce.map.java.opts", "-Xmx1g -XX:+UseSerialGC",
                    "mapreduce.reduce.memory.mb", "3000",
                    "yarn.app.mapreduce.am.resource.mb", "768",
                    "yarn.app.mapreduce.am.command-opts", "-Xmx400m")))
        .containsExactly(
            "replay map 1024/2048",
            "compact map 1024/2048",
            "verify map 1024/2048",
            "reduce 2400/3000",
            "application master 400/768");
  }

  @Test
  void what_our_settings_say_of_a_kind_counts() {
    YarnSettings ours = new YarnSettings("", 500, Map.of(TaskKind.COMPACT, 2000), false);
    Function<TaskKind, Configuration> settings =
        kind -> {
          Configuration conf = conf();
          ours.apply(conf, kind);
          return conf;
        };

    assertThat(ContainerSize.all(settings))
        .extracting(ContainerSize::kind, ContainerSize::heapMb, ContainerSize::containerMb)
        .containsExactly(
            tuple("replay map", 820L, 1024L),
            tuple("compact map", 1600L, 2000L),
            tuple("verify map", 820L, 1024L),
            tuple("reduce", 820L, 1024L),
            tuple("application master", 400L, 500L));
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
    Configuration away =
        conf(
            "fs.hdfs.impl", "org.apache.hadoop.hdfs.DistributedFileSystem",
            "yarn.resourcemanager.address", "127.0.0.1:1");
    ClusterExam exam = new ClusterExam(kind -> away);

    assertThatThrownBy(() -> exam.hdfs(URI.create("hdfs://127.0.0.1:1/archive")))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(exam::yarn).isInstanceOf(IOException.class);
  }

  @Test
  void an_address_that_is_not_on_hdfs_is_told() {
    ClusterExam exam = new ClusterExam(kind -> new Configuration());

    assertThatThrownBy(() -> exam.hdfs(URI.create("file:///x")))
        .isInstanceOf(IOException.class)
        .hasMessage("expected an hdfs:// address, got 'file:///x'");
  }
}
