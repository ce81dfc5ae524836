package dev.historics.filter;

import dev.historics.filter.regex.RegexForm;
import dev.historics.filter.text.ByteFilter;
import dev.historics.filter.text.CodePoints;
import dev.historics.filter.text.Folding;
import dev.historics.filter.text.TextSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a condition asks of a text as a whole, or of any stretch of it. */
sealed interface TextCheck extends Check {
  /**
   * The web address is one of a set.
   *
   * @param normalised as {@link dev.historics.filter.text.UrlForm} makes them
   */
  record UrlIn(Set<String> normalised) implements TextCheck {
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
      return PageSearch.orValueByValue(new UrlTest(this));
    }
  }

  /**
   * A regular expression matches.
   *
   * @param pattern one that {@link RegexForm} does not refuse
   * @param exact whether it has to match the whole text
   */
  record Regex(String pattern, boolean exact) implements TextCheck {
    /** A pattern that is tried where a search for its literal stops. */
    private static final int SEARCHED = 5;

    /** One that is tried on nearly every text takes so many times a search for a word. */
    private static final int UNSEARCHED = 25;

    @Override
    public int cost() {
      return 2000;
    }

    @Override
    public int complexity() {
      return (compiled().isLiteralSearched() ? SEARCHED : UNSEARCHED) + pattern.length() / 10;
    }

    @Override
    public Optional<Sought> sought() {
      RegexForm.Compiled compiled = compiled();
      return Sought.Literals.of(
          compiled.literalFolding(), List.of(ByteFilter.longestAscii(compiled.requiredLiteral())));
    }

    @Override
    public ColumnTest test() {
      return PageSearch.orValueByValue(
          new RegexTest(exact ? compiled().whole() : compiled().anywhere()));
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
  record Substring(String literal, Folding folding) implements TextCheck {
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
      return PageSearch.orValueByValue(new SubstringTest(this));
    }
  }

  /**
   * The whole text is one of a set.
   *
   * @param values folded; trimmed if {@code trimmed}
   * @param trimmed whether white space around the text is left out of account
   */
  record OneOf(TextSet values, Folding folding, boolean trimmed) implements TextCheck {
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
      return PageSearch.orValueByValue(new EqualityTest(this));
    }
  }

  /** The text is there and is another one. */
  record Differs(OneOf from) implements TextCheck {
    @Override
    public int cost() {
      return from.cost();
    }

    @Override
    public ColumnTest test() {
      TextTest same = new EqualityTest(from);
      return PageSearch.orValueByValue((bytes, start, length) -> !same.test(bytes, start, length));
    }
  }

  /** The folded text stands before or after a bound, by code points. */
  record TextOrder(Comparison comparison, String bound, Folding folding) implements TextCheck {
    @Override
    public int cost() {
      return 100;
    }

    @Override
    public ColumnTest test() {
      return PageSearch.orValueByValue(
          (bytes, start, length) ->
              comparison.holds(CodePoints.compare(folding.fold(bytes, start, length), bound)));
    }
  }
}
