package dev.historics.archive.parquet;

/**
 * A value or null of a leaf column, as a model of what a file holds.
 *
 * @param value a Binary, a Long, an Integer or a Double; null where the definition level is not the
 *     greatest
 */
record Cell(int repetition, int definition, Object value) {}
