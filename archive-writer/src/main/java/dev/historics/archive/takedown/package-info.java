/**
 * Taking interactions down for good: the tombstones first, so that no new query sees them, then
 * every file that holds them, then the receipt that proves it. Begin with {@link
 * dev.historics.archive.takedown.Takedown}.
 */
package dev.historics.archive.takedown;
