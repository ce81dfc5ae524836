package dev.historics.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a task says of a day that it was to make anew, or of the keys without a partner.
 *
 * @param day its number in the plan; negative if it is about keys
 * @param rows that count
 * @param withoutKey of these, which have no value of the target
 * @param matched of these, which have a partner
 * @param problem why the day is as it was; empty if nothing went wrong
 * @param lonely keys without a partner, and at least how many values they are
 */
record AugmentReport(
    int day, long rows, long withoutKey, long matched, String problem, Map<String, Long> lonely) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  AugmentReport {
    lonely = Map.copyOf(lonely);
  }

  static AugmentReport of(int day, AugmentTally tally, long matched, String problem) {
    return new AugmentReport(
        day, tally.rows(), tally.withoutKey(), matched, problem, new TreeMap<>());
  }

  static AugmentReport of(Map<String, Long> lonely) {
    return new AugmentReport(-1, 0, 0, 0, "", lonely);
  }

  /** Whether it is not about a day. */
  boolean isAboutKeys() {
    return day < 0;
  }

  String toLine() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("records of text and numbers have a JSON form", e);
    }
  }

  static AugmentReport parse(String line) {
    try {
      return JSON.readValue(line, AugmentReport.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not a report: '%s'".formatted(line), e);
    }
  }
}
