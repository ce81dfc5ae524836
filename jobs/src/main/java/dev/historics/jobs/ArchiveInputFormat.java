package dev.historics.jobs;

import dev.historics.archive.Archive;
import dev.historics.archive.DataFile;
import dev.historics.archive.Manifest;
import dev.historics.archive.SourceDay;
import dev.historics.archive.files.ArchiveFiles;
import java.io.IOException;
import java.net.URI;
import java.time.LocalDate;
import java.util.ArrayList;
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
          SourceDay day = new SourceDay(input.source(), LocalDate.parse(plan.day()));
          Manifest manifest = archive.version(day, input.version());
          for (DataFile file : manifest.files()) {
            packer.add(input.source(), file, hosts(archive, manifest.pathOf(file), conf));
          }
        }
        return packer.splits();
      }
    }
  }

  /** The hosts that hold a file's first block; nobody in particular on a local disk. */
  private static String[] hosts(Archive archive, String path, Configuration conf)
      throws IOException {
    URI root = archive.files().root();
    if ("file".equals(root.getScheme())) {
      return new String[0];
    }
    Path file = new Path(new Path(root), path);
    BlockLocation[] blocks = FileSystem.get(root, conf).getFileBlockLocations(file, 0, 1);
    return blocks.length == 0 ? new String[0] : blocks[0].getHosts();
  }

  @Override
  public RecordReader<NullWritable, DayPart> createRecordReader(
      InputSplit split, TaskAttemptContext context) {
    return new DayPartReader();
  }

  /** Fills splits up to a size, file by file. */
  private static final class SplitPacker {
    private final long splitBytes;
    private final List<InputSplit> splits = new ArrayList<>();
    private List<ArchiveSplit.Part> parts = new ArrayList<>();
    private long bytes;
    private String[] hosts = {};

    SplitPacker(long splitBytes) {
      this.splitBytes = splitBytes;
    }

    void add(String source, DataFile file, String[] fileHosts) {
      int rowGroups = Math.max(1, file.rowGroupOffsets().size());
      for (int rowGroup = 0; rowGroup < rowGroups; rowGroup++) {
        if (parts.isEmpty()) {
          hosts = fileHosts;
        }
        parts.add(new ArchiveSplit.Part(source, file.path(), rowGroup));
        bytes += file.bytes() / rowGroups;
        if (bytes >= splitBytes) {
          close();
        }
      }
    }

    private void close() {
      if (!parts.isEmpty()) {
        splits.add(new ArchiveSplit(parts, bytes, hosts));
        parts = new ArrayList<>();
        bytes = 0;
      }
    }

    List<InputSplit> splits() {
      close();
      return splits;
    }
  }
}
