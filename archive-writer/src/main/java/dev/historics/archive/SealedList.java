package dev.historics.archive;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.DateTimeException;
import java.util.List;
import java.util.function.Function;

/**
 * A version of a list that a source has, such as its tombstones, as it lies in a file that is
 * sealed with its checksum.
 *
 * @param <E> an entry
 * @param version counted from 1
 */
public record SealedList<E>(String source, long version, List<E> entries) {
  private static final JsonFactory JSON = new JsonFactory();

  public SealedList {
    entries = List.copyOf(entries);
  }

  /** Writes the members of an entry into its object, which is begun. */
  @FunctionalInterface
  public interface EntryWriter<E> {
    void write(JsonGenerator json, E entry) throws IOException;
  }

  /**
   * How a list is told of in messages.
   *
   * @param entries such as {@code tombstones}
   * @param loss what it means to go on without the list
   * @param format the newest that this program reads, and the one it writes
   */
  public record Wording(String entries, String loss, int format) {}

  /** The text of the list. */
  public byte[] text(Wording wording, EntryWriter<E> writer) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeNumberField("format", wording.format());
      json.writeStringField("source", source);
      json.writeNumberField("version", version);
      json.writeArrayFieldStart("entries");
      for (E entry : entries) {
        json.writeStartObject();
        writer.write(json, entry);
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
   * The list of a text.
   *
   * @param path of its file, for messages
   * @param reader makes an entry of its object
   * @param whole makes of the list what the caller has of it
   * @throws IOException if it is damaged, of a newer format, or not such a list
   */
  public static <E, L> L read(
      String path,
      byte[] text,
      Wording wording,
      Function<JsonMembers, E> reader,
      Function<SealedList<E>, L> whole)
      throws IOException {
    if (!SealedText.isWhole(text)) {
      throw new IOException(
          "%s: the list of %s is torn or damaged: its checksum does not match; restore it from a copy of the archive, since without it %s"
              .formatted(path, wording.entries(), wording.loss()));
    }
    try {
      JsonMembers members = JsonMembers.read(text);
      long format = members.number("format");
      if (format > wording.format()) {
        throw new IOException(
            "%s: format %d of %s, but this program reads up to %d; use a newer program"
                .formatted(path, format, wording.entries(), wording.format()));
      }
      return whole.apply(
          new SealedList<>(
              members.text("source"),
              members.number("version"),
              members.objects("entries").stream().map(reader).toList()));
    } catch (IllegalArgumentException | DateTimeException | ClassCastException e) {
      throw new IOException(
          "%s: not a list of %s: %s".formatted(path, wording.entries(), e.getMessage()), e);
    }
  }
}
