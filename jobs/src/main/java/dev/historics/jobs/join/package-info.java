/**
 * Joins interactions with a side table whose keys may be skewed: a few authors wrote most, a
 * million others little. {@link dev.historics.jobs.join.SideTable} reads such a table from a file;
 * {@link dev.historics.jobs.join.SkewedJoin} is the join. It knows neither the archive's days nor
 * the queue.
 */
package dev.historics.jobs.join;
