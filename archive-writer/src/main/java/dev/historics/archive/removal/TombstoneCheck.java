package dev.historics.archive.removal;

import dev.historics.archive.Interaction;
import dev.historics.archive.Shredder;
import dev.historics.archive.Stripping;
import dev.historics.archive.TargetColumn;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Asks interactions whether a tombstone is about them. Of a list without authors, no JSON is looked
 * at. Owned by one thread.
 */
public final class TombstoneCheck {
  /** The targets by which authors are recognized. */
  public static final List<String> AUTHOR_TARGETS =
      List.of("interaction.author.username", "interaction.author.id");

  private static final Shredder AUTHORS =
      new Shredder(
          AUTHOR_TARGETS.stream()
              .map(target -> new TargetColumn(target, TargetColumn.Kind.TEXT))
              .toList(),
          Stripping.STANDARD);

  private final Map<String, Tombstone> ids = new HashMap<>();
  private final Map<String, Tombstone> authors = new HashMap<>();
  private final Shredder.Reading authorsOf = AUTHORS.reading();
  private Tombstone found;

  public TombstoneCheck(TombstoneList tombstones) {
    for (Tombstone tombstone : tombstones.entries()) {
      switch (tombstone.kind()) {
        case ID -> ids.put(tombstone.value(), tombstone);
        case AUTHOR -> authors.put(tombstone.value(), tombstone);
      }
    }
  }

  /**
   * The tombstone that an interaction must be gone for. An interaction whose JSON cannot be read
   * has no author.
   */
  public Optional<Tombstone> find(Interaction interaction) {
    Tombstone byId = ids.get(interaction.id());
    if (byId != null || authors.isEmpty()) {
      return Optional.ofNullable(byId);
    }
    found = null;
    try {
      authorsOf.shred(interaction.raw(), 0, interaction.raw().length, new AuthorSink());
    } catch (IOException e) {
      // What came before the damage was looked at.
    }
    return Optional.ofNullable(found);
  }

  private final class AuthorSink implements Shredder.Sink {
    @Override
    public void text(int column, byte[] bytes, int from, int to) {
      if (found == null) {
        found = authors.get(new String(bytes, from, to - from, StandardCharsets.UTF_8));
      }
    }

    @Override
    public void integer(int column, long value) {
      throw notText();
    }

    @Override
    public void decimal(int column, double value) {
      throw notText();
    }

    @Override
    public void geo(int column, double latitude, double longitude) {
      throw notText();
    }

    private static IllegalStateException notText() {
      return new IllegalStateException("authors are read as texts");
    }
  }
}
