package dev.historics.archive.mapping;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.historics.archive.Interaction;
import dev.historics.archive.RecordMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnpackingTest {
  private static RecordMapper mapper(String unpack) throws InvalidMappingException {
    return SourceMapping.parse(
            "s.yaml", "source: s\nid: {path: id}\ncreated_at: {path: at}\nunpack: " + unpack)
        .mapper();
  }

  @Test
  void a_record_in_a_string_is_archived_without_the_string() throws Exception {
    Interaction interaction =
        mapper("json_string")
            .map("\"{\\\"id\\\":\\\"\\u00e9\\\",\\\"at\\\":\\\"2017-08-05\\\"}\"".getBytes(UTF_8));

    assertThat(interaction.id()).isEqualTo("é");
    assertThat(new String(interaction.raw(), UTF_8))
        .endsWith(",\"s\":{\"id\":\"é\",\"at\":\"2017-08-05\"}}");
  }

  @Test
  void a_record_behind_columns_is_archived_without_them() throws Exception {
    Interaction interaction =
        mapper("{after_tabs: 2}")
            .map("1\tx y\t{\"id\":\"ab\",\"at\":\"2017-08-05\"}".getBytes(UTF_8));

    assertThat(interaction.id()).isEqualTo("ab");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '`',
      textBlock =
          """
          json_string     => {"id":1}        => unpack: expected a record in a JSON string, found something else: {"id":1}
          json_string     => "{}" x          => unpack: expected a record in a JSON string, found something else: "{}" x
          json_string     => "{}" 1          => unpack: expected a record in a JSON string, found more after it: "{}" 1
          json_string     => "{               => unpack: expected a record in a JSON string, found something else: "{
          json_string     => "x"             => not JSON: unexpected 'x' at column 1
          {after_tabs: 1} => {"id":1}        => unpack: expected a record behind 1 tabs, found 0 tabs: {"id":1}
          """)
  void what_is_not_packed_like_this_is_refused(String unpack, String record, String reason) {
    assertThatThrownBy(() -> mapper(unpack).map(record.getBytes(UTF_8))).hasMessage(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      textBlock =
          """
          string           => s.yaml:4:9: expected json_string or {after_tabs: N}, found 'string'
          {tabs: 1}        => s.yaml:4:9: expected json_string or {after_tabs: N}
          {after_tabs: 0}  => s.yaml:4:22: expected a number from 1 to 99, found '0'
          {after_tabs: []} => s.yaml:4:22: expected a number from 1 to 99, found a list
          """)
  void a_mapping_that_unpacks_in_no_known_way_is_invalid(String unpack, String problem) {
    assertThatThrownBy(() -> mapper(unpack))
        .isInstanceOf(InvalidMappingException.class)
        .message()
        .startsWith(problem);
  }
}
