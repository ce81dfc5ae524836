package dev.historics.bench;

import dev.historics.schedule.QueryRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * Made-up people who ask for days of an archive of ten years: a few ask much, half of what they
 * want is recent, and now and then somebody wants all of it. The same seed gives the same requests.
 */
final class Askers {
  private static final LocalDate FIRST = LocalDate.parse("2016-01-01");
  private static final int DAYS = 3650;
  private static final double RECENCY = 30;
  private static final int DUMP_EVERY = 5000;
  private static final String RULE = "interaction.content exists";
  private static final String HASH = "0".repeat(32);
  private static final TreeSet<String> SOURCES = new TreeSet<>(List.of("made-up"));

  private final SplittableRandom random;
  private final int users;
  private int asked;

  Askers(int users, long seed) {
    this.users = users;
    this.random = new SplittableRandom(seed);
  }

  QueryRequest next() {
    int length = asked++ % DUMP_EVERY == 0 ? DAYS : length();
    double old = -RECENCY * Math.log(1 - random.nextDouble());
    int age = random.nextBoolean() ? (int) Math.min(DAYS, old) : random.nextInt(DAYS);
    int start = Math.max(0, DAYS - age - length);
    return request(user(), start, length);
  }

  /** Somebody wants the whole archive. */
  static QueryRequest whole(String user) {
    return request(user, 0, DAYS);
  }

  static int days(QueryRequest request) {
    return (int) Duration.between(request.start(), request.end()).toDays();
  }

  private static QueryRequest request(String user, int start, int length) {
    return new QueryRequest(user, "", RULE, HASH, 1, SOURCES, at(start), at(start + length), 100);
  }

  /** Of rank r in proportion to 1/r, about. */
  private String user() {
    return "u" + (int) Math.pow(users, random.nextDouble());
  }

  private int length() {
    double draw = random.nextDouble();
    if (draw < 0.35) {
      return 1;
    }
    if (draw < 0.70) {
      return 7;
    }
    return draw < 0.95 ? 30 : random.nextInt(31, 183);
  }

  private static Instant at(int day) {
    return FIRST.plusDays(day).atStartOfDay(ZoneOffset.UTC).toInstant();
  }
}
