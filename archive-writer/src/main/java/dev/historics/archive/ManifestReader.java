package dev.historics.archive;

import dev.historics.archive.files.ArchivePaths;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/** Turns the text of one manifest into its value. Members it does not know are passed over. */
final class ManifestReader {
  private final String path;

  ManifestReader(String path) {
    this.path = path;
  }

  Manifest read(byte[] text) throws ManifestFormatException {
    try {
      return manifest(JsonMembers.read(text));
    } catch (ManifestFormatException e) {
      throw e;
    } catch (IOException | IllegalArgumentException | DateTimeException | ClassCastException e) {
      throw new ManifestFormatException(path, "not a manifest: " + e.getMessage(), e);
    }
  }

  private Manifest manifest(JsonMembers members) throws ManifestFormatException {
    long format = members.number("format");
    if (format > ManifestJson.FORMAT) {
      throw new ManifestFormatException(
          path,
          "manifest format %d, but this program reads up to %d; use a newer program"
              .formatted(format, ManifestJson.FORMAT));
    }
    Manifest manifest = known(members);
    for (DataFile file : manifest.files()) {
      for (Sidecar sidecar : file.sidecars()) {
        if (!sidecar.isKnown()) {
          throw new ManifestFormatException(
              path,
              "version %s wrote a sidecar '%s', which this program does not know with its manifest format %d; use a newer program"
                  .formatted(manifest.engine(), sidecar.kind(), ManifestJson.FORMAT));
        }
      }
    }
    return manifest;
  }

  private static Manifest known(JsonMembers members) {
    return new Manifest(
        new SourceDay(members.text("source"), LocalDate.parse(members.text("day"))),
        members.number("version"),
        members.text("engine"),
        Instant.parse(members.text("published")),
        members.objects("considered").stream().map(ManifestReader::target).toList(),
        members.has("stripping") ? members.text("stripping") : "",
        members.objects("files").stream().map(ManifestReader::file).toList(),
        members.objects("batches").stream().map(ManifestReader::entry).toList(),
        members.number("dropped"),
        members.number("taken_down"),
        members.number("expired"));
  }

  private static TargetColumn target(JsonMembers members) {
    return new TargetColumn(
        members.text("target"), TargetColumn.Kind.valueOf(members.text("kind")));
  }

  private static DataFile file(JsonMembers members) {
    return new DataFile(
        ArchivePaths.checked(members.text("path")),
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
        members.objects("sidecars").stream().map(ManifestReader::sidecar).toList(),
        members.number("gone"),
        members.has("augmented") ? members.texts("augmented") : List.of());
  }

  private static StoredColumn column(JsonMembers members) {
    return new StoredColumn(target(members), StoredColumn.Shape.valueOf(members.text("shape")));
  }

  private static Sidecar sidecar(JsonMembers members) {
    return new Sidecar(
        members.text("kind"),
        ArchivePaths.checked(members.text("path")),
        members.number("bytes"),
        members.text("sha256"));
  }

  private static LedgerEntry entry(JsonMembers members) {
    return new LedgerEntry(
        new BatchId(members.text("id")),
        members.number("read"),
        members.number("stored"),
        members.number("duplicates"),
        members.number("replaced"),
        members.objects("inputs").stream().map(ManifestReader::input).toList());
  }

  private static LedgerEntry.Input input(JsonMembers members) {
    return new LedgerEntry.Input(
        members.text("name"), members.number("records"), members.number("bytes"));
  }
}
