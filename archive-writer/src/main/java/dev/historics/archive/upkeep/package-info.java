/**
 * What is done to days that are there: sealing them ({@link
 * dev.historics.archive.upkeep.Compactor}), removing files that no version needs ({@link
 * dev.historics.archive.upkeep.Sweeper}), and reading everything to see that it is whole ({@link
 * dev.historics.archive.upkeep.Verifier}).
 */
package dev.historics.archive.upkeep;
