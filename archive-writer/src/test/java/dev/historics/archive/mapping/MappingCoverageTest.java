package dev.historics.archive.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.historics.archive.RecordMapper;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MappingCoverageTest {
  private static final String MAPPING =
      """
      source: diary
      id: {hash: [who, when]}
      created_at: {path: when, format: iso}
      interaction:
        content: {path: [text.long, text.short]}
        geo: {latitude: lat, longitude: lon}
        subtype: {value: note}
        title: {path: title}
      language:
        tag: {path: lang, values: {English: en}}
      targets:
        diary.mood: int
        diary.weather.kind: text
      strip: {entities: [marks]}
      reject:
        deleted: a page torn out
      """;

  private final FieldCensus census = new FieldCensus();
  private SourceMapping mapping;
  private RecordMapper mapper;

  @BeforeEach
  void a_mapping_of_every_kind_of_rule() throws Exception {
    mapping = SourceMapping.parse("diary.yaml", MAPPING);
    mapper = mapping.mapper();
  }

  private void add(String record) throws Exception {
    census.add(mapper.map(record.getBytes(StandardCharsets.UTF_8)).raw());
  }

  @Test
  void a_mapping_lists_its_rules_in_the_order_of_its_text() {
    assertThat(mapping.rules())
        .containsExactly(
            new MappingRule("id", List.of("who", "when")),
            new MappingRule("created_at", List.of("when")),
            new MappingRule("interaction.content", List.of("text.long", "text.short")),
            new MappingRule("interaction.geo", List.of("lat", "lon")),
            new MappingRule("interaction.subtype", List.of()),
            new MappingRule("interaction.title", List.of("title")),
            new MappingRule("language.tag", List.of("lang")),
            new MappingRule("strip", List.of("marks")),
            new MappingRule("reject", List.of("deleted")));
  }

  @Test
  void fields_that_nothing_uses_are_named_with_counts_and_examples() throws Exception {
    add(
        """
        {"who":"ann","when":"2017-08-05","text":{"short":"a"},"mood":3,
         "marks":{"urls":[{"url":"u"}]},"tags":["x","y"],"extra":{"a":1.5,"b":null,"c":""}}""");
    add(
        """
        {"who":"bob","when":"2017-08-06","text":{"short":"b"},"tags":["z"],"extra":{"a":2}}""");

    assertThat(new MappingCoverage(mapping, census).unused())
        .containsExactly(
            new FieldCensus.Field("diary.extra.a", "float", false, 2, "1.5"),
            new FieldCensus.Field("diary.tags", "text", true, 2, "x"));
  }

  @Test
  void rules_and_targets_that_found_nothing_are_named() throws Exception {
    add(
        """
        {"who":"ann","when":"2017-08-05","text":{"short":"a"},"lat":1,"lon":2,"lang":"Klingon"}""");

    assertThat(new MappingCoverage(mapping, census).idle())
        .containsExactly(
            new MappingRule("interaction.title", List.of("title")),
            new MappingRule("language.tag", List.of("lang")),
            new MappingRule("diary.mood", List.of()),
            new MappingRule("diary.weather.kind", List.of()));
  }

  @Test
  void a_field_of_several_types_is_text_and_a_mixture_of_numbers_is_float() {
    census.add("{\"a\":1,\"b\":1,\"c\":true,\"d\":[1,2]}".getBytes(StandardCharsets.UTF_8));
    census.add(
        "{\"a\":1.5,\"b\":\"x\",\"c\":1,\"d\":[{\"e\":1}]}".getBytes(StandardCharsets.UTF_8));

    assertThat(census.fields())
        .containsExactly(
            new FieldCensus.Field("a", "float", false, 2, "1"),
            new FieldCensus.Field("b", "text", false, 2, "1"),
            new FieldCensus.Field("c", "text", false, 2, "true"),
            new FieldCensus.Field("d", "int", true, 1, "1"),
            new FieldCensus.Field("d.e", "int", true, 1, "1"));
    assertThat(census.interactions()).isEqualTo(2);
  }
}
