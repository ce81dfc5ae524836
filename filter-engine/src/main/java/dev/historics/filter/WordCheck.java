package dev.historics.filter;

import dev.historics.filter.text.ByteFilter;
import dev.historics.filter.text.Cutting;
import dev.historics.filter.text.Glob;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** What a condition asks of the words of a text. */
sealed interface WordCheck extends Check {
  /** How a text becomes the words that are asked. */
  Cutting cutting();

  @Override
  default List<String> wordsOf(String text) {
    return cutting().words(text);
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
  record Phrases(List<List<String>> phrases, Wanted wanted, Cutting cutting) implements WordCheck {
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
      return PageSearch.orValueByValue(new PhraseTest(this));
    }
  }

  /**
   * Some {@code span} consecutive words hold all items, in any order.
   *
   * @param words the items: words as {@code cutting} makes them, at least one in each, which have
   *     to be next to each other; sorted, each once
   * @param span at least 1; marks that are kept count as words
   */
  record Near(List<List<String>> words, int span, Cutting cutting) implements WordCheck {
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
    public List<List<String>> literals() {
      return List.of(words.stream().flatMap(List::stream).toList());
    }

    @Override
    public Optional<Sought> sought() {
      return Optional.of(Sought.Words.all(words, cutting));
    }

    @Override
    public ColumnTest test() {
      return PageSearch.orValueByValue(new NearTest(this));
    }
  }

  /**
   * Any of the patterns matches words of the text that are next to each other.
   *
   * @param patterns a pattern for each word, at least one in each; sorted, each once
   */
  record Wildcards(List<List<Glob>> patterns, Cutting cutting) implements WordCheck {
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
      return PageSearch.orValueByValue(new WildcardTest(this));
    }
  }
}
