package dev.historics.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.historics.filter.syntax.Problem;
import dev.historics.filter.syntax.Span;
import org.junit.jupiter.api.Test;

class SourceTextTest {
  private static Problem at(int start) {
    return new Problem(new Span(start, start + 1), "wrong", "");
  }

  /** A hundred problems of a line of a megabyte would be a hundred megabytes. */
  @Test
  void the_problems_of_a_line_share_its_text() {
    SourceText source = new SourceText("rule", "first line\nsecond line\n");

    String first = source.diagnostic(at(0)).sourceLine();
    String again = source.diagnostic(at(6)).sourceLine();
    String second = source.diagnostic(at(11)).sourceLine();

    assertThat(first).isEqualTo("first line").isSameAs(again);
    assertThat(second).isEqualTo("second line");
    assertThat(source.diagnostic(at(10)).sourceLine()).isEqualTo("first line");
  }
}
