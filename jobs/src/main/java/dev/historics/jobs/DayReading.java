package dev.historics.jobs;

import dev.historics.archive.DataFile;
import dev.historics.archive.Manifest;
import dev.historics.schedule.ChunkWork;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the tasks of a job read of the files of its day, next to what there is. */
final class DayReading {
  private final Collection<Manifest> manifests;
  private final Map<String, Long> rows = new HashMap<>();
  private final Map<String, String> damages = new HashMap<>();

  DayReading(Collection<Manifest> manifests, List<TaskReport> reports) {
    this.manifests = manifests;
    for (TaskReport report : reports) {
      report.reads().forEach(read -> rows.merge(read.path(), read.rows(), Long::sum));
      report.damages().forEach(damage -> damages.putIfAbsent(damage.path(), damage.reason()));
    }
  }

  /** A job that missed a file must not look like a day without matches. */
  void requireAll(String job) throws IOException {
    for (Manifest day : manifests) {
      for (DataFile file : day.files()) {
        String path = day.pathOf(file);
        if (missing(path, file) != 0 && !damages.containsKey(path)) {
          throw new IOException(
              "job %s read %d of %d interactions of %s"
                  .formatted(job, file.rows() - missing(path, file), file.rows(), path));
        }
      }
    }
  }

  private long missing(String path, DataFile file) {
    return file.rows() - rows.getOrDefault(path, 0L);
  }

  /**
   * The files that were passed over and may have had interactions in a chunk's time range.
   *
   * @param day of the source; null if the archive has none
   */
  List<Unreadable> unreadable(Manifest day, ChunkWork chunk) {
    List<Unreadable> unreadable = new ArrayList<>();
    for (DataFile file : day == null ? List.<DataFile>of() : day.files()) {
      String path = day.pathOf(file);
      long lost = Math.min(missing(path, file), file.liveRows());
      boolean concerned = file.first().isBefore(chunk.to()) && !file.last().isBefore(chunk.from());
      if (lost > 0 && concerned) {
        unreadable.add(new Unreadable(path, lost, damages.get(path)));
      }
    }
    return unreadable;
  }
}
