package dev.historics.archive;

import java.time.Instant;
import java.util.Objects;

/** One interaction as it is archived and delivered. */
public final class Interaction {
  private final String id;
  private final Instant createdAt;
  private final byte[] raw;

  /**
   * @param id {@code interaction.id}; within its source and day, one id is one interaction
   * @param createdAt when it happened; its UTC day is the partition
   * @param raw the whole interaction as one JSON object in UTF-8 without a line break; handed over,
   *     not copied
   */
  public Interaction(String id, Instant createdAt, byte[] raw) {
    if (id.isEmpty()) {
      throw new IllegalArgumentException("an interaction needs an id that is not empty");
    }
    this.id = id;
    this.createdAt = Objects.requireNonNull(createdAt);
    this.raw = Objects.requireNonNull(raw);
  }

  public String id() {
    return id;
  }

  public Instant createdAt() {
    return createdAt;
  }

  /** The JSON text; not to be changed. */
  public byte[] raw() {
    return raw;
  }
}
