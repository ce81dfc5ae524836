/**
 * What is done to days that are there: sealing them ({@link
 * dev.historics.archive.upkeep.Compactor}), dropping old ones ({@link
 * dev.historics.archive.upkeep.Retention}), removing files that no version needs ({@link
 * dev.historics.archive.upkeep.Sweeper}) unless somebody reads them ({@link
 * dev.historics.archive.upkeep.Pins}), and reading everything to see that it is whole ({@link
 * dev.historics.archive.upkeep.Verifier}).
 */
package dev.historics.archive.upkeep;
