package dev.historics.cli.wiring;

import dev.historics.filter.Library;
import dev.historics.schedule.store.DefinitionStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The rules that were stored in the state database. It is opened when a rule is asked for, and not
 * made for that: most rules name no others. Shared by threads.
 *
 * @param file the state database
 */
record StoredRules(Path file) implements Library {
  @Override
  public Optional<String> text(String hash) {
    if (!Files.isDirectory(file.getParent())) {
      return Optional.empty();
    }
    try (DefinitionStore store = DefinitionStore.open(file)) {
      return store.text(hash);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
