package dev.historics.filter;

import dev.historics.filter.text.ByteFilter;
import dev.historics.filter.text.Folding;
import dev.historics.filter.text.LiteralSearch;
import java.util.Optional;

/** Whether a literal stands anywhere in a text, also inside words. */
final class SubstringTest implements TextTest {
  private final String literal;
  private final Folding folding;
  private final ByteFilter filter;

  SubstringTest(TextCheck.Substring check) {
    this.literal = check.literal();
    this.folding = check.folding();
    this.filter = ByteFilter.forLiteral(literal, folding);
  }

  @Override
  public Optional<LiteralSearch> literal() {
    return filter.literal();
  }

  @Override
  public boolean test(byte[] bytes, int start, int length) {
    return filter.mayHold(bytes, start, length)
        && folding.fold(bytes, start, length).contains(literal);
  }
}
