package dev.historics.jobs.join;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.apache.crunch.types.PType;
import org.apache.crunch.types.writable.WritableType;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.Writable;
import org.apache.hadoop.util.ReflectionUtils;

/**
 * Facts as bytes, so that facts and rows go through one shuffle and their sizes are known. Owned by
 * one thread.
 */
final class WireFormat<V> implements Serializable {
  private static final long serialVersionUID = 1L;

  private final PType<V> type;
  private transient Configuration conf;

  /**
   * @param type one of {@code Writables}
   */
  WireFormat(PType<V> type) {
    this.type = type;
  }

  /** To be called on a task before anything else. */
  void initialize(Configuration taskConf) {
    conf = taskConf;
    type.initialize(taskConf);
  }

  ByteBuffer encode(V fact) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      ((Writable) type.getOutputMapFn().map(fact)).write(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return ByteBuffer.wrap(bytes.toByteArray());
  }

  V decode(ByteBuffer bytes) {
    Class<? extends Writable> form = ((WritableType<?, ?>) type).getSerializationClass();
    Writable written = ReflectionUtils.newInstance(form, conf);
    try (DataInputStream in =
        new DataInputStream(
            new ByteArrayInputStream(
                bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining()))) {
      written.readFields(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return type.getInputMapFn().map(written);
  }
}
