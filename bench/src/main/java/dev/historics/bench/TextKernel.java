package dev.historics.bench;

import dev.historics.filter.TextColumn;
import dev.historics.filter.text.Cutting;
import dev.historics.filter.text.Folding;
import dev.historics.filter.text.LiteralSearch;
import dev.historics.filter.text.TextScan;
import dev.historics.filter.text.WordIndex;
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

/** What is done to the bytes of a text; the time of one text. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(Texts.ROWS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class TextKernel {
  private static final int WORDS = 1_000;

  @Param({"0", "0.4"})
  double odd;

  private TextColumn texts;
  private LiteralSearch literal;
  private TextScan words;

  /** Makes the texts, and what is looked for in them. */
  @Setup
  public void prepare() {
    Texts made = Texts.of(odd);
    texts = made.column();
    literal = LiteralSearch.anywhere(made.vocabulary().get(WORDS), Folding.CASELESS);
    words =
        new WordIndex(
                made.vocabulary().stream().distinct().limit(WORDS).toList(),
                Cutting.standard(Folding.CASELESS))
            .scan();
  }

  /** One literal in the bytes of all texts. */
  @Benchmark
  public int literal() {
    int places = 0;
    int end = texts.start(Texts.ROWS - 1) + texts.length(Texts.ROWS - 1);
    for (int at = literal.candidate(texts.bytes(), 0, end);
        at >= 0;
        at = literal.candidate(texts.bytes(), at + 1, end)) {
      places++;
    }
    return places;
  }

  /** A thousand words in every text. */
  @Benchmark
  public int words() {
    int found = 0;
    for (int row = 0; row < Texts.ROWS; row++) {
      found += words.scan(texts.bytes(), texts.start(row), texts.length(row));
    }
    return found;
  }

  /** Folding as the language defines it, which few texts need. */
  @Benchmark
  public int fold() {
    int length = 0;
    for (int row = 0; row < Texts.ROWS; row++) {
      length += Folding.CASELESS.fold(texts.bytes(), texts.start(row), texts.length(row)).length();
    }
    return length;
  }
}
