package dev.historics.archive.augment;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.historics.archive.JsonMembers;
import dev.historics.archive.SealedList;
import dev.historics.archive.TargetColumn;
import java.io.IOException;
import java.time.Instant;
import java.util.Locale;

/** The text of a list of augmentations, sealed with its checksum. */
final class AugmentationJson {
  private static final SealedList.Wording WORDING =
      new SealedList.Wording("augmentations", "rules do not know the targets that were added", 1);

  private AugmentationJson() {}

  static byte[] write(AugmentationList list) {
    return new SealedList<>(list.source(), list.version(), list.entries())
        .text(WORDING, AugmentationJson::write);
  }

  private static void write(JsonGenerator json, Augmentation entry) throws IOException {
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
  }

  /**
   * @param path of the list, for messages
   */
  static AugmentationList read(String path, byte[] text) throws IOException {
    return SealedList.read(
        path,
        text,
        WORDING,
        AugmentationJson::entry,
        list -> new AugmentationList(list.source(), list.version(), list.entries()));
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
