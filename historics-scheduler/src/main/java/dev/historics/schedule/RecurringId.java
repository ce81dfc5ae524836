package dev.historics.schedule;

/** Names a recurring query: 20 hex digits in lower case. */
public record RecurringId(String value) {
  public RecurringId {
    if (!value.matches("[0-9a-f]{20}")) {
      throw new IllegalArgumentException(
          "expected an id of 20 hex digits, got '%s'".formatted(value));
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
