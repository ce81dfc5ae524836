/**
 * How the files of a day look inside: landing files in Avro with an id index beside each, sealed
 * files in Parquet. Everything written here carries checksums, and everything read here has them
 * verified. Start with {@link dev.historics.archive.format.LandingFile} and {@link
 * dev.historics.archive.format.SealedFile}.
 */
package dev.historics.archive.format;
