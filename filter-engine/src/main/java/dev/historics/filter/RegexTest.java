package dev.historics.filter;

import dev.historics.filter.regex.RegexMatcher;
import dev.historics.filter.text.LiteralSearch;
import java.util.Optional;

/** Whether a regular expression is found in a text, or is all of it. */
final class RegexTest implements TextTest {
  private final RegexMatcher matcher;

  RegexTest(RegexMatcher matcher) {
    this.matcher = matcher;
  }

  @Override
  public Optional<LiteralSearch> literal() {
    return matcher.literal();
  }

  @Override
  public boolean test(byte[] bytes, int start, int length) {
    return matcher.test(bytes, start, length);
  }
}
