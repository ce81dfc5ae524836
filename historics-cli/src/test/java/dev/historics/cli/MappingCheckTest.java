package dev.historics.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody writes a mapping and tries it out. */
class MappingCheckTest {
  private static final String MAPPING =
      """
      source: diary
      id: {path: id}
      created_at: {path: at}
      interaction:
        content: {path: text}
        title: {path: headline}
      targets:
        diary.mood: int
      """;
  private static final String RECORDS =
      """
      {"id":1,"at":"2017-08-05T10:30:00Z","text":"rain\\u001b[2J","mood":"good","tags":["a","b"]}
      {"id":2,"at":"yesterday","text":"sun"}
      {"id":3,"at":"2017-08-06","text":"snow","mood":4}
      {"id":4,"at":"tomorrow"}
      """;

  @TempDir Path folder;
  private Shell shell;
  private Path mapping;
  private Path records;

  @BeforeEach
  void a_mapping_and_records() throws IOException {
    shell = new Shell(folder.resolve("home"));
    mapping = Files.writeString(folder.resolve("diary.yaml"), MAPPING);
    records = Files.writeString(folder.resolve("diary.ndjson"), RECORDS);
  }

  private Shell.Ran check(String... arguments) {
    String[] all = new String[arguments.length + 2];
    all[0] = "mapping";
    all[1] = "check";
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    return shell.run(all);
  }

  @Test
  void a_person_reads_what_becomes_of_the_records_and_what_the_mapping_misses() {
    Shell.Ran ran = check(records.toString(), "--mapping", mapping.toString());

    assertThat(ran.exitCode()).isEqualTo(6);
    assertThat(ran.out())
        .isEqualTo(
            """
            FILE as 'diary': of 4 records, 2 would be archived and 2 put aside

            Record 1 (line 1) becomes:
            TARGET                  TYPE             VALUE
            diary.at                text             2017-08-05T10:30:00Z
            diary.id                int              1
            diary.mood              int, found text  good
            diary.tags              text[]           a
            diary.text              text             rain\\u001b[2J
            interaction.content     text             rain\\u001b[2J
            interaction.created_at  text             2017-08-05T10:30:00Z
            interaction.id          text             1
            interaction.type        text             diary

            These would be put aside:
            RECORDS  REASON                                                                              FIRST   EXAMPLE
                  2  created_at: expected a time like '2017-08-05T10:30:00Z' at 'at', found "yesterday"  line 2  {"id":2,"at":"yesterday","text":"sun"}

            No rule of the mapping reads these fields and no target names them; they are kept, and queries can ask about them as text:
            FIELD       TYPE    RECORDS  EXAMPLE
            diary.tags  text[]        1  a

            These rules and targets found nothing in these records:
            MAKES              LOOKS AT
            interaction.title  headline
            """
                .replace("FILE", records.toString()));
  }

  @Test
  void a_program_reads_the_same() throws IOException {
    JsonNode answer =
        check(records.toString(), "--mapping", mapping.toString(), "--output", "json").json();

    assertThat(answer.path("records").asInt()).isEqualTo(4);
    assertThat(answer.path("archived").asInt()).isEqualTo(2);
    assertThat(answer.path("put_aside").asInt()).isEqualTo(2);
    assertThat(answer.path("becomes").get(0).toString())
        .isEqualTo(
            "{\"target\":\"diary.at\",\"type\":\"text\",\"value\":\"2017-08-05T10:30:00Z\"}");
    assertThat(answer.path("reasons").get(0).path("records").asInt()).isEqualTo(2);
    assertThat(answer.path("unused").toString())
        .isEqualTo(
            "[{\"field\":\"diary.tags\",\"type\":\"text[]\",\"records\":1,\"example\":\"a\"}]");
    assertThat(answer.path("found_nothing").toString())
        .isEqualTo("[{\"makes\":\"interaction.title\",\"looks_at\":\"headline\"}]");
  }

  @Test
  void any_record_can_be_shown_also_one_that_would_be_put_aside() {
    String refused =
        check(records.toString(), "--mapping", mapping.toString(), "--record", "2").out();
    String good = check(records.toString(), "--mapping", mapping.toString(), "--record", "3").out();

    assertThat(refused)
        .contains(
            "Record 2 (line 2) would be put aside: created_at: expected a time like"
                + " '2017-08-05T10:30:00Z' at 'at', found \"yesterday\"\n");
    assertThat(good)
        .contains("Record 3 (line 3) becomes:")
        .contains("diary.mood              int ");
    assertThat(
            check(records.toString(), "--mapping", mapping.toString(), "--record", "5").complaint())
        .containsExactly(
            "historics: there is no record 5 in %s, which has 4".formatted(records),
            "give a --record from 1 to 4");
  }

  @Test
  void a_mapping_alone_is_valid_or_all_its_errors_are_named_with_their_places() throws IOException {
    Path wrong =
        Files.writeString(
            folder.resolve("wrong.yaml"),
            """
            source: diary
            id: {pth: id}
            created_at: {path: at, zone: Mars}
            interaction:
              content: {path: text, deafult: x}
            """);

    assertThat(check(mapping.toString()).out())
        .isEqualTo(mapping + " is a mapping for source 'diary': 4 rules, 3 targets with a type\n");
    Shell.Ran ran = check(wrong.toString());
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.out().lines().map(line -> line.replace(wrong.toString(), "")))
        .contains(
            ":2:6: expected one of path, hash, when, else, found 'pth' (did you mean 'path'?)")
        .anyMatch(line -> line.startsWith(":3:30: expected a time zone"))
        .anyMatch(line -> line.endsWith("found 'deafult' (did you mean 'default'?)"));
    JsonNode errors = check(wrong.toString(), "--output", "json").json();
    assertThat(errors.path("valid").asBoolean()).isFalse();
    assertThat(errors.path("errors").get(0).path("line").asInt()).isEqualTo(2);
  }

  @Test
  void what_is_missing_is_said_in_one_line_of_cause_and_one_of_advice() {
    for (List<String> arguments :
        List.of(
            List.of(records.toString()),
            List.of(records.toString(), "--source", "x", "--mapping", mapping.toString()),
            List.of(records.toString(), "--source", "nowhere"),
            List.of(folder.resolve("none.ndjson").toString(), "--source", "twitter"),
            List.of(records.toString(), "--source", "twitter", "--limit", "0"))) {
      Shell.Ran ran = check(arguments.toArray(String[]::new));

      assertThat(ran.complaint()).as(arguments.toString()).hasSize(2);
      assertThat(ran.exitCode()).isIn(2, 3);
      assertThat(ran.out()).isEmpty();
    }
    assertThat(Files.exists(folder.resolve("home"))).as("nothing is stored").isFalse();
  }
}
