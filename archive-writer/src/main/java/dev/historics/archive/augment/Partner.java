package dev.historics.archive.augment;

/**
 * The values for one row of a day.
 *
 * @param file which of the version's files the row is in, counted from 0
 * @param row its place in the file, counted from 0
 * @param values a JSON object
 */
public record Partner(int file, long row, String values) {}
