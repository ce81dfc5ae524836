package dev.historics.cli.wiring;

import dev.historics.cli.session.CliException;
import dev.historics.cli.session.Settings;
import dev.historics.jobs.TaskKind;
import dev.historics.jobs.YarnSettings;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** How jobs use a cluster, out of the settings. */
final class ClusterUse {
  private static final long MEGABYTE = 1L << 20;

  private final Settings settings;

  ClusterUse(Settings settings) {
    this.settings = settings;
  }

  YarnSettings yarn() throws CliException {
    Map<TaskKind, Integer> memory = new EnumMap<>(TaskKind.class);
    for (TaskKind kind : TaskKind.values()) {
      memory.put(kind, megabytes("yarn.memory." + kind.name().toLowerCase(Locale.ROOT)));
    }
    return new YarnSettings(
        settings.text("yarn.queue").strip(),
        megabytes("yarn.memory.master"),
        memory,
        settings.yes("yarn.uber"));
  }

  private int megabytes(String key) throws CliException {
    long bytes = settings.bytes(key);
    if (bytes % MEGABYTE != 0 || bytes / MEGABYTE > Integer.MAX_VALUE) {
      throw settings.wrong(key, "whole megabytes such as '1536MB', or 0MB for Hadoop's own");
    }
    return (int) (bytes / MEGABYTE);
  }
}
