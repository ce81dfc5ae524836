package dev.historics.archive.intake;

import dev.historics.archive.Archive;
import dev.historics.archive.files.ArchiveFiles;
import dev.historics.archive.files.ArchiveInput;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/** What imports put aside, to look at. */
public final class QuarantineShelf {
  private static final String SOURCE = "source=";
  private static final String SUFFIX = ".ndjson";

  private final ArchiveFiles files;

  public QuarantineShelf(Archive archive) {
    this.files = archive.files();
  }

  /** The records of one source that one import put aside. */
  public record Lot(String source, String batch, long bytes) {
    private String path() {
      return Quarantine.DIRECTORY + "/" + SOURCE + source + "/" + batch + SUFFIX;
    }
  }

  /** Everything that was put aside, by source and batch. */
  public List<Lot> lots() throws IOException {
    List<Lot> lots = new ArrayList<>();
    for (String directory : files.list(Quarantine.DIRECTORY)) {
      if (directory.startsWith(SOURCE)) {
        String source = directory.substring(SOURCE.length());
        for (String name : files.list(Quarantine.DIRECTORY + "/" + directory)) {
          if (name.endsWith(SUFFIX)) {
            String batch = name.substring(0, name.length() - SUFFIX.length());
            String path = Quarantine.DIRECTORY + "/" + directory + "/" + name;
            lots.add(new Lot(source, batch, files.length(path)));
          }
        }
      }
    }
    return lots;
  }

  /**
   * Writes a lot as it is kept: one JSON object a line, with reason, input, line, offset, record.
   */
  public void copy(Lot lot, OutputStream target) throws IOException {
    try (ArchiveInput input = files.open(lot.path())) {
      input.stream().transferTo(target);
    }
  }
}
