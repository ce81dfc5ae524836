/**
 * What is stored and does not count: interactions that somebody had taken down, and versions of
 * interactions that an edit replaced. Every reader of data files asks {@link
 * dev.historics.archive.removal.Removals}; importers ask {@link
 * dev.historics.archive.removal.TombstoneCheck}. It removes nothing itself: that is done in {@code
 * upkeep}.
 */
package dev.historics.archive.removal;
