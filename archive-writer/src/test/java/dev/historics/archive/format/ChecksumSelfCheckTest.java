package dev.historics.archive.format;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;

class ChecksumSelfCheckTest {
  @Test
  void damage_is_noticed_with_the_settings_we_write_and_read_with() {
    assertThatCode(ChecksumSelfCheck::run).doesNotThrowAnyException();
  }
}
