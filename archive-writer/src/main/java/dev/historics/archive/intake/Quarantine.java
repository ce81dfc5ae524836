package dev.historics.archive.intake;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.historics.archive.BatchId;
import dev.historics.archive.files.ArchiveFiles;
import dev.historics.archive.files.ArchiveInput;
import dev.historics.archive.format.NewFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * The records of one import that could not be archived, each with its reason and its place: one
 * JSON object a line in {@code _quarantine/source=S/BATCH.ndjson}. Owned by one thread.
 */
final class Quarantine {
  /** Where quarantined records lie, below the archive's root. */
  static final String DIRECTORY = "_quarantine";

  private static final JsonFactory JSON = new JsonFactory();

  private final ArchiveFiles files;
  private final String directory;
  private final BatchId batch;
  private NewFile file;
  private long count;

  Quarantine(ArchiveFiles files, String source, BatchId batch) {
    this.files = files;
    this.directory = DIRECTORY + "/source=" + source;
    this.batch = batch;
  }

  long count() {
    return count;
  }

  void add(String input, InputRecord record) throws IOException {
    if (file == null) {
      file = NewFile.create(files, directory + "/_staging/" + batch, "ndjson");
    }
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(line)) {
      json.writeStartObject();
      json.writeStringField("reason", record.refusal());
      json.writeStringField("input", input);
      json.writeNumberField("line", record.line());
      json.writeNumberField("offset", record.offset());
      writeRecord(json, record.bytes());
      json.writeEndObject();
    }
    line.write('\n');
    line.writeTo(file);
    count++;
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

  /** Makes the file visible, unless the same one is there from an earlier try. */
  void publish() throws IOException {
    if (file == null) {
      return;
    }
    file.close();
    String target = "%s/%s.ndjson".formatted(directory, batch);
    for (int next = 2; !publish(target); next++) {
      target = "%s/%s-%d.ndjson".formatted(directory, batch, next);
    }
  }

  /** Whether {@code target} is now what was written. */
  private boolean publish(String target) throws IOException {
    boolean published;
    try {
      published = files.publish(file.path(), target);
    } catch (IOException e) {
      // The answer was lost; the second one is true either way.
      published = files.publish(file.path(), target);
    }
    if (!published && isSame(target)) {
      files.delete(file.path());
      return true;
    }
    return published;
  }

  private boolean isSame(String target) throws IOException {
    if (!files.exists(file.path())) {
      return true;
    }
    try (ArchiveInput ours = files.open(file.path());
        ArchiveInput theirs = files.open(target)) {
      return ours.length() == theirs.length() && isSame(ours.stream(), theirs.stream());
    }
  }

  private static boolean isSame(InputStream ours, InputStream theirs) throws IOException {
    byte[] mine = ours.readNBytes(1 << 16);
    while (mine.length > 0) {
      if (!Arrays.equals(mine, theirs.readNBytes(mine.length))) {
        return false;
      }
      mine = ours.readNBytes(1 << 16);
    }
    return true;
  }

  /** Removes what is not visible yet. */
  void discard() throws IOException {
    if (file != null) {
      file.discard();
    }
  }
}
