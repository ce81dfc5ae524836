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
    // Tasks only read: nothing they do is stamped with the time.
    return new Archive(files(URI.create(plan.archiveRoot()), conf), InstantSource.system());
  }

  static ArchiveFiles files(URI root, Configuration conf) throws IOException {
    return "file".equals(root.getScheme())
        ? new LocalFiles(Path.of(root))
        : HadoopFiles.at(root, conf);
  }
}
