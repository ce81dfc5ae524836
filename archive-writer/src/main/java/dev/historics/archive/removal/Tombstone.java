package dev.historics.archive.removal;

import java.time.Instant;
import java.util.Objects;

/**
 * A wish that interactions be gone from a source: those stored, and those that come in later.
 *
 * @param value the id, or the author's name or id; compared character by character
 * @param requested when the wish was recorded
 * @param receipt the receipt that says what became of it
 */
public record Tombstone(Kind kind, String value, Instant requested, String receipt) {
  /** What an interaction is recognized by. */
  public enum Kind {
    /** Its {@code interaction.id}. */
    ID,
    /** Its {@code interaction.author.username} or its {@code interaction.author.id}. */
    AUTHOR
  }

  public Tombstone {
    Objects.requireNonNull(kind);
    Objects.requireNonNull(requested);
    Objects.requireNonNull(receipt);
    if (value.isEmpty()) {
      throw new IllegalArgumentException("a tombstone needs an id or an author that is not empty");
    }
  }

  /** Whether both are about the same interactions. */
  public boolean isAbout(Tombstone other) {
    return kind == other.kind && value.equals(other.value);
  }
}
