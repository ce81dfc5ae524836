package dev.historics.archive;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CharactersTest {
  @ParameterizedTest
  @CsvSource({
    "plain, plain",
    "x\uD83D y, x\uFFFD y",
    "a\uDC00b, a\uFFFDb",
    "\uD83D\uDE02, \uD83D\uDE02",
    "\uD83D\uD83D\uDE02\uDE02, \uFFFD\uD83D\uDE02\uFFFD",
    "end\uD83D, end\uFFFD"
  })
  void a_half_without_its_partner_is_replaced(String text, String whole) {
    assertThat(Characters.whole(text)).isEqualTo(whole);
  }
}
