package dev.historics.filter.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A quick look at the raw bytes of a text: may it hold what is searched for? It may let through
 * what does not, and never drops what does. Immutable; allocates nothing when it looks.
 */
public interface ByteFilter {
  /** Whether the slice has to be looked at more closely. */
  boolean mayHold(byte[] bytes, int start, int length);

  /** What the slice has to hold, if that is one literal and all that is looked for. */
  default Optional<LiteralSearch> literal() {
    return Optional.empty();
  }

  /** For a phrase of folded words: looks for the longest stretch of ASCII in one of them. */
  static ByteFilter forPhrase(List<String> phrase, Cutting cutting) {
    String word = "";
    AsciiRun best = AsciiRun.longest("");
    for (String candidate : phrase) {
      AsciiRun run = AsciiRun.longest(candidate);
      if (run.length() > best.length()) {
        best = run;
        word = candidate;
      }
    }
    return best.length() == 0
        ? ByteFilter::holdsMoreThanAscii
        : LiteralSearch.inWord(
            best.of(word), best.start() == 0, best.end() == word.length(), cutting);
  }

  /** For a phrase of patterns: looks for the longest stretch of ASCII in one of them. */
  static ByteFilter forGlobs(List<Glob> phrase, Cutting cutting) {
    Glob.Stretch best = new Glob.Stretch("", false, false);
    boolean ascii = true;
    for (Glob glob : phrase) {
      Glob.Stretch stretch = glob.longestAscii();
      if (stretch.text().length() > best.text().length()) {
        best = stretch;
      }
      ascii &= glob.isAscii();
    }
    if (!best.text().isEmpty()) {
      return LiteralSearch.inWord(best.text(), best.startsWord(), best.endsWord(), cutting);
    }
    return ascii ? (bytes, start, length) -> true : ByteFilter::holdsMoreThanAscii;
  }

  /** For a folded literal, not empty, that may stand inside words. */
  static ByteFilter forLiteral(String literal, Folding folding) {
    AsciiRun run = AsciiRun.longest(literal);
    return run.length() == 0
        ? ByteFilter::holdsMoreThanAscii
        : LiteralSearch.anywhere(run.of(literal), folding);
  }

  /** The longest stretch of ASCII in a folded text, which is empty if there is none. */
  static String longestAscii(String text) {
    return AsciiRun.longest(text).of(text);
  }

  /** The longest stretch of ASCII in a phrase of patterns, which is empty if there is none. */
  static String longestAscii(List<Glob> phrase) {
    return phrase.stream()
        .map(glob -> glob.longestAscii().text())
        .max(Comparator.comparingInt(String::length))
        .orElse("");
  }

  /** For any of many folded words: a text of ASCII passes when it seems to have one of them. */
  static ByteFilter forAnyWord(Collection<String> words, Cutting cutting) {
    return new WordListFilter(words, cutting);
  }

  /** For what one of several filters is for. */
  static ByteFilter any(List<ByteFilter> filters) {
    if (filters.size() == 1) {
      return filters.get(0);
    }
    ByteFilter[] each = filters.toArray(ByteFilter[]::new);
    return (bytes, start, length) -> {
      for (ByteFilter filter : each) {
        if (filter.mayHold(bytes, start, length)) {
          return true;
        }
      }
      return false;
    };
  }

  /** For a text that has to hold what each of several filters is for. */
  static ByteFilter all(List<ByteFilter> filters) {
    if (filters.size() == 1) {
      return filters.get(0);
    }
    ByteFilter[] each = filters.toArray(ByteFilter[]::new);
    return (bytes, start, length) -> {
      for (ByteFilter filter : each) {
        if (!filter.mayHold(bytes, start, length)) {
          return false;
        }
      }
      return true;
    };
  }

  private static boolean holdsMoreThanAscii(byte[] bytes, int start, int length) {
    return !CodePoints.isAscii(bytes, start, length);
  }
}
