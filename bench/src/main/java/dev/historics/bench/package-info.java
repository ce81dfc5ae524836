/**
 * Measures the product against something else in the same run, on the same files, in one thread.
 * Start with {@link dev.historics.bench.Bench}; {@code scripts/bench} runs it.
 */
package dev.historics.bench;
