package dev.historics.archive.removal;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.historics.archive.JsonMembers;
import dev.historics.archive.SealedList;
import java.io.IOException;
import java.time.Instant;
import java.util.Locale;

/** The text of a list of tombstones, sealed with its checksum. */
final class TombstoneJson {
  private static final SealedList.Wording WORDING =
      new SealedList.Wording("tombstones", "what was taken down shows again", 1);

  private TombstoneJson() {}

  static byte[] write(TombstoneList list) {
    return new SealedList<>(list.source(), list.version(), list.entries())
        .text(WORDING, TombstoneJson::write);
  }

  private static void write(JsonGenerator json, Tombstone entry) throws IOException {
    json.writeStringField("kind", entry.kind().name().toLowerCase(Locale.ROOT));
    json.writeStringField("value", entry.value());
    json.writeStringField("requested", entry.requested().toString());
    json.writeStringField("receipt", entry.receipt());
  }

  /**
   * @param path of the list, for messages
   */
  static TombstoneList read(String path, byte[] text) throws IOException {
    return SealedList.read(
        path,
        text,
        WORDING,
        TombstoneJson::entry,
        list -> new TombstoneList(list.source(), list.version(), list.entries()));
  }

  private static Tombstone entry(JsonMembers members) {
    return new Tombstone(
        Tombstone.Kind.valueOf(members.text("kind").toUpperCase(Locale.ROOT)),
        members.text("value"),
        Instant.parse(members.text("requested")),
        members.text("receipt"));
  }
}
