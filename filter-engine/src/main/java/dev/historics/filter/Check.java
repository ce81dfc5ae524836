package dev.historics.filter;

import dev.historics.filter.geo.Shape;
import dev.historics.filter.regex.RegexForm;
import dev.historics.filter.text.ByteFilter;
import dev.historics.filter.text.CodePoints;
import dev.historics.filter.text.Cutting;
import dev.historics.filter.text.Folding;
import dev.historics.filter.text.Glob;
import dev.historics.filter.text.LiteralSearch;
import dev.historics.filter.text.TextSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
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

  /** What a value is cut into; empty for a check that does not cut. */
  default List<String> wordsOf(String text) {
    return List.of();
  }

  /**
   * What a text that passes must hold once it is folded: all the literals of one of these lists.
   * None if that cannot be told.
   */
  default List<List<String>> literals() {
    return List.of();
  }

  /** What a pass over a text column has to look for; nothing if this check cannot share one. */
  default Optional<Sought> sought() {
    return Optional.empty();
  }

  /** A new test, for one thread, on columns of the target's type. */
  ColumnTest test();

  private static ColumnTest onText(TextTest test) {
    ColumnTest valueByValue = new TextColumnTest(test).on(TextColumn.class);
    return test.literal()
        .filter(LiteralSearch::hasCandidates)
        .map(literal -> (ColumnTest) new PageSearch(literal, test, valueByValue))
        .orElse(valueByValue);
  }

  /** Some value is there. */
  record Present(ValueType type) implements Check {
    @Override
    public int cost() {
      return 1;
    }

    @Override
    public ColumnTest test() {
      ValueTest<Column> present = (column, v) -> true;
      return type == ValueType.TEXT
          ? onText((bytes, start, length) -> true)
          : present.on(Column.class);
    }
  }

  /** How many of several. */
  enum Wanted {
    ANY,
    ALL
  }

  /** The lists in order, each once; at least one, and none of them empty. */
  private static <T> List<List<T>> distinct(List<List<T>> lists, Comparator<T> order) {
    TreeSet<List<T>> sorted = new TreeSet<>((a, b) -> compare(a, b, order));
    for (List<T> list : lists) {
      if (list.isEmpty()) {
        throw new IllegalArgumentException("expected at least one word, got none");
      }
      sorted.add(List.copyOf(list));
    }
    if (sorted.isEmpty()) {
      throw new IllegalArgumentException("expected something to look for, got nothing");
    }
    return List.copyOf(sorted);
  }

  private static <T> int compare(List<T> a, List<T> b, Comparator<T> order) {
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      int sign = order.compare(a.get(i), b.get(i));
      if (sign != 0) {
        return sign;
      }
    }
    return Integer.compare(a.size(), b.size());
  }

  private static int count(List<? extends List<?>> lists) {
    return lists.stream().mapToInt(List::size).sum();
  }

  /**
   * Any, or all, of the phrases stand in the text.
   *
   * @param phrases words as {@code cutting} makes them, at least one in each; sorted, each once
   */
  record Phrases(List<List<String>> phrases, Wanted wanted, Cutting cutting) implements Check {
    public Phrases {
      phrases = distinct(phrases, Comparator.naturalOrder());
    }

    @Override
    public int cost() {
      return 40 + 10 * Math.min(phrases.size(), PhraseTest.SEARCHES_MAX);
    }

    @Override
    public int complexity() {
      return count(phrases);
    }

    @Override
    public List<String> wordsOf(String text) {
      return cutting.words(text);
    }

    @Override
    public List<List<String>> literals() {
      return wanted == Wanted.ANY
          ? phrases
          : List.of(phrases.stream().flatMap(List::stream).toList());
    }

    @Override
    public Optional<Sought> sought() {
      return Optional.of(
          wanted == Wanted.ANY
              ? Sought.Words.any(phrases, cutting)
              : Sought.Words.all(phrases, cutting));
    }

    @Override
    public ColumnTest test() {
      return onText(new PhraseTest(this));
    }
  }

  /**
   * Some {@code span} consecutive words hold all items, in any order.
   *
   * @param words the items: words as {@code cutting} makes them, at least one in each, which have
   *     to be next to each other; sorted, each once
   * @param span at least 1; marks that are kept count as words
   */
  record Near(List<List<String>> words, int span, Cutting cutting) implements Check {
    public Near {
      words = distinct(words, Comparator.naturalOrder());
      if (span < 1) {
        throw new IllegalArgumentException("expected a span of at least 1 word, got " + span);
      }
    }

    @Override
    public int cost() {
      return 50 + 10 * Math.min(words.size(), PhraseTest.SEARCHES_MAX);
    }

    @Override
    public int complexity() {
      return 2 * count(words);
    }

    @Override
    public List<String> wordsOf(String text) {
      return cutting.words(text);
    }

    @Override
    public List<List<String>> literals() {
      return List.of(words.stream().flatMap(List::stream).toList());
    }

    @Override
    public Optional<Sought> sought() {
      return Optional.of(Sought.Words.all(words, cutting));
    }

    @Override
    public ColumnTest test() {
      return onText(new NearTest(this));
    }
  }

  /**
   * Any of the patterns matches words of the text that are next to each other.
   *
   * @param patterns a pattern for each word, at least one in each; sorted, each once
   */
  record Wildcards(List<List<Glob>> patterns, Cutting cutting) implements Check {
    public Wildcards {
      patterns = distinct(patterns, Comparator.comparing(Glob::toString));
    }

    @Override
    public int cost() {
      return 60 + 30 * Math.min(patterns.size(), 100);
    }

    @Override
    public int complexity() {
      return 2 * count(patterns);
    }

    @Override
    public List<String> wordsOf(String text) {
      return cutting.words(text);
    }

    @Override
    public List<List<String>> literals() {
      return patterns.stream()
          .map(globs -> globs.stream().map(glob -> glob.longestAscii().text()).toList())
          .toList();
    }

    @Override
    public Optional<Sought> sought() {
      return Sought.Literals.of(
          cutting.folding(), patterns.stream().map(ByteFilter::longestAscii).toList());
    }

    @Override
    public ColumnTest test() {
      return onText(new WildcardTest(this));
    }
  }

  /**
   * The web address is one of a set.
   *
   * @param normalised as {@link dev.historics.filter.text.UrlForm} makes them
   */
  record UrlIn(Set<String> normalised) implements Check {
    public UrlIn {
      normalised = Set.copyOf(normalised);
    }

    @Override
    public int cost() {
      return 100;
    }

    @Override
    public int complexity() {
      return 2;
    }

    @Override
    public ColumnTest test() {
      return onText(new UrlTest(this));
    }
  }

  /**
   * A regular expression matches.
   *
   * @param pattern one that {@link RegexForm} does not refuse
   * @param exact whether it has to match the whole text
   */
  record Regex(String pattern, boolean exact) implements Check {
    @Override
    public int cost() {
      return 2000;
    }

    @Override
    public int complexity() {
      return 5 + pattern.length() / 10;
    }

    @Override
    public Optional<Sought> sought() {
      RegexForm.Compiled compiled = compiled();
      return Sought.Literals.of(
          compiled.literalFolding(), List.of(ByteFilter.longestAscii(compiled.requiredLiteral())));
    }

    @Override
    public ColumnTest test() {
      return onText(new RegexTest(exact ? compiled().whole() : compiled().anywhere()));
    }

    private RegexForm.Compiled compiled() {
      RegexForm form = RegexForm.compile(pattern);
      if (!(form instanceof RegexForm.Compiled compiled)) {
        throw new IllegalStateException(
            "expected a pattern that was compiled before, got '%s': %s".formatted(pattern, form));
      }
      return compiled;
    }
  }

  /** A literal, folded and not empty, stands anywhere in the text. */
  record Substring(String literal, Folding folding) implements Check {
    @Override
    public List<List<String>> literals() {
      return List.of(List.of(literal));
    }

    @Override
    public int cost() {
      return 40;
    }

    @Override
    public Optional<Sought> sought() {
      return Sought.Literals.of(folding, List.of(ByteFilter.longestAscii(literal)));
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
  record OneOf(TextSet values, Folding folding, boolean trimmed) implements Check {
    @Override
    public List<List<String>> literals() {
      return values.size() > RequiredLiterals.LITERALS_MAX
          ? List.of()
          : values.texts().stream().map(List::of).toList();
    }

    @Override
    public int cost() {
      return 10;
    }

    @Override
    public Optional<Sought> sought() {
      return values.size() > Sought.Values.VALUES_MAX || values.contains("")
          ? Optional.empty()
          : Optional.of(new Sought.Values(folding, trimmed, values.texts()));
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
      return new IntRangeTest(this).on(IntColumn.class);
    }
  }

  /** The whole number is one of a set. */
  record IntOneOf(LongSet values) implements Check {
    @Override
    public int cost() {
      return 4;
    }

    @Override
    public ColumnTest test() {
      ValueTest<IntColumn> listed = (column, v) -> values.contains(column.value(v));
      return listed.on(IntColumn.class);
    }
  }

  /** The point lies in an area. */
  record Within(Shape shape) implements Check {
    @Override
    public int cost() {
      return 20 * shape.effort();
    }

    @Override
    public int complexity() {
      return shape.effort();
    }

    @Override
    public ColumnTest test() {
      ValueTest<GeoColumn> within =
          (column, v) -> shape.contains(column.latitude(v), column.longitude(v));
      return within.on(GeoColumn.class);
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
