/**
 * The archive of interactions: a table per source, a partition per UTC day, and for each of these a
 * chain of numbered manifests that says which files are the day. Start with {@link
 * dev.historics.archive.Archive}.
 *
 * <p>This package holds what an archive <em>is</em>; how its files look inside is in {@code
 * format}, how records come in is in {@code intake}, what does not count any more is in {@code
 * removal} and {@code takedown}, how days are sealed, swept and verified is in {@code upkeep}. It
 * knows nothing of rules and queues.
 */
package dev.historics.archive;
