package dev.historics.jobs.join;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * How values are spelled whose type says more than how they are stored. All throw a runtime
 * exception for what no such value is; its message says why.
 */
final class LogicalTexts {
  private LogicalTexts() {}

  /** Such as {@code 2017-08-05}. */
  static String date(long epochDay) {
    return LocalDate.ofEpochDay(epochDay).toString();
  }

  /** A time of day, such as {@code 09:30:00}. */
  static String time(long sinceMidnight, ChronoUnit unit) {
    return DateTimeFormatter.ISO_LOCAL_TIME.format(
        LocalTime.ofNanoOfDay(Math.multiplyExact(sinceMidnight, unit.getDuration().toNanos())));
  }

  /** A moment, such as {@code 2017-08-05T09:30:00Z}. */
  static String moment(long sinceEpoch, ChronoUnit unit) {
    return instant(sinceEpoch, unit).toString();
  }

  /** What a clock somewhere shows, such as {@code 2017-08-05T09:30:00}. */
  static String wallClock(long sinceEpoch, ChronoUnit unit) {
    return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(
        LocalDateTime.ofInstant(instant(sinceEpoch, unit), ZoneOffset.UTC));
  }

  private static Instant instant(long sinceEpoch, ChronoUnit unit) {
    long perSecond = ChronoUnit.SECONDS.getDuration().dividedBy(unit.getDuration());
    return Instant.ofEpochSecond(
        Math.floorDiv(sinceEpoch, perSecond),
        Math.floorMod(sinceEpoch, perSecond) * unit.getDuration().toNanos());
  }

  /** With all digits after the point, such as {@code 12.30}. */
  static String decimal(BigInteger unscaled, int scale) {
    BigDecimal value = new BigDecimal(unscaled, scale);
    if (!Double.isFinite(value.doubleValue())) {
      throw new ArithmeticException("expected a number that a double can hold, found a larger one");
    }
    return value.toPlainString();
  }

  /**
   * @param bits of a whole number without a sign
   */
  static String unsigned(long bits) {
    if (bits < 0) {
      throw new ArithmeticException(
          "expected a whole number up to %d, found %s"
              .formatted(Long.MAX_VALUE, Long.toUnsignedString(bits)));
    }
    return Long.toString(bits);
  }

  /**
   * @param bytes 16, the most significant first
   */
  static String uuid(byte[] bytes) {
    ByteBuffer halves = ByteBuffer.wrap(bytes);
    return new UUID(halves.getLong(), halves.getLong()).toString();
  }
}
