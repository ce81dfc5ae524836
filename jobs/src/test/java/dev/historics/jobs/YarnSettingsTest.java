package dev.historics.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;

class YarnSettingsTest {
  private static Configuration clusters() {
    Configuration conf = new Configuration(false);
    conf.set("mapreduce.job.queuename", "default");
    conf.set("mapreduce.map.memory.mb", "768");
    conf.set("mapreduce.map.java.opts", "-Xms100m -Xmx400m -XX:+UseSerialGC");
    conf.set("yarn.app.mapreduce.am.resource.mb", "768");
    return conf;
  }

  @Test
  void without_settings_hadoops_stay_as_they_are() {
    Configuration conf = clusters();

    YarnSettings.HADOOPS.apply(conf, TaskKind.REPLAY);

    assertThat(conf).containsExactlyInAnyOrderElementsOf(clusters());
  }

  @Test
  void a_heap_is_four_fifths_of_its_container_and_other_options_stay() {
    Configuration conf = clusters();

    new YarnSettings("nightly", 1000, Map.of(TaskKind.REPLAY, 2000, TaskKind.COMPACT, 3000), true)
        .apply(conf, TaskKind.REPLAY);

    assertThat(conf.get("mapreduce.job.queuename")).isEqualTo("nightly");
    assertThat(conf.get("mapreduce.map.memory.mb")).isEqualTo("2000");
    assertThat(conf.get("mapreduce.map.java.opts")).isEqualTo("-XX:+UseSerialGC -Xmx1600m");
    assertThat(conf.get("mapreduce.reduce.memory.mb")).isEqualTo("2000");
    assertThat(conf.get("mapreduce.reduce.java.opts")).isEqualTo("-Xmx1600m");
    assertThat(conf.get("yarn.app.mapreduce.am.resource.mb")).isEqualTo("1000");
    assertThat(conf.get("yarn.app.mapreduce.am.command-opts")).isEqualTo("-Xmx800m");
    assertThat(conf.getBoolean("mapreduce.job.ubertask.enable", false)).isTrue();
  }

  @Test
  void each_kind_of_task_has_its_own_memory() {
    Configuration conf = clusters();

    new YarnSettings("", 0, Map.of(TaskKind.COMPACT, 3000), false).apply(conf, TaskKind.VERIFY);

    assertThat(conf).containsExactlyInAnyOrderElementsOf(clusters());
  }

  @Test
  void memory_below_zero_is_refused() {
    assertThatThrownBy(() -> new YarnSettings("", -1, Map.of(), false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("memory of containers cannot be below 0 MB, got -1 and {}");
  }
}
