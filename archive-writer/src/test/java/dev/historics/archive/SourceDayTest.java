package dev.historics.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceDayTest {
  @Test
  void directory_and_parse_undo_each_other() {
    SourceDay day = new SourceDay("twitter", LocalDate.of(2017, 8, 5));

    assertThat(day.directory()).isEqualTo("source=twitter/day=2017-08-05");
    assertThat(SourceDay.parse(day.directory())).isEqualTo(day);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "source=twitter/day=2017-8-5",
        "source=twitter/day=2017-02-30",
        "source=twitter/day=2017-08-05/",
        "source=twitter",
        "day=2017-08-05",
        ""
      })
  void other_directories_are_refused(String directory) {
    assertThatThrownBy(() -> SourceDay.parse(directory))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "expected a directory such as 'source=twitter/day=2017-08-05', got '%s'", directory);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '`',
      textBlock =
          """
          ``          => expected a source such as 'twitter'
          Twitter     => expected a source such as 'twitter'
          _twitter    => expected a source such as 'twitter'
          a/b         => expected a source such as 'twitter'
          ..          => expected a source such as 'twitter'
          interaction => 'interaction' cannot name a source
          raw         => 'raw' cannot name a source
          """)
  void names_that_no_source_may_have_are_refused(String name, String start) {
    assertThatThrownBy(() -> new SourceDay(name, LocalDate.EPOCH))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(start);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1969-12-31", "+10000-01-01"})
  void days_that_have_no_directory_are_refused(String day) {
    assertThatThrownBy(() -> new SourceDay("twitter", LocalDate.parse(day)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
