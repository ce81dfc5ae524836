package dev.historics.cli.wiring;

import dev.historics.cli.session.CliException;
import dev.historics.cli.session.Settings;
import dev.historics.schedule.Fairness;
import dev.historics.schedule.Quota;
import dev.historics.schedule.Quotas;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/** How users share, out of the settings. */
final class Sharing {
  private final Settings settings;

  Sharing(Settings settings) {
    this.settings = settings;
  }

  Fairness fairness() throws CliException {
    return new Fairness(
        settings.number("scheduler.riders-slowdown"),
        settings.number("scheduler.ahead"),
        settings.duration("scheduler.half-life"),
        settings.number("scheduler.stretch"),
        weights(),
        pairs("scheduler.groups", "users and their groups such as 'ann=press, bob=press'"));
  }

  Quotas quotas() throws CliException {
    Quotas quotas = Quotas.NONE;
    for (Quota quota : Quota.values()) {
      String key = quota.key();
      boolean bytes = quota.unit() == Quota.Unit.BYTES;
      String expected =
          "users or groups and their limits such as '*=%s, press=%s'"
              .formatted(bytes ? "10GB" : "4", bytes ? "100GB" : "20");
      for (Map.Entry<String, String> pair : pairs(key, expected).entrySet()) {
        OptionalLong limit = bytes ? Settings.parseBytes(pair.getValue()) : whole(pair.getValue());
        quotas =
            quotas.with(
                quota, pair.getKey(), limit.orElseThrow(() -> settings.wrong(key, expected)));
      }
    }
    return quotas;
  }

  private static OptionalLong whole(String text) {
    return text.matches("[0-9]{1,18}")
        ? OptionalLong.of(Long.parseLong(text))
        : OptionalLong.empty();
  }

  private SortedMap<String, Double> weights() throws CliException {
    String key = "scheduler.weights";
    String expected = "users or groups and their weights such as 'ann=2, press=0.5'";
    SortedMap<String, Double> weights = new TreeMap<>();
    for (Map.Entry<String, String> pair : pairs(key, expected).entrySet()) {
      try {
        weights.put(pair.getKey(), Double.valueOf(pair.getValue()));
      } catch (NumberFormatException e) {
        throw settings.wrong(key, expected);
      }
    }
    return weights;
  }

  private SortedMap<String, String> pairs(String key, String expected) throws CliException {
    SortedMap<String, String> pairs = new TreeMap<>();
    String text = settings.text(key).strip();
    if (text.isEmpty()) {
      return pairs;
    }
    for (String pair : text.split(",", -1)) {
      String[] sides = pair.strip().split("\\s*=\\s*", -1);
      if (sides.length != 2 || sides[0].isEmpty() || sides[1].isEmpty()) {
        throw settings.wrong(key, expected);
      }
      if (pairs.put(sides[0], sides[1]) != null) {
        throw settings.wrong(key, expected + ", each name once");
      }
    }
    return pairs;
  }
}
