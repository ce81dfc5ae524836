package dev.historics.archive;

import java.util.regex.Pattern;

/**
 * The name of one import. It becomes part of file names.
 *
 * @param value letters, digits, {@code .}, {@code _} and {@code -}, at most 64
 */
public record BatchId(String value) {
  private static final Pattern SPELLING = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  public BatchId {
    if (!SPELLING.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "expected a batch id of letters, digits, '.', '_' and '-', at most 64, got '%s'"
              .formatted(value));
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
