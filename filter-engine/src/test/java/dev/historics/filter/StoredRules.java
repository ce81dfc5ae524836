package dev.historics.filter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The rules that rules in tests can name: a file for each, called after its hash. */
final class StoredRules implements Library {
  private static final Path FOLDER = Path.of("src/test/resources/golden/library");

  @Override
  public Optional<String> text(String hash) {
    Path file = FOLDER.resolve(hash + ".csdl");
    try {
      return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
