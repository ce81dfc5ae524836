package dev.historics.bench;

import dev.historics.jobs.join.SkewedJoin;
import java.io.IOException;
import org.apache.crunch.MapFn;
import org.apache.crunch.PTable;
import org.apache.crunch.Pair;
import org.apache.crunch.lib.join.DefaultJoinStrategy;
import org.apache.crunch.lib.join.JoinStrategy;
import org.apache.crunch.lib.join.JoinType;
import org.apache.crunch.lib.join.ShardedJoinStrategy;
import org.apache.crunch.types.writable.Writables;

/**
 * A join that keeps all facts. Crunch's hold the rows of one side in memory, key by key, so the
 * small side goes there and the facts are its right side.
 */
enum JoinWay {
  PLAIN {
    @Override
    PTable<String, Pair<String, String>> join(
        PTable<String, String> facts, PTable<String, String> side, int reducers) {
      return turned(new DefaultJoinStrategy<>(reducers), facts, side);
    }
  },
  SHARDED {
    @Override
    PTable<String, Pair<String, String>> join(
        PTable<String, String> facts, PTable<String, String> side, int reducers) {
      return turned(new ShardedJoinStrategy<>(reducers, reducers), facts, side);
    }
  },
  OURS {
    @Override
    PTable<String, Pair<String, String>> join(
        PTable<String, String> facts, PTable<String, String> side, int reducers)
        throws IOException {
      return new SkewedJoin<String>(fact -> fact, reducers).left(facts, side);
    }
  };

  abstract PTable<String, Pair<String, String>> join(
      PTable<String, String> facts, PTable<String, String> side, int reducers) throws IOException;

  private static PTable<String, Pair<String, String>> turned(
      JoinStrategy<String, String, String> strategy,
      PTable<String, String> facts,
      PTable<String, String> side) {
    return strategy
        .join(side, facts, JoinType.RIGHT_OUTER_JOIN)
        .mapValues(new Turn(), Writables.pairs(Writables.strings(), Writables.strings()));
  }

  private static final class Turn extends MapFn<Pair<String, String>, Pair<String, String>> {
    private static final long serialVersionUID = 1L;

    @Override
    public Pair<String, String> map(Pair<String, String> rowAndFact) {
      return Pair.of(rowAndFact.second(), rowAndFact.first());
    }
  }
}
