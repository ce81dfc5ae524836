package dev.historics.filter;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The folder of material that stands beside the project on some machines. */
final class SharedData {
  private SharedData() {}

  /** A file of it, if it is there. */
  static Optional<Path> file(String name) {
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      Path file = folder.resolve("shared").resolve(name);
      if (Files.exists(file)) {
        return Optional.of(file);
      }
    }
    return Optional.empty();
  }
}
