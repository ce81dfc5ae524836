package dev.historics.jobs;

import dev.historics.archive.Archive;
import dev.historics.archive.DataFile;
import dev.historics.archive.Manifest;
import dev.historics.archive.SourceDay;
import dev.historics.archive.files.ArchiveFiles;
import dev.historics.archive.files.ArchivePaths;
import dev.historics.archive.removal.TombstoneList;
import dev.historics.archive.removal.Tombstones;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.mapreduce.InputSplit;
import org.apache.hadoop.mapreduce.RecordReader;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.hadoop.mapreduce.TaskAttemptID;

/** Opens the parts of a split, one after the other. */
final class DayPartReader extends RecordReader<NullWritable, DayPart> {
  private Configuration conf;
  private TaskAttemptID attempt;
  private ReplayPlan plan;
  private Archive archive;
  private List<ArchiveSplit.Part> parts = List.of();
  private Map<SourceDay, Manifest> manifests = Map.of();
  private Map<String, TombstoneList> tombstones = Map.of();
  private int opened;
  private DayPart current;

  @Override
  public void initialize(InputSplit split, TaskAttemptContext context) throws IOException {
    conf = context.getConfiguration();
    attempt = context.getTaskAttemptID();
    try (ArchiveFiles results = ReplayConf.results(conf)) {
      plan = ReplayConf.plan(conf, results);
    }
    archive = ReplayConf.archive(plan, conf);
    parts = ((ArchiveSplit) split).parts();
    manifests = new HashMap<>();
    tombstones = new HashMap<>();
    for (ReplayPlan.Input input : plan.inputs()) {
      SourceDay day = input.sourceDay();
      manifests.put(day, archive.version(day, input.version()));
      tombstones.put(
          input.source(), new Tombstones(archive).version(input.source(), input.tombstones()));
    }
  }

  @Override
  public boolean nextKeyValue() throws IOException {
    closeCurrent();
    if (opened == parts.size()) {
      return false;
    }
    ArchiveSplit.Part next = parts.get(opened++);
    Manifest manifest = manifests.get(next.day());
    try {
      current = open(next, manifest);
      return true;
    } catch (IOException | RuntimeException e) {
      String path = ArchivePaths.in(manifest.day().directory(), next.path());
      if (plan.onDamage() == OnDamage.PARTIAL) {
        IOException failure = e instanceof IOException io ? io : new IOException(e);
        current = new ClosedPart(next.day().source(), path, failure);
        return true;
      }
      try (ArchiveFiles results = ReplayConf.results(conf)) {
        TaskFailures.note(results, plan.job(), attempt, TaskFailures.reason(e, path), e);
      }
      throw e;
    }
  }

  private DayPart open(ArchiveSplit.Part part, Manifest manifest) throws IOException {
    for (DataFile file : manifest.files()) {
      if (file.path().equals(part.path())) {
        return DayParts.open(
            archive.files(),
            manifest,
            file,
            part.rowGroup(),
            Dialect.of(part.day().source(), plan.dialects()).stripping(),
            tombstones.get(part.day().source()));
      }
    }
    throw new IOException(
        "%s version %d has no file '%s'"
            .formatted(manifest.day(), manifest.version(), part.path()));
  }

  @Override
  public NullWritable getCurrentKey() {
    return NullWritable.get();
  }

  @Override
  public DayPart getCurrentValue() {
    return current;
  }

  @Override
  public float getProgress() {
    return parts.isEmpty() ? 1 : (float) Math.max(0, opened - 1) / parts.size();
  }

  private void closeCurrent() throws IOException {
    if (current != null) {
      current.close();
      current = null;
    }
  }

  @Override
  public void close() throws IOException {
    closeCurrent();
    if (archive != null) {
      archive.close();
    }
  }
}
