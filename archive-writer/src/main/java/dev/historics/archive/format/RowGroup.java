package dev.historics.archive.format;

import java.time.Instant;

/**
 * A run of rows in a sealed file that is read as one.
 *
 * @param index from 0, in the order of the file
 * @param offset where it starts in the file, in bytes
 * @param bytes compressed
 * @param bucketMin the lowest sample bucket in it
 * @param bucketMax the highest
 * @param first the earliest {@code created_at}
 * @param last the latest
 */
public record RowGroup(
    int index,
    long rows,
    long offset,
    long bytes,
    int bucketMin,
    int bucketMax,
    Instant first,
    Instant last) {}
