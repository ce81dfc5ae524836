package dev.historics.archive.mapping;

import java.util.List;

/**
 * What must be so for a rule to be about a record. Shared by threads.
 *
 * @param path holds the text somewhere, if it is so
 * @param text a string as it is meant, a number or a boolean as it is written
 */
record Condition(FieldPath path, String text) {
  private boolean isSo(Captured record) {
    for (int value = record.first(path); value >= 0; value = record.next(value)) {
      if (record.text(value).equals(text)) {
        return true;
      }
    }
    return false;
  }

  static boolean areSo(List<Condition> conditions, Captured record) {
    for (Condition condition : conditions) {
      if (!condition.isSo(record)) {
        return false;
      }
    }
    return true;
  }
}
