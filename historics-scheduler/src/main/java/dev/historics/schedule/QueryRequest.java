package dev.historics.schedule;

import java.time.Instant;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a user asks for.
 *
 * @param user who asks: 1 to 64 letters, digits, {@code . _ @ -}
 * @param name a label for people; may be empty
 * @param rule the CSDL text, already found valid
 * @param hash the rule's 32 hex digits
 * @param complexity the rule's complexity, at least 1
 * @param start inclusive
 * @param end exclusive
 * @param samplePercent over 0 and at most 100
 */
public record QueryRequest(
    String user,
    String name,
    String rule,
    String hash,
    int complexity,
    SortedSet<String> sources,
    Instant start,
    Instant end,
    double samplePercent) {
  public QueryRequest {
    sources = Collections.unmodifiableSortedSet(new TreeSet<>(sources));
    if (!user.matches("[A-Za-z0-9._@-]{1,64}")) {
      throw new IllegalArgumentException(
          "expected a user of 1 to 64 letters, digits, '.', '_', '@' or '-', got '%s'"
              .formatted(user));
    }
    if (sources.isEmpty()) {
      throw new IllegalArgumentException("a query needs at least one source");
    }
    for (String source : sources) {
      if (!source.matches("[^\\p{Cntrl}]+")) {
        throw new IllegalArgumentException(
            "expected a source's name without control characters, got '%s'".formatted(source));
      }
    }
    if (!start.isBefore(end)) {
      throw new IllegalArgumentException(
          "a query needs start < end, got [%s, %s)".formatted(start, end));
    }
    if (!(samplePercent > 0 && samplePercent <= 100)) {
      throw new IllegalArgumentException(
          "a sample is over 0 and at most 100 per cent, got %s".formatted(samplePercent));
    }
  }
}
