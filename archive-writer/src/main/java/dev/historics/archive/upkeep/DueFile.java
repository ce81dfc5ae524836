package dev.historics.archive.upkeep;

/**
 * A file that a sweep may take.
 *
 * @param path below the archive's root
 */
public record DueFile(String path, long bytes) {}
