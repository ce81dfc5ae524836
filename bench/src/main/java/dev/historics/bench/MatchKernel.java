package dev.historics.bench;

import dev.historics.filter.Column;
import dev.historics.filter.ColumnBatch;
import dev.historics.filter.Definition;
import dev.historics.filter.InvalidRuleException;
import dev.historics.filter.Matcher;
import dev.historics.filter.RuleSet;
import dev.historics.filter.TargetDictionary;
import dev.historics.filter.TextColumn;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Rules of one word each, asked about a batch of texts; the time of one text. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(Texts.ROWS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 1)
public class MatchKernel {
  @Param({"1", "10", "100", "1000", "10000"})
  int rules;

  @Param({"0", "0.4"})
  double odd;

  private Matcher matcher;
  private ColumnBatch batch;
  private BitSet everything;

  /** Compiles the rules and makes the texts. */
  @Setup
  public void prepare() throws InvalidRuleException {
    Texts texts = Texts.of(odd);
    TargetDictionary targets = TargetDictionary.standard();
    List<Definition> definitions = new ArrayList<>();
    for (int i = 0; i < rules; i++) {
      String word = texts.vocabulary().get(texts.vocabulary().size() / rules * i + 50 % rules);
      definitions.add(
          Definition.compile("k" + i, "interaction.content contains \"" + word + "\"", targets));
    }
    matcher = RuleSet.of(definitions).matcher();
    batch = new Batch(texts.column());
    everything = new BitSet();
    everything.set(0, Texts.ROWS);
  }

  private record Batch(TextColumn texts) implements ColumnBatch {
    @Override
    public int rows() {
      return texts.rows();
    }

    @Override
    public Column column(int index) {
      return texts;
    }
  }

  /** How many rules match something. */
  @Benchmark
  public long match() {
    return matcher.match(batch, everything).matched().count();
  }
}
