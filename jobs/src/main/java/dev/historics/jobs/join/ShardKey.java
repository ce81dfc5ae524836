package dev.historics.jobs.join;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.hadoop.io.WritableComparable;
import org.apache.hadoop.io.WritableComparator;
import org.apache.hadoop.io.WritableUtils;

/**
 * What the shuffle sorts by: a reducer, a key, and whether it is the row of the side table, which
 * comes before the facts. A new one for each record that is sent; Hadoop fills its own again.
 */
final class ShardKey implements WritableComparable<ShardKey> {
  static {
    WritableComparator.define(ShardKey.class, new Raw());
  }

  private static final byte ROW = 0;
  private static final byte FACT = 1;

  private int reducer;
  private byte[] key = new byte[0];
  private byte kind;

  /** Called by Hadoop. */
  ShardKey() {}

  private ShardKey(int reducer, String key, byte kind) {
    this.reducer = reducer;
    this.key = key.getBytes(StandardCharsets.UTF_8);
    this.kind = kind;
  }

  static ShardKey row(int reducer, String key) {
    return new ShardKey(reducer, key, ROW);
  }

  static ShardKey fact(int reducer, String key) {
    return new ShardKey(reducer, key, FACT);
  }

  int reducer() {
    return reducer;
  }

  boolean isRow() {
    return kind == ROW;
  }

  String key() {
    return new String(key, StandardCharsets.UTF_8);
  }

  int keyBytes() {
    return key.length;
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeInt(reducer);
    WritableUtils.writeVInt(out, key.length);
    out.write(key);
    out.writeByte(kind);
  }

  @Override
  public void readFields(DataInput in) throws IOException {
    reducer = in.readInt();
    key = new byte[WritableUtils.readVInt(in)];
    in.readFully(key);
    kind = in.readByte();
  }

  @Override
  public int compareTo(ShardKey other) {
    int byReducer = Integer.compare(reducer, other.reducer);
    int byKey = byReducer != 0 ? byReducer : Arrays.compareUnsigned(key, other.key);
    return byKey != 0 ? byKey : Byte.compare(kind, other.kind);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ShardKey that && compareTo(that) == 0;
  }

  @Override
  public int hashCode() {
    return 31 * (31 * reducer + Arrays.hashCode(key)) + kind;
  }

  @Override
  public String toString() {
    return "%s of '%s' on %d".formatted(isRow() ? "row" : "fact", key(), reducer);
  }

  /** Compares what was written, without reading it. */
  private static final class Raw extends WritableComparator {
    Raw() {
      super(ShardKey.class, true);
    }

    @Override
    public int compare(byte[] a, int aStart, int aLength, byte[] b, int bStart, int bLength) {
      int byReducer = Integer.compare(readInt(a, aStart), readInt(b, bStart));
      if (byReducer != 0) {
        return byReducer;
      }
      int aKey = aStart + Integer.BYTES + WritableUtils.decodeVIntSize(a[aStart + Integer.BYTES]);
      int bKey = bStart + Integer.BYTES + WritableUtils.decodeVIntSize(b[bStart + Integer.BYTES]);
      int aKind = aStart + aLength - 1;
      int bKind = bStart + bLength - 1;
      int byKey = Arrays.compareUnsigned(a, aKey, aKind, b, bKey, bKind);
      return byKey != 0 ? byKey : Byte.compare(a[aKind], b[bKind]);
    }
  }
}
