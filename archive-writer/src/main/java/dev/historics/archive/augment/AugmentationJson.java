package dev.historics.archive.augment;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.historics.archive.JsonMembers;
import dev.historics.archive.SealedText;
import dev.historics.archive.TargetColumn;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;

/** The text of a list of augmentations, sealed with its checksum. */
final class AugmentationJson {
  private static final JsonFactory JSON = new JsonFactory();

  /** The newest format this program reads, and the one it writes. */
  private static final int FORMAT = 1;

  private AugmentationJson() {}

  static byte[] write(AugmentationList list) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeNumberField("format", FORMAT);
      json.writeStringField("source", list.source());
      json.writeNumberField("version", list.version());
      json.writeArrayFieldStart("entries");
      for (Augmentation entry : list.entries()) {
        write(json, entry);
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory failed", e);
    }
    return SealedText.seal(out.toByteArray());
  }

  private static void write(JsonGenerator json, Augmentation entry) throws IOException {
    json.writeStartObject();
    json.writeStringField("namespace", entry.namespace());
    json.writeStringField("on", entry.on());
    json.writeStringField("key", entry.key());
    json.writeArrayFieldStart("columns");
    for (TargetColumn column : entry.columns()) {
      json.writeStartObject();
      json.writeStringField("target", column.target());
      json.writeStringField("kind", column.kind().name());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeStringField("join", entry.join().name().toLowerCase(Locale.ROOT));
    json.writeStringField("table", entry.table());
    json.writeStringField("sha256", entry.sha256());
    json.writeStringField("declared", entry.declared().toString());
    json.writeNumberField("matched", entry.matched());
    json.writeEndObject();
  }

  /**
   * @param path of the list, for messages
   */
  static AugmentationList read(String path, byte[] text) throws IOException {
    if (!SealedText.isWhole(text)) {
      throw new IOException(
          path
              + ": the list of augmentations is torn or damaged: its checksum does not match;"
              + " restore it from a copy of the archive, since without it rules do not know the"
              + " targets that were added");
    }
    try {
      return list(path, JsonMembers.read(text));
    } catch (IllegalArgumentException | DateTimeException | ClassCastException e) {
      throw new IOException(path + ": not a list of augmentations: " + e.getMessage(), e);
    }
  }

  private static AugmentationList list(String path, JsonMembers members) throws IOException {
    long format = members.number("format");
    if (format > FORMAT) {
      throw new IOException(
          "%s: format %d of augmentations, but this program reads up to %d; use a newer program"
              .formatted(path, format, FORMAT));
    }
    return new AugmentationList(
        members.text("source"),
        members.number("version"),
        members.objects("entries").stream().map(AugmentationJson::entry).toList());
  }

  private static Augmentation entry(JsonMembers members) {
    return new Augmentation(
        members.text("namespace"),
        members.text("on"),
        members.text("key"),
        members.objects("columns").stream().map(AugmentationJson::column).toList(),
        Augmentation.Join.valueOf(members.text("join").toUpperCase(Locale.ROOT)),
        members.text("table"),
        members.text("sha256"),
        Instant.parse(members.text("declared")),
        members.number("matched"));
  }

  private static TargetColumn column(JsonMembers members) {
    return new TargetColumn(
        members.text("target"), TargetColumn.Kind.valueOf(members.text("kind")));
  }
}
