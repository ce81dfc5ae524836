package dev.historics.archive.mapping;

import java.util.List;

/**
 * How a source says that an interaction was deleted. Shared by threads.
 *
 * @param id of the interaction; without paths, if the source never says so
 * @param when what such a notice has, besides what its id is made of
 */
record Deletion(IdRule id, List<Condition> when) {
  static final Deletion NEVER = new Deletion(new IdRule.Taken(List.of()), List.of());

  Deletion {
    when = List.copyOf(when);
  }

  boolean isIn(Captured record) {
    return !id.paths().isEmpty()
        && Condition.areSo(when, record)
        && record.has(FieldValue.firstFilled(id.paths(), record));
  }
}
