package dev.historics.schedule;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Collectors;

/** Who opens the next scan, and who may ride on it. */
public enum Policy {
  /**
   * The user who was served least work, by weight, opens the day of her query that most others wait
   * for; every chunk that waits for it rides as long as the scan is not slowed down much, and those
   * who ride share the cost.
   */
  FAIR {
    @Override
    Turns turns(SchedulerSettings settings, Pool pool, Waiting waiting, long dealt) {
      return new FairTurns(settings, waiting);
    }

    @Override
    Comparator<QueryHead> order() {
      return QueryHead.URGENT;
    }
  },

  /**
   * Users of the pool in turn; every chunk that waits for the day rides. Tickets are dealt before
   * each dispatch.
   */
  TICKETS {
    @Override
    Turns turns(SchedulerSettings settings, Pool pool, Waiting waiting, long dealt) {
      return RoundRobin.dealtBefore(pool, dealt);
    }

    @Override
    boolean pools() {
      return true;
    }
  },

  /**
   * Users of the pool in turn; only chunks without a ticket ride: those of users outside the pool,
   * and those that came since the last dispatch. Tickets are dealt after each dispatch. The old
   * service's rule.
   */
  SEED {
    @Override
    Turns turns(SchedulerSettings settings, Pool pool, Waiting waiting, long dealt) {
      return RoundRobin.dealtAfter(pool, dealt);
    }

    @Override
    boolean pools() {
      return true;
    }

    @Override
    boolean slowsOpenersFreely() {
      return true;
    }
  },

  /** The oldest query, whoever asked it; every chunk that waits for the day rides. To compare. */
  FIFO {
    @Override
    Turns turns(SchedulerSettings settings, Pool pool, Waiting waiting, long dealt) {
      return new OldestFirst(pool);
    }
  },

  /** The day that most queries wait for; every chunk that waits for it rides. To compare. */
  GREEDY {
    @Override
    Turns turns(SchedulerSettings settings, Pool pool, Waiting waiting, long dealt) {
      return new MostWaiters(waiting);
    }
  };

  /**
   * Its way to decide, over these queues.
   *
   * @param dealt the youngest query whose chunks have been dealt tickets
   */
  abstract Turns turns(SchedulerSettings settings, Pool pool, Waiting waiting, long dealt);

  /** In which order a user's queries are served. */
  Comparator<QueryHead> order() {
    return QueryHead.OLDEST;
  }

  /** Whether only the users of a pool are served. */
  boolean pools() {
    return false;
  }

  /** Whether riders are counted only, however much they slow the scan down. */
  boolean slowsOpenersFreely() {
    return false;
  }

  /** The policy of that name, in lower case. */
  public static Policy named(String name) {
    for (Policy policy : values()) {
      if (policy.toString().equals(name)) {
        return policy;
      }
    }
    throw new IllegalArgumentException(
        "expected a policy out of %s, got '%s'".formatted(names(), name));
  }

  /** The names of all policies, the default first. */
  public static String names() {
    return Arrays.stream(values()).map(Policy::toString).collect(Collectors.joining(", "));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
