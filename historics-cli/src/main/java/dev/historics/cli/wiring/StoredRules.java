package dev.historics.cli.wiring;

import dev.historics.filter.Library;
import dev.historics.schedule.store.DefinitionStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * The rules that were stored in the state database. It is opened when a rule is asked for: most
 * rules name no others. Shared by threads.
 */
record StoredRules(Opening opening) implements Library {
  /** Opens the database, if there is one. */
  interface Opening {
    Optional<DefinitionStore> open() throws IOException;
  }

  @Override
  public Optional<String> text(String hash) {
    try {
      Optional<DefinitionStore> opened = opening.open();
      if (opened.isEmpty()) {
        return Optional.empty();
      }
      try (DefinitionStore store = opened.get()) {
        return store.text(hash);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
