package dev.historics.cli.filter;

/**
 * Where a line stands.
 *
 * @param input what messages call the input
 * @param line from 1
 */
public record Place(String input, long line) {
  @Override
  public String toString() {
    return input + ":" + line;
  }
}
