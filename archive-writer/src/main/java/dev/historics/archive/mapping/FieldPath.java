package dev.historics.archive.mapping;

/**
 * A place in a record.
 *
 * @param text keys joined by dots, such as {@code user.screen_name}; arrays on the way are walked
 *     through
 * @param slot where the values found there are kept, a number within one {@link PathTree}
 */
record FieldPath(String text, int slot) {}
