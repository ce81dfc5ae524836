package dev.historics.cli.session;

import java.util.Locale;

/** How a command prints its answer. */
public enum OutputFormat {
  TABLE,
  JSON,
  JSONL,
  CSV;

  /** The word that people type. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
