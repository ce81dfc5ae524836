package dev.historics.filter.regex;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.historics.filter.text.ByteFilter;
import dev.historics.filter.text.Folding;
import dev.historics.filter.text.LiteralIndex;
import dev.historics.filter.text.LiteralSearch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A regular expression of a rule: one that can be run, or one that is refused. */
public sealed interface RegexForm {

  /**
   * Compiles a pattern, in well under a second and 100 MB whatever it is.
   *
   * <p>The dialect is RE2's, in which case counts and {@code .} is no line end unless the pattern
   * says otherwise. One thing is added: {@code \\p{Cs}}, which some use to find emoji, is every
   * character beyond the Basic Multilingual Plane.
   */
  static RegexForm compile(String pattern) {
    RegexScan scan = new RegexScan(pattern);
    try {
      scan.run();
      return new Compiled(
          Pattern.compile(scan.rewritten()),
          scan.requiredLiteral(),
          scan.isLiteralCaseless() ? Folding.CASELESS : Folding.CASED,
          scan.requiredRun());
    } catch (RefusedException e) {
      return new Refused(e.getMessage(), e.start(), e.end());
    } catch (PatternSyntaxException e) {
      return scan.explained(e);
    }
  }

  /** A pattern that can be run. Immutable; shared by threads. */
  final class Compiled implements RegexForm {
    private final Pattern pattern;
    private final String requiredLiteral;
    private final Folding literalFolding;
    private final List<AsciiClass> requiredRun;

    private Compiled(
        Pattern pattern,
        String requiredLiteral,
        Folding literalFolding,
        List<AsciiClass> requiredRun) {
      this.pattern = pattern;
      this.requiredLiteral = requiredLiteral;
      this.literalFolding = literalFolding;
      this.requiredRun = requiredRun;
    }

    /** A literal that every text holds in which the pattern is found; empty if none is known. */
    public String requiredLiteral() {
      return requiredLiteral;
    }

    /** Whether the literal is required as it is, or stands for its upper case too. */
    public Folding literalFolding() {
      return literalFolding;
    }

    /** Finds the literal in bytes; nothing if it is too short to be worth it, or none is known. */
    private Optional<LiteralSearch> literalSearch() {
      return isLiteralSearched()
          ? Optional.of(LiteralSearch.anywhere(requiredLiteral, literalFolding))
          : Optional.empty();
    }

    /** Whether only those texts are looked at in which a search for the literal stops. */
    public boolean isLiteralSearched() {
      return requiredLiteral.length() >= LiteralIndex.LENGTH_MIN;
    }

    /** What every text passes in which the pattern is found. */
    ByteFilter filter() {
      List<ByteFilter> filters = new ArrayList<>();
      if (!requiredLiteral.isEmpty()) {
        filters.add(ByteFilter.forLiteral(requiredLiteral, literalFolding));
      }
      if (requiredRun.size() > requiredLiteral.length()) {
        filters.add(new RunFilter(requiredRun));
      }
      return filters.isEmpty() ? (bytes, start, length) -> true : ByteFilter.all(filters);
    }

    /** Looks for the pattern anywhere in a text. */
    public RegexMatcher anywhere() {
      return matcher(RegexMatcher.Extent.ANYWHERE);
    }

    /** Looks whether a whole text is like the pattern, all its alternatives included. */
    public RegexMatcher whole() {
      return matcher(RegexMatcher.Extent.WHOLE);
    }

    private RegexMatcher matcher(RegexMatcher.Extent extent) {
      return new RegexMatcher(pattern, filter(), literalSearch(), extent);
    }
  }

  /**
   * A pattern that cannot be run.
   *
   * @param message what is wrong, in the words of a rule's author
   * @param start where in the pattern, in UTF-16 units; the whole pattern if that is not known
   * @param end after the last unit
   */
  record Refused(String message, int start, int end) implements RegexForm {}
}
