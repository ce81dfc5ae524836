package dev.historics.archive;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns the text of one manifest into its value. Members it does not know are passed over. */
final class ManifestReader {
  private final String path;

  ManifestReader(String path) {
    this.path = path;
  }

  Manifest read(byte[] text) throws ManifestFormatException {
    try (JsonParser json = ManifestJson.JSON.createParser(text)) {
      json.nextToken();
      return manifest(new Members(value(json)));
    } catch (ManifestFormatException e) {
      throw e;
    } catch (IOException | IllegalArgumentException | DateTimeException | ClassCastException e) {
      throw new ManifestFormatException(path, "not a manifest: " + e.getMessage(), e);
    }
  }

  private Manifest manifest(Members members) throws ManifestFormatException {
    long format = members.number("format");
    if (format > ManifestJson.FORMAT) {
      throw new ManifestFormatException(
          path,
          "manifest format %d, but this program reads up to %d; use a newer program"
              .formatted(format, ManifestJson.FORMAT));
    }
    if (!members.list("tombstones").isEmpty()) {
      throw new ManifestFormatException(
          path, "names tombstones, which this program does not know; use a newer program");
    }
    return new Manifest(
        new SourceDay(members.text("source"), LocalDate.parse(members.text("day"))),
        members.number("version"),
        members.text("engine"),
        Instant.parse(members.text("published")),
        members.objects("considered").stream().map(ManifestReader::target).toList(),
        members.has("stripping") ? members.text("stripping") : "",
        members.objects("files").stream().map(ManifestReader::file).toList(),
        members.objects("batches").stream().map(ManifestReader::entry).toList(),
        members.number("dropped"));
  }

  private static TargetColumn target(Members members) {
    return new TargetColumn(
        members.text("target"), TargetColumn.Kind.valueOf(members.text("kind")));
  }

  private static DataFile file(Members members) {
    return new DataFile(
        members.text("path"),
        DataFile.Kind.valueOf(members.text("kind")),
        members.number("rows"),
        members.number("bytes"),
        members.number("raw_bytes"),
        members.text("sha256"),
        new Tail(members.number("tail_bytes"), members.text("tail_sha256")),
        Instant.parse(members.text("first")),
        Instant.parse(members.text("last")),
        members.numbers("hours"),
        members.numbers("row_groups"),
        members.objects("columns").stream().map(ManifestReader::column).toList(),
        members.objects("sidecars").stream().map(ManifestReader::sidecar).toList());
  }

  private static StoredColumn column(Members members) {
    return new StoredColumn(target(members), StoredColumn.Shape.valueOf(members.text("shape")));
  }

  private static Sidecar sidecar(Members members) {
    return new Sidecar(
        members.text("kind"),
        members.text("path"),
        members.number("bytes"),
        members.text("sha256"));
  }

  private static LedgerEntry entry(Members members) {
    return new LedgerEntry(
        new BatchId(members.text("id")),
        members.number("read"),
        members.number("stored"),
        members.number("duplicates"),
        members.objects("inputs").stream().map(ManifestReader::input).toList());
  }

  private static LedgerEntry.Input input(Members members) {
    return new LedgerEntry.Input(
        members.text("name"), members.number("records"), members.number("bytes"));
  }

  /** The value at the parser's place: a map, a list, a string, a long, or a boolean as text. */
  private static Object value(JsonParser json) throws IOException {
    return switch (json.currentToken()) {
      case START_OBJECT -> {
        Map<String, Object> members = new LinkedHashMap<>();
        while (json.nextToken() != JsonToken.END_OBJECT) {
          String name = json.currentName();
          json.nextToken();
          members.put(name, value(json));
        }
        yield members;
      }
      case START_ARRAY -> {
        List<Object> items = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
          items.add(value(json));
        }
        yield items;
      }
      case VALUE_NUMBER_INT -> json.getLongValue();
      default -> json.getText();
    };
  }

  /** The members of one object, by name and type. */
  private static final class Members {
    private final Map<?, ?> values;

    Members(Object object) {
      values = (Map<?, ?>) object;
    }

    boolean has(String name) {
      return values.containsKey(name);
    }

    String text(String name) {
      return (String) present(name);
    }

    long number(String name) {
      return (Long) present(name);
    }

    List<?> list(String name) {
      return (List<?>) present(name);
    }

    List<Long> numbers(String name) {
      return list(name).stream().map(Long.class::cast).toList();
    }

    List<Members> objects(String name) {
      return list(name).stream().map(Members::new).toList();
    }

    private Object present(String name) {
      Object value = values.get(name);
      if (value == null) {
        throw new IllegalArgumentException("expected a member '%s', found none".formatted(name));
      }
      return value;
    }
  }
}
