package dev.historics.filter;

import dev.historics.filter.text.Folding;
import dev.historics.filter.text.LiteralSearch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * A few ASCII literals, in lower case, of which the JSON of an interaction that one of some rules
 * accepts holds at least one, in upper or lower case: so that an interaction without any of them
 * need not be read. May let through what no rule accepts, and never drops what one does.
 *
 * <p>The literals come from conditions on texts that stand in the JSON as they are, under AND and
 * OR; of an AND the rarest are taken, of an OR those of all its parts. They hold no character that
 * JSON must or may write with a short escape, and no blank, since blanks come in where links and
 * mentions are taken out. A JSON text that writes an ASCII character as an escape of four digits,
 * or one of the few others whose folded form is ASCII, is let through unseen. Immutable.
 */
public final class RequiredLiterals {
  /** More literals are more work than they save. */
  static final int LITERALS_MAX = 8;

  private static final int LENGTH_MIN = 2;

  /** What a literal's length says about its rarity ends here. */
  private static final int LENGTH_RARE = 8;

  private static final int ESCAPE_DIGITS = 4;

  /** What a rule's conditions say; ordered by how much has to be read in spite of it. */
  private static final Comparator<SortedSet<String>> RAREST_FIRST =
      Comparator.comparingDouble(
          literals ->
              literals.stream()
                  .mapToDouble(literal -> Math.pow(8, -Math.min(literal.length(), LENGTH_RARE)))
                  .sum());

  private final SortedSet<String> literals;
  private final List<LiteralSearch> searches;
  private final LiteralSearch escapes = LiteralSearch.anywhere("\\u", Folding.CASED);

  private RequiredLiterals(SortedSet<String> literals) {
    this.literals = Collections.unmodifiableSortedSet(literals);
    this.searches =
        literals.stream()
            .map(literal -> LiteralSearch.anywhere(literal, Folding.CASELESS))
            .toList();
  }

  /**
   * The literals that some rules need.
   *
   * @param verbatim whether the values of a target stand in the JSON that will be searched
   * @return nothing if an interaction that one of the rules accepts may do without any
   */
  public static Optional<RequiredLiterals> of(
      Collection<Definition> rules, Predicate<Target> verbatim) {
    Needs needs = new Needs(verbatim);
    return Needs.any(
            rules.stream()
                .map(
                    rule ->
                        rule.hasFilter()
                            ? rule.filter().fold(needs)
                            : Optional.<SortedSet<String>>empty())
                .toList())
        .map(RequiredLiterals::new);
  }

  /** The literals. */
  public SortedSet<String> literals() {
    return literals;
  }

  /** A search through {@code [start, end)} of UTF-8 that holds any number of JSON texts. */
  public Search search(byte[] bytes, int start, int end) {
    return new Search(bytes, start, end);
  }

  /** Goes through some bytes once, however many literals there are. Owned by one thread. */
  public final class Search {
    private final byte[] bytes;
    private final int end;
    private final int[] next = new int[searches.size() + 1];

    private Search(byte[] bytes, int start, int end) {
      this.bytes = bytes;
      this.end = end;
      Arrays.fill(next, start - 1);
    }

    /**
     * The next place, not before {@code from}, in a JSON text that may be accepted.
     *
     * @param from not before the place that was given last
     * @return -1 if there is none
     */
    public int next(int from) {
      int nearest = end;
      for (int i = 0; i < next.length; i++) {
        if (next[i] < from) {
          int found = i < searches.size() ? searches.get(i).next(bytes, from, end) : escape(from);
          next[i] = found < 0 ? end : found;
        }
        nearest = Math.min(nearest, next[i]);
      }
      return nearest == end ? -1 : nearest;
    }

    private int escape(int from) {
      int at = escapes.next(bytes, from, end);
      while (at >= 0 && !mayBeAscii(at + 2)) {
        at = escapes.next(bytes, at + 1, end);
      }
      return at;
    }

    /** Whether the digits of an escape are those of a character whose folded form may be ASCII. */
    private boolean mayBeAscii(int digits) {
      if (end - digits < ESCAPE_DIGITS) {
        return true;
      }
      int code = 0;
      for (int i = digits; i < digits + ESCAPE_DIGITS; i++) {
        code = 16 * code + Math.max(0, Character.digit(bytes[i], 16));
      }
      return switch (code) {
        case 0x0130, 0x037E, 0x1FEF, 0x212A -> true;
        default -> code < 0x80;
      };
    }
  }

  /** What the conditions of a rule need; nothing where that cannot be told. */
  private static final class Needs implements Condition.Cases<Optional<SortedSet<String>>> {
    private final Predicate<Target> verbatim;

    Needs(Predicate<Target> verbatim) {
      this.verbatim = verbatim;
    }

    static Optional<SortedSet<String>> any(List<Optional<SortedSet<String>>> terms) {
      SortedSet<String> all = new TreeSet<>();
      for (Optional<SortedSet<String>> term : terms) {
        if (term.isEmpty()) {
          return Optional.empty();
        }
        all.addAll(term.get());
      }
      return all.isEmpty() || all.size() > LITERALS_MAX ? Optional.empty() : Optional.of(all);
    }

    @Override
    public Optional<SortedSet<String>> any(Condition.Any any) {
      return any(any.terms().stream().map(term -> term.fold(this)).toList());
    }

    @Override
    public Optional<SortedSet<String>> all(Condition.All all) {
      return all.terms().stream()
          .map(term -> term.fold(this))
          .flatMap(Optional::stream)
          .min(RAREST_FIRST);
    }

    @Override
    public Optional<SortedSet<String>> not(Condition.Not not) {
      return Optional.empty();
    }

    @Override
    public Optional<SortedSet<String>> named(Condition.Named named) {
      return named.filter().fold(this);
    }

    @Override
    public Optional<SortedSet<String>> holds(Condition.Holds holds) {
      if (!verbatim.test(holds.target())) {
        return Optional.empty();
      }
      List<Optional<SortedSet<String>>> alternatives = new ArrayList<>();
      for (List<String> literals : holds.check().literals()) {
        alternatives.add(longest(literals).map(literal -> new TreeSet<>(List.of(literal))));
      }
      return any(alternatives);
    }

    private static Optional<String> longest(List<String> texts) {
      return texts.stream()
          .map(Needs::longestPlain)
          .filter(plain -> plain.length() >= LENGTH_MIN)
          .max(Comparator.comparingInt(String::length))
          .map(plain -> plain.toLowerCase(Locale.ROOT));
    }

    /** The longest stretch of characters that JSON writes as they are. */
    private static String longestPlain(String text) {
      String best = "";
      int start = 0;
      for (int i = 0; i <= text.length(); i++) {
        if (i == text.length() || !isPlain(text.charAt(i))) {
          if (i - start > best.length()) {
            best = text.substring(start, i);
          }
          start = i + 1;
        }
      }
      return best;
    }

    private static boolean isPlain(char c) {
      return c > ' ' && c < 0x7F && c != '"' && c != '\\' && c != '/';
    }
  }
}
