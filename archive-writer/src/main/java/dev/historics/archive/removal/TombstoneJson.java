package dev.historics.archive.removal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.historics.archive.JsonMembers;
import dev.historics.archive.SealedText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;

/** The text of a list of tombstones, sealed with its checksum. */
final class TombstoneJson {
  private static final JsonFactory JSON = new JsonFactory();

  /** The newest format this program reads, and the one it writes. */
  private static final int FORMAT = 1;

  private TombstoneJson() {}

  static byte[] write(TombstoneList list) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeNumberField("format", FORMAT);
      json.writeStringField("source", list.source());
      json.writeNumberField("version", list.version());
      json.writeArrayFieldStart("entries");
      for (Tombstone entry : list.entries()) {
        json.writeStartObject();
        json.writeStringField("kind", entry.kind().name().toLowerCase(Locale.ROOT));
        json.writeStringField("value", entry.value());
        json.writeStringField("requested", entry.requested().toString());
        json.writeStringField("receipt", entry.receipt());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory failed", e);
    }
    return SealedText.seal(out.toByteArray());
  }

  /**
   * @param path of the list, for messages
   */
  static TombstoneList read(String path, byte[] text) throws IOException {
    if (!SealedText.isWhole(text)) {
      throw new IOException(
          path
              + ": the list of tombstones is torn or damaged: its checksum does not match; restore"
              + " it from a copy of the archive, since without it what was taken down shows again");
    }
    try {
      return list(path, JsonMembers.read(text));
    } catch (IllegalArgumentException | DateTimeException | ClassCastException e) {
      throw new IOException(path + ": not a list of tombstones: " + e.getMessage(), e);
    }
  }

  private static TombstoneList list(String path, JsonMembers members) throws IOException {
    long format = members.number("format");
    if (format > FORMAT) {
      throw new IOException(
          "%s: format %d of tombstones, but this program reads up to %d; use a newer program"
              .formatted(path, format, FORMAT));
    }
    return new TombstoneList(
        members.text("source"),
        members.number("version"),
        members.objects("entries").stream().map(TombstoneJson::entry).toList());
  }

  private static Tombstone entry(JsonMembers members) {
    return new Tombstone(
        Tombstone.Kind.valueOf(members.text("kind").toUpperCase(Locale.ROOT)),
        members.text("value"),
        Instant.parse(members.text("requested")),
        members.text("receipt"));
  }
}
