package dev.historics.archive.intake;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * Rows of a CSV file (RFC 4180, UTF-8, with a header) as JSON objects of strings, named by the
 * header.
 */
final class CsvRows {
  private static final JsonFactory JSON = new JsonFactory();

  private final List<String> header;

  private CsvRows(List<String> header) {
    this.header = header;
  }

  /**
   * Takes the first row for the names.
   *
   * @throws IOException if it cannot be that
   */
  static CsvRows named(InputRecord first) throws IOException {
    if (!first.isWhole()) {
      throw new IOException("the header is " + first.refusal());
    }
    List<String> names;
    try {
      names = fields(withoutMark(decode(first.bytes())));
    } catch (MalformedRowException e) {
      throw new IOException("the header is no CSV: " + e.getMessage(), e);
    }
    if (names.contains("") || new HashSet<>(names).size() != names.size()) {
      throw new IOException(
          "expected a header with a different name for each column, found %s".formatted(names));
    }
    return new CsvRows(List.copyOf(names));
  }

  /** Without the byte order mark, which is no part of the first name and may precede its quote. */
  private static String withoutMark(String row) {
    return row.startsWith("\uFEFF") ? row.substring(1) : row;
  }

  /** The columns' names, each another one. */
  List<String> header() {
    return header;
  }

  /** The row as JSON, or refused. */
  InputRecord row(InputRecord record) {
    if (!record.isWhole()) {
      return record;
    }
    try {
      return new InputRecord(record.line(), record.offset(), json(values(record)), "");
    } catch (MalformedRowException e) {
      return record.refused("not CSV: " + e.getMessage());
    }
  }

  /** What a whole row has in each column. */
  List<String> values(InputRecord record) throws MalformedRowException {
    List<String> fields = fields(decode(record.bytes()));
    if (fields.size() != header.size()) {
      throw new MalformedRowException(
          "expected %d fields as in the header, found %d".formatted(header.size(), fields.size()));
    }
    return fields;
  }

  private byte[] json(List<String> fields) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      for (int i = 0; i < fields.size(); i++) {
        json.writeStringField(header.get(i), fields.get(i));
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory failed", e);
    }
    return out.toByteArray();
  }

  private static String decode(byte[] bytes) throws MalformedRowException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new MalformedRowException("expected UTF-8");
    }
  }

  /**
   * The fields of one row:
   *
   * <pre>
   * row    ::= field ("," field)*
   * field  ::= '"' (any | '""')* '"' | (any but '"' and ',')*
   * </pre>
   */
  private static List<String> fields(String row) throws MalformedRowException {
    List<String> fields = new ArrayList<>();
    int at = 0;
    while (true) {
      StringBuilder field = new StringBuilder();
      at =
          at < row.length() && row.charAt(at) == '"'
              ? quoted(row, at, field)
              : plain(row, at, field);
      fields.add(field.toString());
      if (at == row.length()) {
        return fields;
      }
      at++;
    }
  }

  private static int plain(String row, int from, StringBuilder field) throws MalformedRowException {
    int at = from;
    while (at < row.length() && row.charAt(at) != ',') {
      if (row.charAt(at) == '"') {
        throw new MalformedRowException(
            "a quote at character %d, in a field that does not start with one".formatted(at + 1));
      }
      field.append(row.charAt(at++));
    }
    return at;
  }

  private static int quoted(String row, int from, StringBuilder field)
      throws MalformedRowException {
    int at = from + 1;
    while (at < row.length()) {
      char next = row.charAt(at++);
      if (next != '"') {
        field.append(next);
      } else if (at < row.length() && row.charAt(at) == '"') {
        field.append(row.charAt(at++));
      } else if (at == row.length() || row.charAt(at) == ',') {
        return at;
      } else {
        throw new MalformedRowException(
            "expected ',' after the quote at character %d".formatted(at));
      }
    }
    throw new MalformedRowException(
        "the quote at character %d is never closed".formatted(from + 1));
  }

  /** A row that is no CSV. */
  static final class MalformedRowException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedRowException(String problem) {
      super(problem);
    }
  }
}
