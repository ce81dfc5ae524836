/**
 * How records come in: read from files and streams, mapped by a {@link
 * dev.historics.archive.RecordMapper}, put aside where they cannot be mapped, and stored once by id
 * in the day they happened. Start with {@link dev.historics.archive.intake.Importer}.
 */
package dev.historics.archive.intake;
