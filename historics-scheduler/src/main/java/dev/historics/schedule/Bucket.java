package dev.historics.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * The bytes that a user or group may read now. They come back evenly, up to a day's worth.
 *
 * @param left at {@code at}; below 0 after a chunk that reads more than a day's worth
 */
public record Bucket(Owner owner, long left, Instant at) {
  private static final Duration DAY = Duration.ofDays(1);

  public Bucket {
    Objects.requireNonNull(owner);
    Objects.requireNonNull(at);
  }

  /** Whose something is; a user and a group are told apart although they have the same name. */
  public record Owner(Account.Kind kind, String name) {
    public Owner {
      Objects.requireNonNull(kind);
      Objects.requireNonNull(name);
    }
  }

  /**
   * What is left later. A clock that was set back brings nothing; only after a day is it believed
   * again.
   */
  Bucket refill(long perDay, Instant now) {
    Duration passed = Duration.between(at, now);
    if (passed.isNegative()) {
      return new Bucket(owner, Math.min(perDay, left), passed.abs().compareTo(DAY) > 0 ? now : at);
    }
    double days = (double) passed.toMillis() / DAY.toMillis();
    double full = left + days * perDay;
    if (full >= perDay) {
      return new Bucket(owner, perDay, now);
    }
    long back = (long) (days * perDay);
    // What is less than a byte must not be lost by looking often.
    return back == 0 ? this : new Bucket(owner, left + back, now);
  }

  Bucket take(long bytes, long perDay) {
    return new Bucket(owner, Math.min(perDay, left - bytes), at);
  }

  /** When there are so many bytes, if none are taken until then. */
  Instant fullTo(long bytes, long perDay) {
    double days = Math.max(0, (double) (bytes - left) / perDay);
    return at.plusMillis((long) Math.ceil(days * DAY.toMillis()) + 1);
  }
}
