package dev.historics.filter.regex;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.historics.filter.text.ByteFilter;
import dev.historics.filter.text.CodePoints;
import dev.historics.filter.text.LiteralSearch;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Runs a regular expression on slices of UTF-8; malformed bytes are U+FFFD. Keeps scratch space:
 * owned by one thread.
 */
public final class RegexMatcher {
  /** How much of a text the pattern has to cover. */
  enum Extent {
    ANYWHERE,
    WHOLE
  }

  private final Matcher matcher;
  private final ByteFilter filter;
  private final Optional<LiteralSearch> literal;
  private final Extent extent;
  private final AsciiSlice slice = new AsciiSlice();

  /**
   * @param filter passes every text in which the pattern is found
   * @param literal stands in every such text
   */
  RegexMatcher(Pattern pattern, ByteFilter filter, Optional<LiteralSearch> literal, Extent extent) {
    this.matcher = pattern.matcher("");
    this.filter = filter;
    this.literal = literal;
    this.extent = extent;
  }

  /** What every text holds that has what is looked for, to be searched in many texts at once. */
  public Optional<LiteralSearch> literal() {
    return literal;
  }

  /** Whether the text has what is looked for. */
  public boolean test(byte[] bytes, int start, int length) {
    if (!filter.mayHold(bytes, start, length)) {
      return false;
    }
    // RE2/J takes bytes too, but stops at malformed ones and sees line starts within texts.
    matcher.reset(
        CodePoints.isAscii(bytes, start, length)
            ? slice.of(bytes, start, length)
            : new String(bytes, start, length, StandardCharsets.UTF_8));
    return extent == Extent.WHOLE ? matcher.matches() : matcher.find();
  }

  /** A slice of ASCII as text, without a copy. */
  private static final class AsciiSlice implements CharSequence {
    private byte[] bytes = {};
    private int start;
    private int length;

    AsciiSlice of(byte[] bytes, int start, int length) {
      this.bytes = bytes;
      this.start = start;
      this.length = length;
      return this;
    }

    @Override
    public int length() {
      return length;
    }

    @Override
    public char charAt(int index) {
      return (char) bytes[start + index];
    }

    @Override
    public CharSequence subSequence(int from, int to) {
      return new AsciiSlice().of(bytes, start + from, to - from);
    }

    @Override
    public String toString() {
      return new String(bytes, start, length, StandardCharsets.US_ASCII);
    }
  }
}
