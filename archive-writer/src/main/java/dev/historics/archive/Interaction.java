package dev.historics.archive;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** One interaction as it is archived and delivered. */
public final class Interaction {
  private final String id;
  private final Instant createdAt;
  private final Instant editedAt;
  private final byte[] raw;

  /**
   * One that was never edited, as far as one knows.
   *
   * @param id {@code interaction.id}; within its source and day, one id is one interaction
   * @param createdAt when it happened; its UTC day is the partition
   * @param raw the whole interaction as one JSON object in UTF-8 without a line break; handed over,
   *     not copied
   */
  public Interaction(String id, Instant createdAt, byte[] raw) {
    this(id, createdAt, null, raw);
  }

  private Interaction(String id, Instant createdAt, Instant editedAt, byte[] raw) {
    if (id.isEmpty()) {
      throw new IllegalArgumentException("an interaction needs an id that is not empty");
    }
    this.id = id;
    this.createdAt = Objects.requireNonNull(createdAt);
    this.editedAt = editedAt;
    this.raw = Objects.requireNonNull(raw);
  }

  public String id() {
    return id;
  }

  public Instant createdAt() {
    return createdAt;
  }

  /** The same, edited at a time that its source told. */
  public Interaction editedAt(Instant time) {
    return new Interaction(id, createdAt, Objects.requireNonNull(time), raw);
  }

  /**
   * When it became what it is, if it was ever edited and one that just came in: the archive keeps
   * this in {@link #raw} alone.
   */
  public Optional<Instant> editedAt() {
    return Optional.ofNullable(editedAt);
  }

  /** The JSON text; not to be changed. */
  public byte[] raw() {
    return raw;
  }
}
