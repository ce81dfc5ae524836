package dev.historics.jobs;

import dev.historics.archive.SourceDay;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.io.Writable;
import org.apache.hadoop.mapreduce.InputSplit;

/** The parts of days that one map task reads. */
final class ArchiveSplit extends InputSplit implements Writable {
  private List<Part> parts = List.of();
  private long bytes;
  private String[] hosts = {};

  /**
   * A row group of a sealed file, or a whole landing file.
   *
   * @param path of the data file, relative to the day's directory
   * @param rowGroup counted from 0; always 0 for a landing file
   */
  record Part(SourceDay day, String path, int rowGroup) {}

  /** For Hadoop, which fills it with {@link #readFields}. */
  ArchiveSplit() {}

  ArchiveSplit(List<Part> parts, long bytes, String[] hosts) {
    this.parts = List.copyOf(parts);
    this.bytes = bytes;
    this.hosts = hosts.clone();
  }

  List<Part> parts() {
    return parts;
  }

  @Override
  public long getLength() {
    return bytes;
  }

  @Override
  public String[] getLocations() {
    return hosts.clone();
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeLong(bytes);
    out.writeInt(parts.size());
    for (Part part : parts) {
      out.writeUTF(part.day().directory());
      out.writeUTF(part.path());
      out.writeInt(part.rowGroup());
    }
  }

  @Override
  public void readFields(DataInput in) throws IOException {
    bytes = in.readLong();
    int count = in.readInt();
    List<Part> read = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      read.add(new Part(SourceDay.parse(in.readUTF()), in.readUTF(), in.readInt()));
    }
    parts = List.copyOf(read);
  }
}
