package dev.historics.jobs;

import java.io.IOException;
import org.apache.crunch.MapFn;
import org.apache.crunch.Source;
import org.apache.crunch.io.CrunchInputs;
import org.apache.crunch.io.FormatBundle;
import org.apache.crunch.types.Converter;
import org.apache.crunch.types.PType;
import org.apache.crunch.types.writable.Writables;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.mapreduce.Job;

/** The archive as a Crunch pipeline reads it: one {@link DayPart} after the other. */
final class ArchiveSource implements Source<DayPart> {
  private static final PType<DayPart> PARTS =
      Writables.derived(DayPart.class, new Stays<>(), new Stays<>(), Writables.nulls());

  private final FormatBundle<ArchiveInputFormat> format =
      FormatBundle.forInput(ArchiveInputFormat.class);
  private final long bytes;

  /**
   * @param bytes how much there is to read, for Crunch's planner
   */
  ArchiveSource(long bytes) {
    this.bytes = bytes;
  }

  @Override
  public Source<DayPart> inputConf(String key, String value) {
    format.set(key, value);
    return this;
  }

  @Override
  public Source<DayPart> fileSystem(FileSystem fileSystem) {
    throw new UnsupportedOperationException("the job's plan says where the archive lies");
  }

  @Override
  public FileSystem getFileSystem() {
    return null;
  }

  @Override
  public PType<DayPart> getType() {
    return PARTS;
  }

  @Override
  public Converter<?, ?, ?, ?> getConverter() {
    return new ValuesOnly();
  }

  @Override
  public void configureSource(Job job, int inputId) throws IOException {
    if (inputId == -1) {
      job.setInputFormatClass(ArchiveInputFormat.class);
      format.configure(job.getConfiguration());
    } else {
      CrunchInputs.addInputPath(job, new Path("/archive"), format, inputId);
    }
  }

  @Override
  public long getSize(Configuration conf) {
    return bytes;
  }

  @Override
  public long getLastModifiedAt(Configuration conf) {
    return -1;
  }

  /** As it stands in the names of jobs. */
  @Override
  public String toString() {
    return "archive";
  }

  /** A part of a day is read where it is; it is never written for another stage. */
  private static final class Stays<S, T> extends MapFn<S, T> {
    private static final long serialVersionUID = 1L;

    @Override
    public T map(S input) {
      throw new IllegalStateException("a part of a day cannot leave the task that reads it");
    }
  }

  /** Takes the values that the record reader gives, as they are. */
  private static final class ValuesOnly
      implements Converter<NullWritable, DayPart, DayPart, Iterable<DayPart>> {
    private static final long serialVersionUID = 1L;

    @Override
    public DayPart convertInput(NullWritable key, DayPart value) {
      return value;
    }

    @Override
    public Iterable<DayPart> convertIterableInput(NullWritable key, Iterable<DayPart> values) {
      return values;
    }

    @Override
    public NullWritable outputKey(DayPart value) {
      return NullWritable.get();
    }

    @Override
    public DayPart outputValue(DayPart value) {
      return value;
    }

    @Override
    public Class<NullWritable> getKeyClass() {
      return NullWritable.class;
    }

    @Override
    public Class<DayPart> getValueClass() {
      return DayPart.class;
    }

    @Override
    public boolean applyPTypeTransforms() {
      return false;
    }
  }
}
