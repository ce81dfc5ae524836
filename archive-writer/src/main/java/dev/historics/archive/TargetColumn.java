package dev.historics.archive;

/**
 * A field of an interaction that sealed days keep in a column of its own.
 *
 * @param target the dotted path in the interaction's JSON, such as {@code
 *     interaction.author.username}; arrays on the way are walked through, so that {@code
 *     entities.name} means the names of all entities
 */
public record TargetColumn(String target, Kind kind) {
  /** How a column's values are stored. */
  public enum Kind {
    TEXT,
    INT,
    FLOAT,
    GEO
  }
}
