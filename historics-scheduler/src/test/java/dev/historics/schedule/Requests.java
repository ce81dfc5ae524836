package dev.historics.schedule;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/** Queries as people submit them, and their ids. */
public final class Requests {
  public static final LocalDate DAY = LocalDate.parse("2017-08-05");

  private Requests() {}

  /** Whole days from {@link #DAY} plus {@code first} on. */
  public static QueryRequest request(String user, int first, int days, String... sources) {
    return request(
        user,
        DAY.plusDays(first).atStartOfDay(ZoneOffset.UTC).toInstant(),
        DAY.plusDays(first + days).atStartOfDay(ZoneOffset.UTC).toInstant(),
        sources);
  }

  public static QueryRequest request(String user, Instant start, Instant end, String... sources) {
    List<String> names = sources.length == 0 ? List.of("twitter") : Arrays.asList(sources);
    return new QueryRequest(
        user,
        user + "'s",
        "interaction.content contains \"x\"",
        "0123456789abcdef0123456789abcdef",
        1,
        new TreeSet<>(names),
        start,
        end,
        100);
  }

  /** The same request with another rule, whose hash is this digit again and again. */
  static QueryRequest withHash(QueryRequest request, String digit) {
    return new QueryRequest(
        request.user(),
        request.name(),
        request.rule(),
        digit.repeat(32),
        request.complexity(),
        request.sources(),
        request.start(),
        request.end(),
        request.samplePercent());
  }

  public static QueryId id(long number) {
    return new QueryId("%020x".formatted(number));
  }
}
