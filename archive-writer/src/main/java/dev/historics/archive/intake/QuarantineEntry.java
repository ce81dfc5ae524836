package dev.historics.archive.intake;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.CRC32C;

/**
 * A record in the quarantine, and the one JSON object on a line that it is kept as.
 *
 * @param input where it came from
 */
record QuarantineEntry(String input, InputRecord record) {
  private static final JsonFactory JSON = new JsonFactory();
  private static final String SEAL = ",\"line_crc32c\":\"";
  private static final int SEAL_LENGTH = SEAL.length() + 8 + "\"}".length();

  /** The line with its end; its last member is a checksum of all before that member. */
  byte[] line() throws IOException {
    byte[] open = object();
    byte[] unsealed = Arrays.copyOf(open, open.length - 1);
    String seal = SEAL + crc(unsealed) + "\"}\n";
    byte[] line = Arrays.copyOf(unsealed, unsealed.length + seal.length());
    System.arraycopy(
        seal.getBytes(StandardCharsets.US_ASCII), 0, line, unsealed.length, seal.length());
    return line;
  }

  private byte[] object() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(line)) {
      json.writeStartObject();
      json.writeStringField("reason", record.refusal());
      json.writeStringField("input", input);
      json.writeNumberField("line", record.line());
      json.writeNumberField("offset", record.offset());
      if (!record.canBeRetried()) {
        json.writeBooleanField("retry", false);
      }
      writeRecord(json, record.bytes());
      json.writeStringField("crc32c", crc(record.bytes()));
      json.writeEndObject();
    }
    return line.toByteArray();
  }

  private static void requireSeal(String line) throws IOException {
    int end = line.length() - SEAL_LENGTH;
    boolean isSealed = end > 0 && line.startsWith(SEAL, end);
    if (isSealed
        && !line.substring(end)
            .equals(SEAL + crc(line.substring(0, end).getBytes(StandardCharsets.UTF_8)) + "\"}")) {
      throw new IOException("the line is not what its checksum says");
    }
  }

  private static String crc(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, bytes.length);
    return "%08x".formatted(crc.getValue());
  }

  /** As text if it is UTF-8, else in Base64: what lies here can be tried again byte for byte. */
  private static void writeRecord(JsonGenerator json, byte[] bytes) throws IOException {
    try {
      json.writeStringField(
          "record", StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      json.writeStringField("record_base64", Base64.getEncoder().encodeToString(bytes));
    }
  }

  /**
   * What {@link #line} made, or what it made when lines had a checksum of the record alone.
   *
   * @throws IOException if it is no such line; says what it is
   */
  static QuarantineEntry parse(String line) throws IOException {
    requireSeal(line);
    String reason = "";
    String input = "";
    long number = 0;
    long offset = 0;
    boolean canBeRetried = true;
    String crc = "";
    byte[] bytes = new byte[0];
    try (JsonParser json = JSON.createParser(line)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("expected a JSON object, found " + json.currentToken());
      }
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String name = json.currentName();
        json.nextToken();
        switch (name) {
          case "reason" -> reason = json.getText();
          case "input" -> input = json.getText();
          case "line" -> number = json.getLongValue();
          case "offset" -> offset = json.getLongValue();
          case "retry" -> canBeRetried = json.getBooleanValue();
          case "crc32c" -> crc = json.getText();
          case "record" -> bytes = json.getText().getBytes(StandardCharsets.UTF_8);
          case "record_base64" -> bytes = json.getBinaryValue();
          default -> json.skipChildren();
        }
      }
    }
    if (!crc.equals(crc(bytes))) {
      throw new IOException("the record is not what its checksum says");
    }
    InputRecord record = new InputRecord(number, offset, bytes, "");
    return new QuarantineEntry(
        input, canBeRetried ? record.rejected(reason) : record.refused(reason));
  }
}
