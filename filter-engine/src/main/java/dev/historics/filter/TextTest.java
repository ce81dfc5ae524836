package dev.historics.filter;

/** Decides one check on one text that is not empty. Keeps scratch space: owned by one thread. */
interface TextTest {
  boolean test(byte[] bytes, int start, int length);
}
