package dev.historics.jobs.join;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.crunch.Pair;

/** Facts and a side table with everything that a join may meet, and what comes of them. */
final class RandomTables {
  private static final String[] SPELLINGS = {
    "k%d", "K%d", "ключ %d", "\ud83d\ude00%d", "k %d\t\"x\"\\", "\ud800%d"
  };

  private final int reducers;
  private final List<Pair<String, String>> facts = new ArrayList<>();
  private final Map<String, String> side = new LinkedHashMap<>();

  RandomTables(SplittableRandom random) {
    reducers = random.nextInt(1, 17);
    int keys = random.nextInt(1, 60);
    double skew = random.nextDouble(0, 4);
    int count = random.nextInt(0, 600);
    for (int i = 0; i < count; i++) {
      facts.add(Pair.of(key(random, keys, skew), "fact " + i));
    }
    double matched = random.nextDouble();
    for (int i = 0; i < keys; i++) {
      if (random.nextDouble() < matched) {
        String key = spelled(i);
        if (JoinKeys.canMatch(key)) {
          side.put(key, "{\"n\":%d,\"text\":\"ж\"}".formatted(i));
        }
      }
    }
  }

  /** With some skew nearly all facts have one key, and with none all keys are alike. */
  private static String key(SplittableRandom random, int keys, double skew) {
    return switch (random.nextInt(12)) {
      case 0 -> null;
      case 1 -> "";
      default -> spelled((int) (keys * Math.pow(random.nextDouble(), 1 + skew * skew)));
    };
  }

  private static String spelled(int key) {
    return SPELLINGS[key % SPELLINGS.length].formatted(key);
  }

  int reducers() {
    return reducers;
  }

  List<Pair<String, String>> facts() {
    return facts;
  }

  Map<String, String> side() {
    return side;
  }

  /** A joined fact as a text. A null key is an empty one, and half a pair cannot be written. */
  static String line(String key, String fact, String row) {
    String written = key == null ? "" : key.replace('\ud800', '?');
    return "%s|%s|%s".formatted(written, fact, row);
  }

  List<String> inner() {
    List<String> joined = new ArrayList<>();
    for (Pair<String, String> fact : facts) {
      side.forEach(
          (key, row) -> {
            if (key.equals(fact.first())) {
              joined.add(line(key, fact.second(), row));
            }
          });
    }
    return joined;
  }

  List<String> left() {
    List<String> joined = inner();
    for (Pair<String, String> fact : facts) {
      if (!side.containsKey(fact.first())) {
        joined.add(line(fact.first(), fact.second(), null));
      }
    }
    return joined;
  }
}
