package dev.historics.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * What a part of a day has, for the task that makes the day anew.
 *
 * @param rows that count
 * @param withoutKey of these, which have no value of the target
 * @param problem why it cannot be read; empty if it can
 */
record AugmentTally(long rows, long withoutKey, String problem) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Sorts before all places. */
  private static final String SIGN = "!";

  static final AugmentTally NONE = new AugmentTally(0, 0, "");

  AugmentTally and(AugmentTally other) {
    return new AugmentTally(
        rows + other.rows,
        withoutKey + other.withoutKey,
        problem.isEmpty() ? other.problem : problem);
  }

  /** As it travels among the places of a day's rows. */
  String text(int day) {
    try {
      return RowPlace.dayText(day) + SIGN + JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("numbers and a text have a JSON form", e);
    }
  }

  /** Whether what travels is a tally, and not the place of a row. */
  static boolean is(String text) {
    return text.startsWith(SIGN, RowPlace.dayText(0).length());
  }

  static AugmentTally parse(String text) {
    try {
      return JSON.readValue(
          text.substring(RowPlace.dayText(0).length() + SIGN.length()), AugmentTally.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not a tally: '%s'".formatted(text), e);
    }
  }
}
