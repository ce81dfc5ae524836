package dev.historics.archive.takedown;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.historics.archive.JsonMembers;
import dev.historics.archive.SealedText;
import dev.historics.archive.removal.Tombstone;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;

/** The text of a receipt, sealed with its checksum. */
final class ReceiptJson {
  private static final JsonFactory JSON = new JsonFactory();

  /** The newest format this program reads, and the one it writes. */
  private static final int FORMAT = 1;

  private ReceiptJson() {}

  static byte[] write(Receipt receipt) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeNumberField("format", FORMAT);
      json.writeStringField("id", receipt.id());
      json.writeStringField("state", lower(receipt.state()));
      json.writeStringField("requested", receipt.requested().toString());
      json.writeStringField("updated", receipt.updated().toString());
      json.writeStringField("reason", receipt.reason());
      wishes(json, receipt.wishes());
      texts(json, "sources", receipt.sources());
      json.writeArrayFieldStart("days");
      for (Receipt.Day day : receipt.days()) {
        day(json, day);
      }
      json.writeEndArray();
      checked(json, receipt.checked());
      lots(json, receipt.lots());
      texts(json, "mentioned_in", receipt.mentionedIn());
      texts(json, "out_of_reach", Receipt.outOfReach());
      json.writeEndObject();
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory failed", e);
    }
    return SealedText.seal(out.toByteArray());
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static void wishes(JsonGenerator json, List<Tombstone> wishes) throws IOException {
    json.writeArrayFieldStart("wishes");
    for (Tombstone wish : wishes) {
      json.writeStartObject();
      json.writeStringField("kind", lower(wish.kind()));
      json.writeStringField("value", wish.value());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void day(JsonGenerator json, Receipt.Day day) throws IOException {
    json.writeStartObject();
    json.writeStringField("source", day.source());
    json.writeStringField("day", day.day().toString());
    json.writeNumberField("removed", day.removed());
    files(json, "before", day.before());
    files(json, "after", day.after());
    json.writeNumberField("version", day.version());
    json.writeEndObject();
  }

  private static void files(JsonGenerator json, String name, List<Receipt.File> files)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (Receipt.File file : files) {
      json.writeStartObject();
      json.writeStringField("path", file.path());
      json.writeNumberField("bytes", file.bytes());
      json.writeStringField("sha256", file.sha256());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void checked(JsonGenerator json, List<Receipt.Checked> checked)
      throws IOException {
    json.writeArrayFieldStart("checked");
    for (Receipt.Checked each : checked) {
      json.writeStartObject();
      json.writeStringField("source", each.source());
      json.writeStringField("day", each.day().toString());
      json.writeNumberField("version", each.version());
      json.writeNumberField("mentions", each.mentions());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void lots(JsonGenerator json, List<Receipt.Lot> lots) throws IOException {
    json.writeArrayFieldStart("quarantine");
    for (Receipt.Lot lot : lots) {
      json.writeStartObject();
      json.writeStringField("path", lot.path());
      json.writeStringField("sha256", lot.sha256());
      json.writeNumberField("removed", lot.removed());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void texts(JsonGenerator json, String name, List<String> texts)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (String text : texts) {
      json.writeString(text);
    }
    json.writeEndArray();
  }

  /**
   * @param path of the receipt, for messages
   */
  static Receipt read(String path, byte[] text) throws IOException {
    if (!SealedText.isWhole(text)) {
      throw new IOException(
          path
              + ": the receipt is torn or damaged: its checksum does not match; restore it from a"
              + " copy of the archive, or take down again");
    }
    try {
      return receipt(path, JsonMembers.read(text));
    } catch (IllegalArgumentException | DateTimeException | ClassCastException e) {
      throw new IOException(path + ": not a receipt: " + e.getMessage(), e);
    }
  }

  private static Receipt receipt(String path, JsonMembers members) throws IOException {
    long format = members.number("format");
    if (format > FORMAT) {
      throw new IOException(
          "%s: format %d of receipts, but this program reads up to %d; use a newer program"
              .formatted(path, format, FORMAT));
    }
    String id = members.text("id");
    Instant requested = Instant.parse(members.text("requested"));
    return new Receipt(
        id,
        Receipt.State.valueOf(members.text("state").toUpperCase(Locale.ROOT)),
        requested,
        Instant.parse(members.text("updated")),
        members.text("reason"),
        members.objects("wishes").stream().map(wish -> wish(wish, requested, id)).toList(),
        members.texts("sources"),
        members.objects("days").stream().map(ReceiptJson::day).toList(),
        members.objects("checked").stream().map(ReceiptJson::checked).toList(),
        members.objects("quarantine").stream().map(ReceiptJson::lot).toList(),
        members.texts("mentioned_in"));
  }

  private static Tombstone wish(JsonMembers members, Instant requested, String id) {
    return new Tombstone(
        Tombstone.Kind.valueOf(members.text("kind").toUpperCase(Locale.ROOT)),
        members.text("value"),
        requested,
        id);
  }

  private static Receipt.Day day(JsonMembers members) {
    return new Receipt.Day(
        members.text("source"),
        LocalDate.parse(members.text("day")),
        members.number("removed"),
        members.objects("before").stream().map(ReceiptJson::file).toList(),
        members.objects("after").stream().map(ReceiptJson::file).toList(),
        members.number("version"));
  }

  private static Receipt.File file(JsonMembers members) {
    return new Receipt.File(members.text("path"), members.number("bytes"), members.text("sha256"));
  }

  private static Receipt.Checked checked(JsonMembers members) {
    return new Receipt.Checked(
        members.text("source"),
        LocalDate.parse(members.text("day")),
        members.number("version"),
        members.number("mentions"));
  }

  private static Receipt.Lot lot(JsonMembers members) {
    return new Receipt.Lot(members.text("path"), members.text("sha256"), members.number("removed"));
  }
}
