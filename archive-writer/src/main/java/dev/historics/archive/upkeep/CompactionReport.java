package dev.historics.archive.upkeep;

import dev.historics.archive.Manifest;

/**
 * What a compaction did.
 *
 * @param manifest the version it published
 * @param rows interactions in the new sealed file
 * @param dropped interactions that were there twice
 * @param filesBefore how many files it replaced
 * @param bytesBefore their size
 * @param bytesAfter the size of the new file
 */
public record CompactionReport(
    Manifest manifest,
    long rows,
    long dropped,
    int filesBefore,
    long bytesBefore,
    long bytesAfter) {}
