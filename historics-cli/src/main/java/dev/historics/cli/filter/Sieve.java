package dev.historics.cli.filter;

/** Tells which lines of a block are wanted. Owned by one thread. */
interface Sieve {
  Sifted sift(Block block);
}
