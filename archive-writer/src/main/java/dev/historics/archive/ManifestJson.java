package dev.historics.archive;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * The text of a manifest: one JSON object on one line, whose last member is the SHA-256 of all
 * bytes before that member, so that a damaged manifest is never taken for a whole one.
 */
final class ManifestJson {
  /** The newest format this program reads, and the one it writes. */
  static final int FORMAT = 1;

  static final JsonFactory JSON = new JsonFactory();

  private static final String SEAL = ",\"checksum\":\"";
  private static final int SEAL_BYTES = SEAL.length() + 64 + "\"}\n".length();

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
    byte[] open = Arrays.copyOf(out.toByteArray(), out.size() - 1);
    byte[] seal = (SEAL + sha256(open, open.length) + "\"}\n").getBytes(StandardCharsets.US_ASCII);
    byte[] sealed = Arrays.copyOf(open, open.length + seal.length);
    System.arraycopy(seal, 0, sealed, open.length, seal.length);
    return sealed;
  }

  /**
   * @param path of the manifest, for messages
   */
  static Manifest read(String path, byte[] text) throws ManifestFormatException {
    int end = text.length - SEAL_BYTES;
    if (end < 0) {
      throw torn(path);
    }
    String seal = new String(text, end, SEAL_BYTES, StandardCharsets.ISO_8859_1);
    if (!seal.equals(SEAL + sha256(text, end) + "\"}\n")) {
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
    json.writeArrayFieldStart("tombstones");
    json.writeEndArray();
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

  private static String sha256(byte[] bytes, int length) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(bytes, 0, length);
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
