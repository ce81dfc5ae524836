package dev.historics.archive.intake;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Why records were refused, the same reasons counted together whatever the values were that they
 * found. Owned by one thread.
 */
public final class Reasons {
  /** A record can make a reason of its own; more kinds than this are counted as one. */
  private static final int KINDS_MAX = 1000;

  private static final String OTHERS = "other reasons";

  private final Map<String, Reason> byKind = new LinkedHashMap<>();

  /**
   * One kind of reason.
   *
   * @param text of the first record refused for it
   * @param count how many records were
   * @param place of the first, such as {@code tweets.ndjson:17}
   * @param example the first
   */
  public record Reason(String text, long count, String place, String example) {}

  /** Counts one refused record. */
  public void add(String reason, String place, String record) {
    String kind = kind(reason);
    Reason first = byKind.get(kind);
    if (first == null && byKind.size() >= KINDS_MAX) {
      kind = OTHERS;
      first = byKind.get(kind);
    }
    byKind.put(
        kind,
        first == null
            ? new Reason(kind.equals(OTHERS) ? OTHERS : reason, 1, place, record)
            : new Reason(first.text, first.count + 1, first.place, first.example));
  }

  /** The reason without what was found, unless that is a word such as 'none', and places. */
  private static String kind(String reason) {
    return reason.replaceFirst("(, found|:|unexpected) [^ a-z(].*", "$1").replaceAll("[0-9]+", "#");
  }

  /** The most frequent first. */
  public List<Reason> all() {
    return byKind.values().stream()
        .sorted(Comparator.comparingLong(Reason::count).reversed())
        .toList();
  }
}
