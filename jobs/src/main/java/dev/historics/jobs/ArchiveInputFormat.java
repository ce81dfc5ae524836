package dev.historics.jobs;

import dev.historics.archive.Archive;
import dev.historics.archive.DataFile;
import dev.historics.archive.Manifest;
import dev.historics.archive.SourceDay;
import dev.historics.archive.files.ArchiveFiles;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.BlockLocation;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.mapreduce.InputFormat;
import org.apache.hadoop.mapreduce.InputSplit;
import org.apache.hadoop.mapreduce.JobContext;
import org.apache.hadoop.mapreduce.RecordReader;
import org.apache.hadoop.mapreduce.TaskAttemptContext;

/**
 * The days of a replay plan as splits of whole row groups and landing files. What there is to read
 * comes from the manifests that the plan pinned; no folder is listed.
 */
public final class ArchiveInputFormat extends InputFormat<NullWritable, DayPart> {
  private static final long SPLIT_BYTES = 64L << 20;

  @Override
  public List<InputSplit> getSplits(JobContext context) throws IOException {
    Configuration conf = context.getConfiguration();
    try (ArchiveFiles results = ReplayConf.results(conf)) {
      ReplayPlan plan = ReplayConf.plan(conf, results);
      try (Archive archive = ReplayConf.archive(plan, conf)) {
        SplitPacker packer = new SplitPacker(conf.getLong(ReplayConf.SPLIT_BYTES, SPLIT_BYTES));
        for (ReplayPlan.Input input : plan.inputs()) {
          SourceDay day = input.sourceDay();
          Manifest manifest = archive.version(day, input.version());
          for (DataFile file : manifest.files()) {
            packer.add(day, file, blocks(archive, manifest, file, conf));
          }
        }
        return packer.splits();
      }
    }
  }

  /** Where a file's blocks lie; nowhere in particular on a local disk. */
  private static BlockLocation[] blocks(
      Archive archive, Manifest manifest, DataFile file, Configuration conf) throws IOException {
    URI root = archive.files().root();
    if ("file".equals(root.getScheme())) {
      return new BlockLocation[0];
    }
    Path path = new Path(new Path(root), manifest.pathOf(file));
    return FileSystem.get(root, conf).getFileBlockLocations(path, 0, file.bytes());
  }

  @Override
  public RecordReader<NullWritable, DayPart> createRecordReader(
      InputSplit split, TaskAttemptContext context) {
    return new DayPartReader();
  }
}
