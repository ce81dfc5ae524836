package dev.historics.schedule;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The operator's limits. They hold back and never end anything.
 *
 * @param limits by the name of a user or group; {@value #EVERY_USER} is for each user who is not
 *     named
 */
public record Quotas(Map<Quota, SortedMap<String, Long>> limits) {
  public static final String EVERY_USER = "*";

  /** No limits at all. */
  public static final Quotas NONE = new Quotas(Map.of());

  public Quotas {
    Map<Quota, SortedMap<String, Long>> copy = new EnumMap<>(Quota.class);
    limits.forEach(
        (quota, byName) -> {
          byName.forEach((name, limit) -> atLeastOne(quota, name, limit));
          copy.put(quota, Collections.unmodifiableSortedMap(new TreeMap<>(byName)));
        });
    limits = Collections.unmodifiableMap(copy);
  }

  private static void atLeastOne(Quota quota, String name, long limit) {
    if (limit < 1) {
      throw new IllegalArgumentException(
          "%s: the limit of '%s' must be at least 1, got %d".formatted(quota.key(), name, limit));
    }
  }

  boolean none() {
    return limits.isEmpty();
  }

  /** How much a user or group may have; empty for as much as there is. */
  OptionalLong limit(Quota quota, Bucket.Owner owner) {
    SortedMap<String, Long> byName = limits.get(quota);
    if (byName == null) {
      return OptionalLong.empty();
    }
    Long limit = byName.get(owner.name());
    if (limit == null && owner.kind() == Account.Kind.USER) {
      limit = byName.get(EVERY_USER);
    }
    return limit == null ? OptionalLong.empty() : OptionalLong.of(limit);
  }

  /** The same with one more limit. */
  public Quotas with(Quota quota, String name, long limit) {
    Map<Quota, SortedMap<String, Long>> more = new EnumMap<>(Quota.class);
    more.putAll(limits);
    SortedMap<String, Long> byName = new TreeMap<>(more.getOrDefault(quota, new TreeMap<>()));
    byName.put(name, limit);
    more.put(quota, byName);
    return new Quotas(more);
  }
}
