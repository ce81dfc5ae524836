package dev.historics.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The same days, asked for in one query, in several queries, or from several accounts of one group,
 * beside one or two others who want other days; drawn from a seed.
 */
final class SplitRequest {
  private static final int ACCOUNTS = 5;

  /** How the days are asked for. */
  enum Way {
    ONE_QUERY,
    MANY_QUERIES,
    MANY_ACCOUNTS
  }

  private final SchedulerSettings settings;
  private final int days;
  private final int others;
  private final List<Integer> pieces = new ArrayList<>();

  SplitRequest(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    days = 3 + random.nextInt(6);
    others = 1 + random.nextInt(2);
    for (int left = days; left > 0; left -= pieces.get(pieces.size() - 1)) {
      pieces.add(1 + random.nextInt(Math.min(3, left)));
    }
    Map<String, String> groups = new TreeMap<>();
    IntStream.range(0, ACCOUNTS).forEach(account -> groups.put("a" + account, "A"));
    double weight = random.nextInt(3) == 0 ? 2 : 1;
    settings =
        SchedulerSettings.DEFAULTS.withFairness(
            Fairness.DEFAULTS.withGroups(groups).withWeights(Map.of("A", weight, "C", weight)));
  }

  /** How many of its days were read after each job, for as long as some were left. */
  List<Integer> served(Way way) {
    World world = new World(settings);
    for (int other = 0; other < others; other++) {
      world.submit("B" + other, 100 * (1 + other), days);
    }
    int day = 0;
    for (int i = 0; i < (way == Way.ONE_QUERY ? 1 : pieces.size()); i++) {
      int length = way == Way.ONE_QUERY ? days : pieces.get(i);
      world.submit(way == Way.MANY_ACCOUNTS ? "a" + i % ACCOUNTS : "C", day, length);
      day += length;
    }
    List<Integer> served = new ArrayList<>();
    for (String job : world.order()) {
      int before = served.isEmpty() ? 0 : served.get(served.size() - 1);
      if (before == days) {
        return served;
      }
      served.add(job.startsWith("B") ? before : before + 1);
    }
    return served;
  }
}
