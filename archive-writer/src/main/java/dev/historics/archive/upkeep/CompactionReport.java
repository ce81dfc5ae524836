package dev.historics.archive.upkeep;

import dev.historics.archive.Manifest;

/**
 * What a compaction did.
 *
 * @param manifest the version it published
 * @param rows interactions in the new sealed file; 0 if there is none
 * @param dropped interactions that were there twice
 * @param takenDown interactions that somebody had taken down
 * @param filesBefore how many files it replaced
 * @param bytesBefore their size
 * @param bytesAfter the size of the new file; 0 if there is none
 */
public record CompactionReport(
    Manifest manifest,
    long rows,
    long dropped,
    long takenDown,
    int filesBefore,
    long bytesBefore,
    long bytesAfter) {}
