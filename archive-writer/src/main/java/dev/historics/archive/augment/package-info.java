/**
 * What is added to interactions that are archived already: an object of their own, from a table
 * that somebody joined with them. What a source was augmented with is declared in the archive
 * ({@link dev.historics.archive.augment.Augmentations}), and each interaction carries its values in
 * its JSON ({@link dev.historics.archive.augment.PartnerMerge}), so that whoever reads, seals,
 * verifies or takes down days need not know.
 *
 * <p>How interactions and table rows find each other is not known here.
 */
package dev.historics.archive.augment;
