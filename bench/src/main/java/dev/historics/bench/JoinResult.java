package dev.historics.bench;

import java.util.Arrays;
import java.util.List;

/**
 * What came of one join.
 *
 * @param rows facts that came out
 * @param checksum of all rows, in any order
 * @param loads how many facts each reducer put out
 * @param longestSeconds processor time of the reducer that took longest
 * @param seconds processor time of the whole process, from the first job to the last
 */
record JoinResult(
    long rows, long checksum, List<Long> loads, double longestSeconds, double seconds) {
  JoinResult {
    loads = List.copyOf(loads);
  }

  /** The largest load by the mean one. */
  double unevenness() {
    double mean = loads.stream().mapToLong(Long::longValue).average().orElseThrow();
    return loads.stream().mapToLong(Long::longValue).max().orElseThrow() / mean;
  }

  boolean hasSameRows(JoinResult other) {
    return rows == other.rows && checksum == other.checksum;
  }

  /** As {@link #parse} reads it. */
  String line() {
    String all = String.join(",", loads.stream().map(String::valueOf).toList());
    return String.join(
        " ",
        List.of(
            Long.toString(rows),
            Long.toString(checksum),
            all,
            Double.toString(longestSeconds),
            Double.toString(seconds)));
  }

  static JoinResult parse(String line) {
    List<String> words = Arrays.asList(line.split(" ", -1));
    return new JoinResult(
        Long.parseLong(words.get(0)),
        Long.parseLong(words.get(1)),
        Arrays.stream(words.get(2).split(",", -1)).map(Long::valueOf).toList(),
        Double.parseDouble(words.get(3)),
        Double.parseDouble(words.get(4)));
  }
}
