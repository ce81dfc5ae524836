package dev.historics.filter;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a condition asks of a target's values, with everything that depends on the rule alone
 * already decided. Equal checks give equal answers, so that a set of rules can share them.
 */
sealed interface Check {
  /** Roughly the nanoseconds that one row takes: the cheap ones are asked first. */
  int cost();

  /** Its share of {@link Definition#complexity}. */
  default int complexity() {
    return 1;
  }

  /** A new test, for one thread, on columns of the target's type. */
  ColumnTest test();

  private static ColumnTest onText(TextTest test) {
    return new TextColumnTest(test).on(TextColumn.class);
  }

  /** Some value is there. */
  record Present(ValueType type) implements Check {
    @Override
    public int cost() {
      return 1;
    }

    @Override
    public ColumnTest test() {
      return type == ValueType.TEXT
          ? onText((bytes, start, length) -> true)
          : (column, rows, hits) ->
              rows.stream()
                  .filter(row -> column.rowStart(row) < column.rowStart(row + 1))
                  .forEach(hits::set);
    }
  }

  /** How many of several. */
  enum Wanted {
    ANY,
    ALL
  }

  /**
   * Any, or all, of the phrases stand in the text.
   *
   * @param phrases folded words, at least one in each; sorted, each once
   */
  record Phrases(List<List<String>> phrases, Wanted wanted, Folding folding) implements Check {
    /** Up to so many literals are searched for one by one. */
    private static final int SEARCHES_MAX = 6;

    public Phrases {
      TreeSet<List<String>> sorted =
          new TreeSet<>((a, b) -> String.join(" ", a).compareTo(String.join(" ", b)));
      sorted.addAll(phrases);
      phrases = List.copyOf(sorted);
    }

    @Override
    public int cost() {
      return 40 + 10 * Math.min(phrases.size(), SEARCHES_MAX);
    }

    @Override
    public int complexity() {
      return phrases.stream().mapToInt(List::size).sum();
    }

    @Override
    public ColumnTest test() {
      return onText(
          wanted == Wanted.ALL || phrases.size() <= SEARCHES_MAX
              ? new PhraseTest(this)
              : new PhraseListTest(this));
    }
  }

  /** A literal, folded and not empty, stands anywhere in the text. */
  record Substring(String literal, Folding folding) implements Check {
    @Override
    public int cost() {
      return 40;
    }

    @Override
    public ColumnTest test() {
      return onText(new SubstringTest(this));
    }
  }

  /**
   * The whole text is one of a set.
   *
   * @param values folded; trimmed if {@code trimmed}
   * @param trimmed whether white space around the text is left out of account
   */
  record OneOf(Set<String> values, Folding folding, boolean trimmed) implements Check {
    public OneOf {
      values = Set.copyOf(values);
    }

    @Override
    public int cost() {
      return 10;
    }

    @Override
    public ColumnTest test() {
      return onText(new EqualityTest(this));
    }
  }

  /** The text is there and is another one. */
  record Differs(OneOf from) implements Check {
    @Override
    public int cost() {
      return from.cost();
    }

    @Override
    public ColumnTest test() {
      TextTest same = new EqualityTest(from);
      return onText((bytes, start, length) -> !same.test(bytes, start, length));
    }
  }

  /** The folded text stands before or after a bound, by code points. */
  record TextOrder(Comparison comparison, String bound, Folding folding) implements Check {
    @Override
    public int cost() {
      return 100;
    }

    @Override
    public ColumnTest test() {
      return onText(
          (bytes, start, length) ->
              comparison.holds(CodePoints.compare(folding.fold(bytes, start, length), bound)));
    }
  }

  /**
   * The whole number is in {@code [min, max]}, or outside of it; no number is when min &gt; max.
   */
  record IntRange(long min, long max, boolean outside) implements Check {
    @Override
    public int cost() {
      return 2;
    }

    @Override
    public ColumnTest test() {
      ValueTest<IntColumn> inside =
          (column, v) -> (column.value(v) >= min && column.value(v) <= max) != outside;
      return inside.on(IntColumn.class);
    }
  }

  /** The whole number is one of a set. */
  record IntOneOf(Set<Long> values) implements Check {
    public IntOneOf {
      values = Set.copyOf(values);
    }

    @Override
    public int cost() {
      return 4;
    }

    @Override
    public ColumnTest test() {
      long[] sorted = values.stream().mapToLong(Long::longValue).sorted().toArray();
      ValueTest<IntColumn> listed =
          (column, v) -> Arrays.binarySearch(sorted, column.value(v)) >= 0;
      return listed.on(IntColumn.class);
    }
  }

  /** The number compares so with a bound. */
  record FloatOrder(Comparison comparison, double bound) implements Check {
    @Override
    public int cost() {
      return 2;
    }

    @Override
    public ColumnTest test() {
      ValueTest<FloatColumn> compares = (column, v) -> comparison.holds(column.value(v), bound);
      return compares.on(FloatColumn.class);
    }
  }
}
