package dev.historics.cli.simulation;

import dev.historics.cli.session.CliException;
import dev.historics.cli.session.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Where a page is written: it is there as a whole, or the file is as it was before. */
final class ReportFile {
  private ReportFile() {}

  /** Finds out before a long run that the page cannot be written after it. */
  static void check(Path file) throws CliException {
    Path folder = file.toAbsolutePath().getParent();
    if (Files.isDirectory(file) || folder == null) {
      throw refused(file, "it is a folder", null);
    }
    if (!Files.isDirectory(folder)) {
      throw refused(file, "there is no folder %s".formatted(folder), null);
    }
    if (!Files.isWritable(folder)) {
      throw refused(file, "the folder %s cannot be written".formatted(folder), null);
    }
  }

  static void save(Report report, Path file) throws CliException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      Files.writeString(part, report.html());
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw refused(file, e.toString(), e);
    }
  }

  private static CliException refused(Path file, String reason, IOException cause) {
    return new CliException(
        ExitCode.FAILED,
        "%s cannot be written: %s".formatted(file, reason),
        "give another file with --html FILE",
        cause);
  }
}
