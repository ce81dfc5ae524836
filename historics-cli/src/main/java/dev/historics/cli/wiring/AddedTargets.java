package dev.historics.cli.wiring;

import dev.historics.archive.Archive;
import dev.historics.archive.TargetColumn;
import dev.historics.archive.augment.Augmentations;
import dev.historics.cli.session.CliException;
import dev.historics.cli.session.ExitCode;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The targets that the archive's sources were augmented with, read when they are asked for. */
final class AddedTargets {
  private final Opening opening;
  private final Map<String, List<TargetColumn>> read = new HashMap<>();

  AddedTargets(Opening opening) {
    this.opening = opening;
  }

  /** Opens the archive. */
  @FunctionalInterface
  interface Opening {
    Archive archive() throws CliException, IOException;
  }

  /** The sources that the archive has. */
  List<String> sources() throws CliException {
    try {
      return opening.archive().sources();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** Those of one source; none if it is not in the archive. */
  List<TargetColumn> of(String source) throws CliException {
    List<TargetColumn> known = read.get(source);
    if (known == null) {
      known = source.matches("[a-z0-9_]+") ? load(source) : List.of();
      read.put(source, known);
    }
    return known;
  }

  private List<TargetColumn> load(String source) throws CliException {
    try {
      return new Augmentations(opening.archive()).newest(source).columns();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private static CliException unreadable(IOException e) {
    return new CliException(
        ExitCode.FAILED,
        "what sources are augmented with cannot be read: " + e.getMessage(),
        "rules do not know all targets without it; check archive.root and the rights on it",
        e);
  }
}
