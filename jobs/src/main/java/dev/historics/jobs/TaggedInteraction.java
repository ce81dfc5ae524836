package dev.historics.jobs;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.historics.filter.Tags;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;

/**
 * The JSON of an interaction with a rule's tags in it: {@code interaction.tags} lists the labels,
 * {@code interaction.tag_tree} holds what has a namespace. Both take the place of what the record
 * brought along under these names, also where the rule has nothing to put there; every other byte
 * stays as it is.
 */
public final class TaggedInteraction {
  private static final String INTERACTION = "interaction";
  private static final String LABELS = "tags";
  private static final String TREE = "tag_tree";
  private static final Set<String> REPLACED = Set.of(LABELS, TREE);

  /** Room for an {@code interaction} around the members. */
  private static final int SURROUNDINGS = 32;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
          .streamReadConstraints(
              // The size of a record is bounded where it comes in, and nothing here recurses.
              StreamReadConstraints.builder()
                  .maxNestingDepth(Integer.MAX_VALUE)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private final JsonParser json;
  private final byte[] raw;
  private final int offset;
  private final byte[] members;
  private final ByteArrayOutputStream out;

  private TaggedInteraction(JsonParser json, byte[] raw, int offset, int length, String members) {
    this.json = json;
    this.raw = raw;
    this.offset = offset;
    this.members = members.getBytes(StandardCharsets.UTF_8);
    this.out = new ByteArrayOutputStream(length + this.members.length + SURROUNDINGS);
  }

  /**
   * The tagged form of a record.
   *
   * @param raw bytes {@code offset} to {@code offset + length} are the record: one JSON object in
   *     UTF-8; if it has no {@code interaction}, it gets one for its tags
   * @param tags what the rule says about it; may be {@linkplain Tags#isEmpty empty}
   * @throws IOException if the record is not JSON or its {@code interaction} is not an object, or
   *     if a namespace has more levels than JSON should have
   */
  public static byte[] of(byte[] raw, int offset, int length, Tags tags) throws IOException {
    return of(raw, offset, length, members(tags));
  }

  /**
   * The tagged form of a record.
   *
   * @param members what {@link #members} makes of the tags
   */
  static byte[] of(byte[] raw, int offset, int length, String members) throws IOException {
    try (JsonParser json = JSON.createParser(raw, offset, length)) {
      return new TaggedInteraction(json, raw, offset, length, members).splice(length);
    }
  }

  private byte[] splice(int length) throws IOException {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw new IOException(
          "expected an interaction to be a JSON object, found " + json.currentToken());
    }
    boolean found = false;
    int copied = 0;
    int last = position();
    boolean any = false;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      boolean interaction = json.currentName().equals(INTERACTION);
      json.nextToken();
      if (interaction) {
        copy(copied, enter());
        copied = replaceMembers();
        found = true;
      } else {
        skipValue();
      }
      last = position();
      any = true;
    }
    if (json.nextToken() != null) {
      throw new IOException("expected one JSON object, found more after it");
    }
    if (!found && members.length > 0) {
      copy(copied, last);
      add(any, "\"" + INTERACTION + "\":{");
      out.writeBytes(members);
      out.write('}');
      copied = last;
    }
    copy(copied, length);
    return out.toByteArray();
  }

  /** Where the object that the parser is about to enter has its first member. */
  private int enter() throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw new IOException(
          "expected 'interaction' to be a JSON object, found " + json.currentToken());
    }
    return position();
  }

  /**
   * Copies the members that stay, with what stands between them, and adds the new ones.
   *
   * @return up to where the record has been dealt with
   */
  private int replaceMembers() throws IOException {
    int last = position();
    boolean first = true;
    boolean any = false;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      int start = Math.toIntExact(json.currentTokenLocation().getByteOffset());
      boolean stays = !REPLACED.contains(json.currentName());
      json.nextToken();
      skipValue();
      if (stays) {
        // What stands before the first member to stay may be a comma that has lost its left side.
        copy(any || first ? last : start, position());
      }
      any |= stays;
      first = false;
      last = position();
    }
    if (members.length > 0) {
      add(any, "");
      out.writeBytes(members);
    }
    return last;
  }

  private void skipValue() throws IOException {
    json.skipChildren();
    json.finishToken();
  }

  /** How much of the record the parser has read. */
  private int position() {
    return Math.toIntExact(json.currentLocation().getByteOffset());
  }

  private void copy(int from, int to) {
    out.write(raw, offset + from, to - from);
  }

  private void add(boolean separated, String text) {
    if (separated) {
      out.write(',');
    }
    out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The members that hold tags, with a comma between them; empty if there are none.
   *
   * @throws IOException if a namespace has more levels than JSON should have
   */
  static String members(Tags tags) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = JSON.createGenerator(text)) {
      generator.writeStartObject();
      if (!tags.labels().isEmpty()) {
        generator.writeFieldName(LABELS);
        value(generator, tags.labels());
      }
      if (!tags.tree().isEmpty()) {
        generator.writeFieldName(TREE);
        value(generator, tags.tree());
      }
      generator.writeEndObject();
    }
    return text.getBuffer().substring(1, text.getBuffer().length() - 1);
  }

  private static void value(JsonGenerator generator, Object value) throws IOException {
    if (value instanceof Map<?, ?> branch) {
      generator.writeStartObject();
      for (Map.Entry<?, ?> entry : branch.entrySet()) {
        generator.writeFieldName((String) entry.getKey());
        value(generator, entry.getValue());
      }
      generator.writeEndObject();
    } else if (value instanceof Iterable<?> labels) {
      generator.writeStartArray();
      for (Object label : labels) {
        generator.writeString((String) label);
      }
      generator.writeEndArray();
    } else {
      generator.writeNumber(((BigDecimal) value).stripTrailingZeros().toPlainString());
    }
  }
}
