package dev.historics.archive.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.historics.archive.Interaction;
import dev.historics.archive.RecordMapper;
import dev.historics.archive.RejectedRecordException;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** Takes objects with {@code interaction.id} and {@code interaction.created_at} as they are. */
public record DataSiftMapper(String source) implements RecordMapper {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public Interaction map(byte[] line) throws RejectedRecordException {
    JsonNode tree;
    try {
      tree = JSON.readTree(line);
    } catch (IOException e) {
      throw new RejectedRecordException("not JSON");
    }
    String id = tree.path("interaction").path("id").asText("");
    String deleted = tree.path("delete").asText("");
    if (!deleted.isEmpty()) {
      throw RejectedRecordException.deleteNotice("a delete notice", deleted);
    }
    if (id.isEmpty()) {
      throw new RejectedRecordException("no id");
    }
    Interaction interaction =
        new Interaction(id, time(tree.path("interaction").path("created_at").asText("")), line);
    String updatedAt = tree.path("interaction").path("updated_at").asText("");
    return updatedAt.isEmpty() ? interaction : interaction.editedAt(time(updatedAt));
  }

  private static Instant time(String text) throws RejectedRecordException {
    try {
      return text.endsWith("Z")
          ? Instant.parse(text)
          : ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    } catch (DateTimeException e) {
      throw new RejectedRecordException("created_at: expected a time, found '%s'".formatted(text));
    }
  }
}
