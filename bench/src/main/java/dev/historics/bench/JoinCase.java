package dev.historics.bench;

/** What is joined. */
enum JoinCase {
  /** Made-up facts: the key of rank n comes as often as n to the power of -1.5. */
  ZIPF,
  /** Real tweets by their authors. */
  AUTHORS,
  /** Real tweets by region; the two most frequent ones are no country of the table. */
  REGIONS
}
