package dev.historics.archive.mapping;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.historics.archive.RecordMapper;
import dev.historics.archive.RejectedRecordException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which records are refused, and what a person reads about them. */
class RejectionTest {
  private static final String MAPPING =
      """
      source: s
      id: {path: [id, alt.id]}
      created_at: {path: when, format: ["yyyy-MM-dd HH:mm:ss", unix]}
      reject:
        gone.at: a notice, not a post
      """;

  private static RecordMapper mapper() {
    try {
      return SourceMapping.parse("s.yaml", MAPPING).mapper();
    } catch (InvalidMappingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void assertRefused(byte[] record, String reason) {
    assertThatThrownBy(() -> mapper().map(record))
        .isInstanceOf(RejectedRecordException.class)
        .hasMessage(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '`',
      textBlock =
          """
          ``                       => not JSON: the record is empty
          `  `                     => not JSON: the record is empty
          x                        => not JSON: unexpected 'x' at column 1
          null                     => not JSON: unexpected 'n' at column 1
          [1]                      => expected a JSON object, found an array: [1]
          -1                       => expected a JSON object, found a number: -1
          "a"                      => expected a JSON object, found a string: "a"
          {                        => not JSON: unexpected end at column 2
          {"a"                     => not JSON: unexpected end at column 5
          {"a":                    => not JSON: unexpected end at column 6
          {"a":1                   => not JSON: unexpected end at column 7
          {"a":1,                  => not JSON: unexpected end at column 8
          {"a":1,}                 => not JSON: unexpected '}' at column 8
          {"é":é}                  => not JSON: unexpected 'é' at column 6
          {"a":"b                  => not JSON: the string at column 6 is never closed
          {"a":"\\                 => not JSON: unexpected end at column 8
          {"a":"\\x"}              => not JSON: unexpected 'x' at column 8
          {"a":"\\u12g4"}          => not JSON: unexpected 'g' at column 11
          {'a':1}                  => not JSON: unexpected ''' at column 2
          {"a" 1}                  => not JSON: unexpected '1' at column 6
          {"a":01}                 => not JSON: unexpected '1' at column 7
          {"a":1.}                 => not JSON: unexpected '}' at column 8
          {"a":+1}                 => not JSON: unexpected '+' at column 6
          {"a":1e}                 => not JSON: unexpected '}' at column 8
          {"a":-}                  => not JSON: unexpected '}' at column 7
          {"a":tru}                => not JSON: unexpected '}' at column 9
          {"a":NaN}                => not JSON: unexpected 'N' at column 6
          {"a":[1 2]}              => not JSON: unexpected '2' at column 9
          {"a":1} {}               => expected one JSON object, found more after it: unexpected '{' at column 9
          {"a":1}x                 => expected one JSON object, found more after it: unexpected 'x' at column 8
          {"a":1,"a":2}            => expected each key once, found "a" again at column 8
          {"a":1,"\\u0061":2}      => expected each key once, found "a" again at column 8
          {"alt":{"id":1,"id":2}}  => expected each key once, found "id" again at column 16
          {"when":0}               => no id: none of id, alt.id has a value
          {"when":0,"id":null}     => no id: none of id, alt.id has a value
          {"when":0,"id":{"a":1}}  => no id: none of id, alt.id has a value
          {"id":1}                 => no created_at: 'when' has no value
          {"id":1,"when":"31/12/2017"}          => created_at: expected a time like 'yyyy-MM-dd HH:mm:ss' or in seconds since 1970 at 'when', found "31/12/2017"
          {"id":1,"when":"2017-02-30 00:00:00"} => created_at: expected a time like 'yyyy-MM-dd HH:mm:ss' or in seconds since 1970 at 'when', found "2017-02-30 00:00:00"
          {"id":1,"when":true}                  => created_at: expected a time like 'yyyy-MM-dd HH:mm:ss' or in seconds since 1970 at 'when', found true
          {"id":1,"when":-1}                    => created_at: expected a time from 1970 to 2099 at 'when', found -1
          {"id":1,"when":4102444800}            => created_at: expected a time from 1970 to 2099 at 'when', found 4102444800
          {"id":1,"when":1e99}                  => created_at: expected a time like 'yyyy-MM-dd HH:mm:ss' or in seconds since 1970 at 'when', found 1e99
          {"id":1,"when":"2101-01-01 00:00:00"} => created_at: expected a time from 1970 to 2099 at 'when', found "2101-01-01 00:00:00"
          {"id":"a\\u0000b","when":0}           => id: expected no control characters and no halves of characters at 'id', found a\\u0000b
          {"id":"a\\ud800b","when":0}           => id: expected no control characters and no halves of characters at 'id', found a\\ud800b
          {"gone":{"at":[{}]},"id":1,"when":0}  => a notice, not a post
          {"interaction":{"id":1,"created_at":"soon"}} => interaction.created_at: expected a time like 'Sat, 05 Aug 2017 10:30:00 +0000' or like '2017-08-05T10:30:00Z' or in seconds since 1970 at 'interaction.created_at', found "soon"
          {"interaction":{"id":"\\n","created_at":0}}  => id: expected no control characters and no halves of characters at 'interaction.id', found \\u000a
          """)
  void says_what_was_expected_what_was_found_and_where(String record, String reason) {
    assertRefused(record.getBytes(UTF_8), reason);
  }

  @Test
  void counts_lines_in_a_record_that_has_some() {
    assertRefused(
        "{\n \"é\": 1,\n  x}".getBytes(UTF_8), "not JSON: unexpected 'x' at line 3, column 3");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      textBlock =
          """
          {"a":"\u00ff"}              => not UTF-8: byte 0xff at column 7
          {"a":"\u00c3"}              => not UTF-8: byte 0xc3 at column 7
          {"a":"\u00c0\u0080"}        => not UTF-8: byte 0xc0 at column 7
          {"a":"\u00ed\u00a0\u0080"}  => not UTF-8: byte 0xed at column 7
          {"a":"\u00f4\u0090\u0080\u0080"} => not UTF-8: byte 0xf4 at column 7
          {"a":"\u00c3\u00a9","\u0080":1}  => not UTF-8: byte 0x80 at column 11
          {"a":"x\u0000"}             => not JSON: control character \\u0000 in a string at column 8
          \u00ef\u00bb\u00bf\u00ef\u00bb\u00bf{}         => not JSON: unexpected '\\ufeff' at column 2
          """)
  void bytes_that_are_no_text_are_refused(String latin1, String reason) {
    assertRefused(latin1.getBytes(ISO_8859_1), reason);
  }

  @Test
  void a_found_value_is_shown_short_and_harmless() {
    String value = "\u202e\u009b31m" + "x".repeat(200);

    assertThatThrownBy(
            () -> mapper().map(("{\"id\":1,\"when\":\"" + value + "\"}").getBytes(UTF_8)))
        .hasMessageEndingWith("found \"\\u202e\\u009b31m" + "x".repeat(74) + "…");
  }

  @Test
  void nesting_is_allowed_up_to_its_bound() throws Exception {
    String inside =
        "[".repeat(RecordScanner.DEPTH_MAX - 1) + "]".repeat(RecordScanner.DEPTH_MAX - 1);
    String more = "{\"a\":".repeat(100_000);

    assertThat(mapper().map(("{\"a\":" + inside + ",\"id\":1,\"when\":0}").getBytes(UTF_8)).id())
        .isEqualTo("1");
    assertRefused(
        ("{\"a\":[" + inside + "],\"id\":1,\"when\":0}").getBytes(UTF_8),
        "expected nesting of at most 200 levels, found more at column 205");
    assertRefused(
        more.getBytes(UTF_8), "expected nesting of at most 200 levels, found more at column 1001");
  }

  @Test
  void ids_and_keys_are_allowed_up_to_their_bounds() throws Exception {
    String id = "i".repeat(IdRule.LENGTH_MAX);
    assertThat(mapper().map(("{\"id\":\"" + id + "\",\"when\":0}").getBytes(UTF_8)).id())
        .isEqualTo(id);
    assertRefused(
        ("{\"id\":\"i" + id + "\",\"when\":0}").getBytes(UTF_8),
        "id: expected at most 512 characters at 'id', found 513: " + "i".repeat(80) + "…");

    assertThat(mapper().map(keys(KeySet.KEYS_MAX - 2)).id()).isEqualTo("1");
    assertThatThrownBy(() -> mapper().map(keys(KeySet.KEYS_MAX - 1)))
        .isInstanceOf(RejectedRecordException.class)
        .hasMessageStartingWith("expected at most 4096 keys, found more at column ");
  }

  private static byte[] keys(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "\"k" + i + "\":0,")
        .collect(Collectors.joining("", "{", "\"id\":1,\"when\":0}"))
        .getBytes(UTF_8);
  }

  @Test
  void without_a_mapping_only_interactions_are_taken() {
    RecordMapper mapper = SourceMapping.datasift("reddit").mapper();

    assertRefused(
        mapper,
        "{\"id\":1,\"created_at\":0}",
        "expected an object 'interaction' with 'id' and 'created_at', found none; other records need"
            + " a mapping");
    assertRefused(
        mapper,
        "{\"interaction\":{\"id\":1}}",
        "no created_at: 'interaction.created_at' has no value");
    assertRefused(
        mapper,
        "{\"interaction\":{\"id\":\"\",\"created_at\":0}}",
        "no id: 'interaction.id' has no value");
    assertRefused(
        mapper,
        "{\"interaction\":[{\"id\":1,\"created_at\":0}]}",
        "expected one object 'interaction', found a list");
  }

  private static void assertRefused(RecordMapper mapper, String record, String reason) {
    assertThatThrownBy(() -> mapper.map(record.getBytes(UTF_8)))
        .isInstanceOf(RejectedRecordException.class)
        .hasMessage(reason);
  }

  @Test
  void an_interaction_that_lacks_something_is_not_refused_for_what_the_mapping_misses() {
    assertRefused(
        mapper(),
        "{\"interaction\":{\"id\":1,\"content\":\"x\"}}",
        "an interaction as DataSift made them, but no created_at: 'interaction.created_at' has no"
            + " value");
  }
}
