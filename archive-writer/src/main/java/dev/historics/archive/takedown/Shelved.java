package dev.historics.archive.takedown;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.historics.archive.files.ArchiveFiles;
import dev.historics.archive.files.ArchiveInput;
import dev.historics.archive.files.ArchivePaths;
import dev.historics.archive.format.NewFile;
import dev.historics.archive.removal.Tombstone;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Removes records from the quarantine. Nobody could map such a record, so nobody knows where its id
 * and its author stand: it goes if any of its JSON values is one of those that are to go, or, if it
 * is no JSON, if it has one as a word.
 */
final class Shelved {
  private static final JsonFactory JSON = new JsonFactory();

  private final ArchiveFiles files;
  private final String receipt;
  private final Set<String> values;
  private final List<WishedRows.Needle> needles;

  Shelved(ArchiveFiles files, Receipt receipt) {
    this.files = files;
    this.receipt = receipt.id();
    this.values =
        receipt.wishes().stream().map(Tombstone::value).collect(Collectors.toUnmodifiableSet());
    this.needles = values.stream().map(WishedRows.Needle::new).toList();
  }

  /** The files with records of a source that were put aside. */
  List<String> lots(String source) throws IOException {
    String directory = "_quarantine/source=" + source;
    List<String> lots = new ArrayList<>();
    for (String name : files.list(directory)) {
      if (name.endsWith(".ndjson")) {
        lots.add(ArchivePaths.in(directory, name));
      }
    }
    return lots;
  }

  /** How many records of a file are to go. */
  long count(String path) throws IOException {
    long count = 0;
    try (BufferedReader lines = lines(path)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        count += isWished(line) ? 1 : 0;
      }
    }
    return count;
  }

  /**
   * Puts a file without those records in its place, under another name, and removes it.
   *
   * @return what was removed; empty if there is no such record
   */
  Optional<Receipt.Lot> purge(String path) throws IOException {
    long wished = count(path);
    if (wished == 0) {
      return Optional.empty();
    }
    Receipt.Lot lot = new Receipt.Lot(path, sha256(path), wished);
    rest(path);
    files.delete(path);
    return Optional.of(lot);
  }

  private void rest(String path) throws IOException {
    String name = path.substring(path.lastIndexOf('/') + 1);
    String stem = name.substring(0, name.length() - ".ndjson".length());
    String directory = path.substring(0, path.lastIndexOf('/'));
    NewFile file = NewFile.create(files, directory + "/_staging/" + stem, "ndjson");
    boolean isEmpty = true;
    try (file;
        BufferedReader lines = lines(path)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!isWished(line)) {
          file.write((line + "\n").getBytes(StandardCharsets.UTF_8));
          isEmpty = false;
        }
      }
    } catch (IOException e) {
      file.discard();
      throw e;
    }
    // An earlier try that was killed may have left the same file there.
    if (isEmpty
        || !files.publish(file.path(), "%s/%s-%s.ndjson".formatted(directory, stem, receipt))) {
      files.delete(file.path());
    }
  }

  private BufferedReader lines(String path) throws IOException {
    return new BufferedReader(
        new InputStreamReader(files.open(path).stream(), StandardCharsets.UTF_8), 1 << 16);
  }

  private String sha256(String path) throws IOException {
    MessageDigest digest = NewFile.sha256();
    try (ArchiveInput input = files.open(path)) {
      byte[] buffer = new byte[1 << 16];
      long at = 0;
      for (int read = input.read(at, buffer, 0, buffer.length);
          read > 0;
          read = input.read(at, buffer, 0, buffer.length)) {
        digest.update(buffer, 0, read);
        at += read;
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private boolean isWished(String line) throws IOException {
    byte[] record = record(line);
    return hasValue(record).orElseGet(() -> needles.stream().anyMatch(each -> each.isIn(record)));
  }

  /** The record in a line of the quarantine; empty if it has none. */
  private static byte[] record(String line) throws IOException {
    try (JsonParser json = JSON.createParser(line)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        if (name.equals("record")) {
          return json.getText().getBytes(StandardCharsets.UTF_8);
        }
        if (name.equals("record_base64")) {
          return Base64.getDecoder().decode(json.getText());
        }
        json.skipChildren();
      }
    }
    return new byte[0];
  }

  /** Whether some value in a record is to go; empty if it is not JSON. */
  private Optional<Boolean> hasValue(byte[] record) {
    try (JsonParser json = JSON.createParser(record)) {
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        if (token.isScalarValue() && values.contains(json.getText())) {
          return Optional.of(true);
        }
      }
      return Optional.of(false);
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
