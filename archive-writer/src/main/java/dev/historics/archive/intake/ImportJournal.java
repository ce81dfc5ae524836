package dev.historics.archive.intake;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.historics.archive.Archive;
import dev.historics.archive.BatchId;
import dev.historics.archive.JsonMembers;
import dev.historics.archive.SealedText;
import dev.historics.archive.files.ArchiveFiles;
import dev.historics.archive.files.ArchiveInput;
import dev.historics.archive.files.ArchivePaths;
import dev.historics.archive.format.NewFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Up to where files are in the archive: after each commit of an import a file in {@code
 * source=S/_imports}, in which the marks stand of the files that it read. It only ever says less
 * than is true, for it is written when all is visible; whatever of it is missing or damaged is as
 * if nothing was committed, and costs time alone. Safe for use by the threads of one import.
 */
final class ImportJournal {
  private static final JsonFactory JSON = new JsonFactory();

  /** The newest format this program reads, and the one it writes. */
  private static final int FORMAT = 1;

  private final ArchiveFiles files;
  private final String directory;
  private final String mapping;

  /** What earlier commits say, by the path of the journal's file. */
  private final Map<String, Map<String, InputMark>> known = new LinkedHashMap<>();

  /**
   * @param mapping what records became interactions by; marks of another one do not count
   */
  ImportJournal(ArchiveFiles files, String source, String mapping) {
    this.files = files;
    this.directory = "source=%s/%s".formatted(source, Archive.IMPORTS);
    this.mapping = mapping;
  }

  /** Reads what there is. */
  synchronized void open() throws IOException {
    for (String name : files.list(directory)) {
      String path = ArchivePaths.in(directory, name);
      known.put(path, read(path));
    }
  }

  /**
   * Up to where a file may be in the archive, the furthest first.
   *
   * @param place the file's absolute path
   */
  synchronized List<InputMark> marks(String place) {
    return known.values().stream()
        .filter(marks -> marks.containsKey(place))
        .map(marks -> marks.get(place))
        .distinct()
        .sorted(Comparator.comparingLong(InputMark::offset).reversed())
        .toList();
  }

  /** Writes marks down, and removes those of earlier commits that they take the place of. */
  synchronized void save(BatchId batch, Map<String, InputMark> marks) throws IOException {
    if (marks.isEmpty()) {
      return;
    }
    NewFile file = NewFile.create(files, ArchivePaths.in(directory, batch.value()), "json");
    try (file) {
      file.write(write(marks));
    } catch (IOException e) {
      file.discard();
      throw e;
    }
    List<String> superseded = new ArrayList<>();
    for (Map.Entry<String, Map<String, InputMark>> each : known.entrySet()) {
      Set<String> places = each.getValue().keySet();
      if (!places.isEmpty() && marks.keySet().containsAll(places)) {
        superseded.add(each.getKey());
      }
    }
    for (String path : superseded) {
      files.delete(path);
      known.remove(path);
    }
    known.put(file.path(), Map.copyOf(marks));
  }

  private byte[] write(Map<String, InputMark> marks) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeNumberField("format", FORMAT);
      json.writeStringField("mapping", mapping);
      json.writeArrayFieldStart("inputs");
      for (Map.Entry<String, InputMark> each : marks.entrySet()) {
        InputMark mark = each.getValue();
        json.writeStartObject();
        json.writeStringField("path", each.getKey());
        json.writeNumberField("bytes", mark.offset());
        json.writeNumberField("line", mark.line());
        json.writeNumberField("records", mark.records());
        json.writeNumberField("sum", mark.sum());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    return SealedText.seal(out.toByteArray());
  }

  /** The marks in a file; none if they are of another mapping, or nobody can tell. */
  private Map<String, InputMark> read(String path) throws IOException {
    byte[] text;
    try (ArchiveInput in = files.open(path)) {
      text = in.stream().readAllBytes();
    } catch (NoSuchFileException e) {
      // Another import went on with it.
      return Map.of();
    }
    if (!SealedText.isWhole(text)) {
      return Map.of();
    }
    JsonMembers members = JsonMembers.read(text);
    if (members.number("format") > FORMAT || !members.text("mapping").equals(mapping)) {
      return Map.of();
    }
    Map<String, InputMark> marks = new LinkedHashMap<>();
    for (JsonMembers input : members.objects("inputs")) {
      marks.put(
          input.text("path"),
          new InputMark(
              input.number("bytes"),
              input.number("line"),
              input.number("records"),
              input.number("sum")));
    }
    return marks;
  }
}
