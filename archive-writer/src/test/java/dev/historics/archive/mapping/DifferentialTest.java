package dev.historics.archive.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.historics.archive.Interaction;
import dev.historics.archive.RecordMapper;
import dev.historics.archive.RejectedRecordException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The streaming mapper against {@link TreeReference}. */
class DifferentialTest {
  private static final int RECORDS_MAX = 4000;
  private static final int ALTERED = 1000;
  private static final String FILES =
      """
      trolltweets, troll-tweets/2017-08-20.ndjson.gz
      trolltweets, troll-tweets/2017-08-24.ndjson.gz
      twitter,     rich/twitter-v1-mtsw.ndjson.gz
      twitter,     rich/twitter-v1-search-ja-2014-08-31.ndjson.gz
      twitter,     rich/twitter-v1-stream-2013-12-11.ndjson.gz
      twitter,     rich/twitter-v1-timelines.ndjson.gz
      twitter,     rich/datasift-twitter-2014-05-30.ndjson.gz
      datasift,    rich/datasift-mixed-2013-07-08.ndjson.gz
      datasift,    rich/datasift-instagram-2014.ndjson.gz
      bluesky,     rich/bluesky-jetstream-2026-07-04.ndjson.gz
      github,      rich/github-events-2021-07-21.ndjson.gz
      wikipedia,   rich/wikipedia-edits-2015-09-12.ndjson.gz
      usgs,        rich/usgs-earthquakes-2018-01-31_02-07.ndjson.gz
      """;

  @ParameterizedTest
  @CsvSource(textBlock = FILES)
  void real_records_become_what_the_tree_reference_says(String source, String file)
      throws IOException {
    List<byte[]> lines = Repository.lines(Repository.data(file));
    SourceMapping mapping = Repository.shipped(source);
    RecordMapper mapper = mapping.mapper();
    TreeReference reference = new TreeReference(mapping.text());

    int step = 1 + lines.size() / RECORDS_MAX;
    for (int i = 0; i < lines.size(); i += step) {
      compare(lines.get(i), mapper, reference);
    }
  }

  @ParameterizedTest
  @CsvSource(textBlock = FILES)
  void altered_records_become_what_the_tree_reference_says(String source, String file)
      throws IOException {
    List<byte[]> lines = Repository.lines(Repository.data(file));
    SourceMapping mapping = Repository.shipped(source);
    RecordMapper mapper = mapping.mapper();
    TreeReference reference = new TreeReference(mapping.text());
    SplittableRandom random = new SplittableRandom(17);

    for (int i = 0; i < ALTERED; i++) {
      JsonNode record = TreeReference.JSON.readTree(lines.get(random.nextInt(lines.size())));
      for (int left = random.nextInt(6); left > 0; left--) {
        alter(record, random);
      }
      compare(written(record, random), mapper, reference);
    }
  }

  private static void compare(byte[] line, RecordMapper mapper, TreeReference reference)
      throws IOException {
    Optional<TreeReference.Expected> expected = reference.map(TreeReference.JSON.readTree(line));
    Optional<TreeReference.Expected> found;
    try {
      Interaction interaction = mapper.map(line);
      assertThat(interaction.raw()).doesNotContain('\n', '\r');
      found =
          Optional.of(
              new TreeReference.Expected(
                  interaction.id(),
                  interaction.createdAt(),
                  TreeReference.JSON.readTree(interaction.raw())));
    } catch (RejectedRecordException e) {
      found = Optional.empty();
    }
    if (!found.equals(expected)) {
      assertThat(found).as(new String(line, StandardCharsets.UTF_8)).isEqualTo(expected);
    }
  }

  /** Changes something somewhere below {@code node}. */
  private static void alter(JsonNode node, SplittableRandom random) {
    if (node instanceof ObjectNode object && !object.isEmpty()) {
      List<String> names = new ArrayList<>();
      object.fieldNames().forEachRemaining(names::add);
      String name = names.get(random.nextInt(names.size()));
      JsonNode member = object.get(name);
      if (member.isContainerNode() && random.nextInt(4) > 0) {
        alter(member, random);
      } else {
        object.set(name, other(member, random));
      }
    } else if (node instanceof ArrayNode array && !array.isEmpty()) {
      int index = random.nextInt(array.size());
      if (array.get(index).isContainerNode() && random.nextInt(4) > 0) {
        alter(array.get(index), random);
      } else {
        array.set(index, other(array.get(index), random));
      }
    }
  }

  private static JsonNode other(JsonNode node, SplittableRandom random) {
    return switch (random.nextInt(9)) {
      case 0 -> TreeReference.JSON.nullNode();
      case 1 -> TreeReference.JSON.valueToTree("");
      case 2 -> TreeReference.JSON.valueToTree("\"\\/\t\u0001é漢😀\u2028");
      case 3 -> TreeReference.JSON.valueToTree(random.nextInt(200));
      case 4 -> TreeReference.JSON.valueToTree(random.nextBoolean());
      case 5 -> TreeReference.JSON.createArrayNode().add(node).add(node.deepCopy()).addNull();
      case 6 -> TreeReference.JSON.createArrayNode();
      case 7 -> TreeReference.JSON.createObjectNode().set("text", node);
      default -> TreeReference.JSON.createObjectNode();
    };
  }

  /** The record as JSON, one of several ways to write it. */
  private static byte[] written(JsonNode record, SplittableRandom random)
      throws JsonProcessingException {
    ObjectWriter writer =
        random.nextBoolean()
            ? TreeReference.JSON.writer()
            : TreeReference.JSON.writerWithDefaultPrettyPrinter();
    if (random.nextBoolean()) {
      writer = writer.with(JsonWriteFeature.ESCAPE_NON_ASCII);
    }
    return writer.with(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN).writeValueAsBytes(record);
  }
}
