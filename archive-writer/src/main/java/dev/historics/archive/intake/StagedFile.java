package dev.historics.archive.intake;

import dev.historics.archive.DataFile;
import dev.historics.archive.IdHash;
import dev.historics.archive.Interaction;
import dev.historics.archive.Sidecar;
import dev.historics.archive.SourceDay;
import dev.historics.archive.files.ArchiveFiles;
import dev.historics.archive.format.IdIndex;
import dev.historics.archive.format.IdSet;
import dev.historics.archive.format.InteractionReader;
import dev.historics.archive.format.LandingWriter;
import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * A landing file that no manifest names yet. It can lose interactions, and be without any in the
 * end. Owned by one thread.
 */
final class StagedFile {
  private final ArchiveFiles files;
  private final SourceDay day;
  private final String stem;
  private final Form form;
  private final Set<String> seen = new HashSet<>();
  private DataFile file;

  /**
   * What is known of it.
   *
   * @param isApart whether it shares no id with those of the same day that were staged before it
   * @param hasEdits whether some interaction has an edit time
   */
  record Form(boolean isApart, boolean hasEdits) {}

  /**
   * @param stem the start of the paths of the files that replace it
   */
  StagedFile(ArchiveFiles files, SourceDay day, String stem, Form form, DataFile file) {
    this.files = files;
    this.day = day;
    this.stem = stem;
    this.form = form;
    this.file = file;
  }

  boolean isApart() {
    return form.isApart();
  }

  boolean hasEdits() {
    return form.hasEdits();
  }

  /** Whether it may share ids with a file of the day. */
  boolean isUnseen(DataFile other) {
    return !seen.contains(other.path());
  }

  /** From now on it is known to share no id that counts with a file of the day. */
  void seen(DataFile other) {
    seen.add(other.path());
  }

  /** Empty if all that was in it was left out. */
  Optional<DataFile> file() {
    return Optional.ofNullable(file);
  }

  long rows() {
    return file == null ? 0 : file.rows();
  }

  /** Its ids, in memory. */
  IdIndex ids() throws IOException {
    return IdIndex.read(files, pathOf(file.ids().path()), file.ids());
  }

  /** Goes on without the interactions with these ids, all of which it has. */
  void leaveOut(IdSet left) throws IOException {
    Optional<DataFile> rest = left.size() == file.rows() ? Optional.empty() : without(left);
    DataFile whole = file;
    file = rest.orElse(null);
    delete(whole);
  }

  private Optional<DataFile> without(IdSet left) throws IOException {
    LandingWriter rest = LandingWriter.create(files, day, stem);
    try (InteractionReader rows = InteractionReader.open(files, day, file)) {
      while (rows.hasNext()) {
        Interaction interaction = rows.next();
        IdHash hash = IdHash.of(interaction.id());
        if (!left.contains(hash)) {
          rest.append(interaction, hash);
        }
      }
    } catch (IOException | RuntimeException e) {
      rest.discard();
      throw e;
    }
    return Optional.of(rest.finish());
  }

  void discard() throws IOException {
    if (file != null) {
      delete(file);
      file = null;
    }
  }

  private void delete(DataFile gone) throws IOException {
    for (Sidecar sidecar : gone.sidecars()) {
      files.delete(pathOf(sidecar.path()));
    }
    files.delete(pathOf(gone.path()));
  }

  private String pathOf(String relative) {
    return day.directory() + "/" + relative;
  }
}
