package dev.historics.archive;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;

/** The text of a manifest, sealed so that a damaged one is never taken for a whole one. */
final class ManifestJson {
  /** The newest format this program reads, and the one it writes. */
  static final int FORMAT = 1;

  private static final JsonFactory JSON = new JsonFactory();

  private ManifestJson() {}

  static byte[] write(Manifest manifest) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      writeMembers(json, manifest);
      json.writeEndObject();
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory failed", e);
    }
    return SealedText.seal(out.toByteArray());
  }

  /**
   * @param path of the manifest, for messages
   */
  static Manifest read(String path, byte[] text) throws ManifestFormatException {
    if (!SealedText.isWhole(text)) {
      throw torn(path);
    }
    return new ManifestReader(path).read(text);
  }

  private static ManifestFormatException torn(String path) {
    return new ManifestFormatException(
        path,
        "the manifest is torn, damaged, or not one of ours: its checksum does not match; restore it"
            + " from a copy of the archive");
  }

  private static void writeMembers(JsonGenerator json, Manifest manifest) throws IOException {
    json.writeNumberField("format", FORMAT);
    json.writeStringField("source", manifest.day().source());
    json.writeStringField("day", manifest.day().day().toString());
    json.writeNumberField("version", manifest.version());
    json.writeNumberField("parent", manifest.parent());
    json.writeStringField("engine", manifest.engine());
    json.writeStringField("published", manifest.published().toString());
    json.writeArrayFieldStart("considered");
    for (TargetColumn column : manifest.considered()) {
      json.writeStartObject();
      writeTarget(json, column);
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeStringField("stripping", manifest.stripping());
    json.writeArrayFieldStart("files");
    for (DataFile file : manifest.files()) {
      writeFile(json, file);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("batches");
    for (LedgerEntry entry : manifest.ledger()) {
      writeEntry(json, entry);
    }
    json.writeEndArray();
    json.writeNumberField("dropped", manifest.dropped());
    json.writeNumberField("taken_down", manifest.takenDown());
    json.writeNumberField("expired", manifest.expired());
  }

  private static void writeTarget(JsonGenerator json, TargetColumn column) throws IOException {
    json.writeStringField("target", column.target());
    json.writeStringField("kind", column.kind().name());
  }

  private static void writeFile(JsonGenerator json, DataFile file) throws IOException {
    json.writeStartObject();
    json.writeStringField("path", file.path());
    json.writeStringField("kind", file.kind().name());
    json.writeNumberField("rows", file.rows());
    json.writeNumberField("bytes", file.bytes());
    json.writeNumberField("raw_bytes", file.rawBytes());
    json.writeStringField("sha256", file.sha256());
    json.writeNumberField("tail_bytes", file.tail().bytes());
    json.writeStringField("tail_sha256", file.tail().sha256());
    json.writeStringField("first", file.first().toString());
    json.writeStringField("last", file.last().toString());
    writeNumbers(json, "hours", file.hours());
    writeNumbers(json, "row_groups", file.rowGroupOffsets());
    json.writeArrayFieldStart("columns");
    for (StoredColumn stored : file.columns()) {
      json.writeStartObject();
      writeTarget(json, stored.column());
      json.writeStringField("shape", stored.shape().name());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("sidecars");
    for (Sidecar sidecar : file.sidecars()) {
      json.writeStartObject();
      json.writeStringField("kind", sidecar.kind());
      json.writeStringField("path", sidecar.path());
      json.writeNumberField("bytes", sidecar.bytes());
      json.writeStringField("sha256", sidecar.sha256());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeNumberField("gone", file.gone());
    if (!file.augmented().isEmpty()) {
      json.writeArrayFieldStart("augmented");
      for (String mark : file.augmented()) {
        json.writeString(mark);
      }
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  private static void writeNumbers(JsonGenerator json, String name, List<Long> numbers)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (long number : numbers) {
      json.writeNumber(number);
    }
    json.writeEndArray();
  }

  private static void writeEntry(JsonGenerator json, LedgerEntry entry) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", entry.batch().value());
    json.writeNumberField("read", entry.read());
    json.writeNumberField("stored", entry.stored());
    json.writeNumberField("duplicates", entry.duplicates());
    json.writeNumberField("replaced", entry.replaced());
    json.writeArrayFieldStart("inputs");
    for (LedgerEntry.Input input : entry.inputs()) {
      json.writeStartObject();
      json.writeStringField("name", input.name());
      json.writeNumberField("records", input.records());
      json.writeNumberField("bytes", input.bytes());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
