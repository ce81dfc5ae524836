package dev.historics.jobs.join;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.crunch.DoFn;
import org.apache.crunch.Emitter;
import org.apache.crunch.Pair;

/** Sends a row to every reducer that joins facts of its key. */
final class RouteRowsFn extends DoFn<Pair<String, String>, Pair<ShardKey, ByteBuffer>> {
  private static final long serialVersionUID = 1L;

  private final Placement placement;

  RouteRowsFn(Placement placement) {
    this.placement = placement;
  }

  @Override
  public void process(Pair<String, String> row, Emitter<Pair<ShardKey, ByteBuffer>> emitter) {
    if (!JoinKeys.canMatch(row.first())) {
      throw new IllegalStateException("a row of the side table has no key: " + row.second());
    }
    byte[] json = row.second().getBytes(StandardCharsets.UTF_8);
    for (int reducer : placement.reducers(row.first())) {
      emitter.emit(Pair.of(ShardKey.row(reducer, row.first()), ByteBuffer.wrap(json)));
    }
  }
}
