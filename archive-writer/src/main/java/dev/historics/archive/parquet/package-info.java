/**
 * Parquet files written and read column by column: values go from arrays into pages and from pages
 * into arrays, and no record is ever put together. The footer's structures and schemas are those of
 * parquet-java; pages, encodings, dictionaries and statistics are made here. What the columns mean
 * is not known here. Start with {@link dev.historics.archive.parquet.ParquetWriter} and {@link
 * dev.historics.archive.parquet.ParquetFile}.
 */
package dev.historics.archive.parquet;
