package dev.historics.archive.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What somebody reads whose mapping is wrong. */
class InvalidMappingTest {
  private static final String REST = "\nid: {path: i}\ncreated_at: {path: t}\n";

  private static String message(String yaml) {
    try {
      SourceMapping.parse("m.yaml", yaml);
      return "";
    } catch (InvalidMappingException e) {
      assertThat(e.problems()).isNotEmpty();
      return e.getMessage();
    }
  }

  @Test
  void all_problems_are_told_at_once_in_their_order() {
    String yaml =
        """
        source: Troll
        ids: {path: tweet_id}
        created_at: {pth: publish_date, format: "HH:mm", zone: Mars}
        interaction:
          content: {path: content
                    , defalt: x}
          id: {path: x}
          author: {path: a}
          author.username: {path: b}
        langauge: {tag: {path: l}}
        targets:
          followers: int
          troll.followers: integer
          interacton.content: text
        reject: [delete]
        """;

    assertThat(message(yaml))
        .isEqualTo(
            """
            m.yaml:1:1: expected 'id: {path: FIELD}' or 'id: {hash: [FIELD, FIELD]}', found none
            m.yaml:1:9: expected a source such as 'twitter': at most 32 of a-z, 0-9 and _, no _ first, found 'Troll'
            m.yaml:2:1: expected source, shape, id, created_at, updated_at, interaction, targets, unpack, strip, reject, delete or a namespace of a-z, 0-9 and _, found 'ids' (did you mean 'id'?)
            m.yaml:3:13: expected {path: FIELD}, with a format and a zone if need be
            m.yaml:3:14: expected one of path, format, zone, found 'pth' (did you mean 'path'?)
            m.yaml:6:15: expected one of path, values, default, value, hash, latitude, longitude, order, found 'defalt' (did you mean 'default'?)
            m.yaml:7:3: expected no field 'interaction.id': it does not come from a mapping
            m.yaml:9:3: expected fields beside each other, found 'author' and 'author.username': one lies in the other
            m.yaml:10:1: expected source, shape, id, created_at, updated_at, interaction, targets, unpack, strip, reject, delete or a namespace of a-z, 0-9 and _, found 'langauge' (did you mean 'language'?)
            m.yaml:12:3: expected a target such as 'interaction.content', found 'followers'
            m.yaml:13:20: expected one of int, float, text, geo, or array(int) and so on, found 'integer'
            m.yaml:14:3: expected a target of one of demographic, interaction, klout, language, links, salience, trends, troll, found 'interacton.content' (did you mean 'interaction'?)
            m.yaml:15:9: expected reasons by path such as 'delete: a delete notice, not a status', found a list""");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '`',
      textBlock =
          """
          ``                                     => 1:1: expected a mapping that begins with 'source: NAME', found nothing
          twitter                                => 1:1: expected a mapping that begins with 'source: NAME', found 'twitter'
          [a]                                    => 1:1: expected a mapping that begins with 'source: NAME', found a list
          a: [                                   => 1:5: not YAML: expected the node content, but found '<stream end>'
          source: [a]REST                        => 1:9: expected a source such as 'twitter': at most 32 of a-z, 0-9 and _, no _ first, found a list
          source: interactionREST                => 1:9: expected a source such as 'twitter': at most 32 of a-z, 0-9 and _, no _ first, found 'interaction'
          source: s\\nsource: tREST              => 2:1: expected each name once, found 'source' again
          source: s\\nshape: table               => 2:8: expected 'datasift', found 'table'
          source: s\\nshape: datasift\\nid: {path: a} => 3:1: expected only source, targets, unpack and strip beside 'shape: datasift', which takes records as they are, found 'id'
          source: sREST  s: {a: {path: a}}       => 4:3: not YAML: expected <block end>, but found '<block mapping start>'
          source: sRESTs: {a: {path: a}}         => 4:1: expected no fields for 's': the whole record is kept there
          source: sRESTinteraction: {a: b}       => 4:18: expected a field such as {path: text}, {value: web}, {hash: [a, b]} or {latitude: lat, longitude: lon}, found 'b'
          source: sRESTinteraction: {a: {}}      => 4:18: expected a field such as {path: text}, {value: web}, {hash: [a, b]} or {latitude: lat, longitude: lon}
          source: sRESTinteraction: {a: {path: x, value: y}} => 4:18: expected a field such as {path: text}, {value: web}, {hash: [a, b]} or {latitude: lat, longitude: lon}, found path with value
          source: sRESTinteraction: {a: {path: }}       => 4:24: expected a path such as 'user.screen_name', found nothing
          source: sRESTinteraction: {a: {path: a..b}}   => 4:25: expected a path such as 'user.screen_name', found 'a..b'
          source: sRESTinteraction: {a: {path: []}}     => 4:25: expected a path such as 'user.screen_name', found an empty list
          source: sRESTinteraction: {a: {hash: {b: c}}} => 4:25: expected a path such as 'user.screen_name', found a mapping
          source: sRESTinteraction: {a: {path: x, order: east}} => 4:35: expected 'lon_lat' or 'lat_lon', found 'east'
          source: sRESTinteraction: {a: {path: x, values: y}}   => 4:36: expected a table such as {English: en}, found 'y'
          source: sRESTinteraction: {A: {path: x}}      => 4:15: expected a field such as 'author.username' in a-z, 0-9, _ and dots, found 'A'
          source: sREST"x y": {a: {path: x}}            => 4:1: expected source, shape, id, created_at, updated_at, interaction, targets, unpack, strip, reject, delete or a namespace of a-z, 0-9 and _, found 'x y'
          source: sRESTlanguage:                        => 4:10: expected fields such as 'content: {path: FIELD}', found nothing
          source: sRESTinteraction: {geo: {latitude: a, longitude: b}}\\ntargets: {interaction.geo: text} => 5:28: expected geo, as 'interaction.geo' is mapped above, found 'text'
          source: sRESTstrip: yes                       => 4:8: expected true, false or {entities: [PATH, PATH]}, found 'yes'
          source: sRESTstrip:                           => 4:7: expected true, false or {entities: [PATH, PATH]}, found nothing
          source: sRESTstrip: {}                        => 4:8: expected true, false or {entities: [PATH, PATH]}
          source: sRESTstrip: [a]                       => 4:8: expected true, false or {entities: [PATH, PATH]}, found a list
          source: sRESTstrip: {entitis: a}              => 4:9: expected one of entities, found 'entitis' (did you mean 'entities'?)
          source: sRESTstrip: {entities: [a..b]}        => 4:20: expected a path such as 'user.screen_name', found 'a..b'
          source: sRESTstrip: {entities: []}            => 4:19: expected a path such as 'user.screen_name', found an empty list
          source: a..b\\nid: {path: i}\\ncreated_at: {path: t}\\nstrip: {entities: a} => 1:9: expected a source such as 'twitter': at most 32 of a-z, 0-9 and _, no _ first, found 'a..b'
          source: s\\nid: {path: i, hash: j}\\ncreated_at: {path: t} => 2:5: expected {path: FIELD} or {hash: [FIELD, FIELD]}
          source: s\\nid: {path: i, when: {path: k, equals: v}}\\ncreated_at: {path: t} => 2:5: expected 'when' and 'else' together, such as {hash: [user, key], when: {path: kind, equals: post}, else: {path: id}}
          source: s\\nid: {path: i}\\ncreated_at: {path: t, when: {path: k, equals: v}} => 3:23: expected one of path, format, zone, found 'when'
          source: sRESTdelete: {hash: [a, b]}           => 4:9: expected {path: FIELD}, or {hash: [FIELD, FIELD]} with 'when' such as {path: kind, equals: post}
          source: sRESTdelete: {path: a, when: {path: k}} => 4:25: expected 'when' such as {path: kind, equals: post}
          source: sRESTdelete: {path: a, when: deleted} => 4:25: expected 'when' such as {path: kind, equals: post}, found 'deleted'
          source: sRESTdelete: {path: a, when: []}      => 4:25: expected 'when' such as {path: kind, equals: post}, found an empty list
          source: s\\nid: {path: i}\\ncreated_at: {path: t, zone: Mars} => 3:29: expected a time zone such as 'UTC', 'Europe/Berlin' or '+01:00', found 'Mars'
          source: s\\nid: {path: i}\\ncreated_at: {path: t, format: unx} => 3:31: expected a time format: iso, rfc1123, unix, unix_millis, unix_micros, or a pattern such as 'yyyy-MM-dd HH:mm:ss', found 'unx' (did you mean 'unix'?): it does not tell the day
          source: s\\nid: {path: i}\\ncreated_at: {path: t, format: "HH:mm"} => 3:31: expected a time format: iso, rfc1123, unix, unix_millis, unix_micros, or a pattern such as 'yyyy-MM-dd HH:mm:ss', found 'HH:mm': it does not tell the day
          """)
  void says_what_was_expected_what_was_found_and_where(String yaml, String problem) {
    assertThat(message(yaml.replace("REST", REST).replace("\\n", "\n")))
        .isEqualTo("m.yaml:" + problem);
  }

  @ParameterizedTest(name = "seed {0}")
  @CsvSource({"1", "2", "3"})
  void any_text_is_a_mapping_or_is_refused_with_a_place(long seed) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    String yaml = Repository.shipped("twitter").text();

    for (int i = 0; i < 300; i++) {
      StringBuilder altered = new StringBuilder(yaml);
      for (int left = 1 + random.nextInt(4); left > 0; left--) {
        int at = random.nextInt(altered.length());
        altered.setCharAt(at, " \n:{}[],-&*?|>'\"#%@`a\t\u0000".charAt(random.nextInt(23)));
      }
      assertThat(message(altered.toString()).lines())
          .allMatch(line -> line.matches("m\\.yaml:[0-9]+:[0-9]+: .+"));
    }
  }

  @Test
  void a_file_that_is_no_text_is_refused(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("m.yaml");
    Files.write(file, new byte[] {'a', (byte) 0xFF});

    assertThatThrownBy(() -> SourceMapping.load(file))
        .isInstanceOf(InvalidMappingException.class)
        .hasMessage(file + ":1:1: expected a text in UTF-8, found other bytes");
  }
}
