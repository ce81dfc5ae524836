package dev.historics.archive.mapping;

/**
 * A kind of record that a source has and that is no interaction.
 *
 * @param path records with anything here are of that kind
 * @param reason what a person reads in the quarantine
 */
record Refusal(FieldPath path, String reason) {}
