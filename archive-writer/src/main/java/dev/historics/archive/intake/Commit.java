package dev.historics.archive.intake;

/**
 * A moment of an import from which on all that it has read is visible; the counts are those since
 * its start, and {@code read = stored + duplicates + quarantined}. Whoever sends the records may
 * forget those before {@code offset}.
 *
 * @param number from 1 on
 * @param input the input that was being read
 * @param offset how far, in bytes after decompression
 */
public record Commit(
    long number,
    String input,
    long offset,
    long read,
    long stored,
    long duplicates,
    long quarantined) {}
