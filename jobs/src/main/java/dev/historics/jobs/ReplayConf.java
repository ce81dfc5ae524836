package dev.historics.jobs;

import dev.historics.archive.Archive;
import dev.historics.archive.files.ArchiveFiles;
import dev.historics.archive.files.LocalFiles;
import dev.historics.archive.hdfs.HadoopFiles;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import org.apache.hadoop.conf.Configuration;

/** What a replay job's configuration says: where its plan is. Everything else is in the plan. */
final class ReplayConf {
  static final String RESULTS_ROOT = "historics.results.root";
  static final String JOB = "historics.job";
  static final String SPLIT_BYTES = "historics.split.bytes";

  private ReplayConf() {}

  /** The files below the results root. */
  static ArchiveFiles results(Configuration conf) throws IOException {
    return files(URI.create(conf.get(RESULTS_ROOT)), conf);
  }

  static ReplayPlan plan(Configuration conf, ArchiveFiles results) throws IOException {
    return ReplayPlan.read(results, conf.get(JOB));
  }

  /** The archive that a plan is about. */
  static Archive archive(ReplayPlan plan, Configuration conf) throws IOException {
    return archive(plan.archiveRoot(), conf);
  }

  /** The archive at an address, for a task: what it writes is stamped with its machine's time. */
  static Archive archive(String root, Configuration conf) throws IOException {
    return new Archive(files(URI.create(root), conf), InstantSource.system());
  }

  static ArchiveFiles files(URI root, Configuration conf) throws IOException {
    return "file".equals(root.getScheme())
        ? new LocalFiles(Path.of(root))
        : HadoopFiles.at(root, conf);
  }
}
