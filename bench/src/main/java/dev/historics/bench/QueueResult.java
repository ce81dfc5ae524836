package dev.historics.bench;

import java.util.Locale;

/**
 * How long the queue took for its steps, in milliseconds.
 *
 * @param name the policy
 * @param chunks how many waited
 * @param picks how many jobs were chosen
 * @param aboard chunks in a job, on average
 * @param pick choosing the next job with its riders
 * @param pickWork the same in processor time of its thread, which other programs do not disturb
 * @param end hearing that a job ended
 * @param submit queuing a query
 */
record QueueResult(
    String name,
    int chunks,
    int picks,
    double aboard,
    Times pick,
    Times pickWork,
    Times end,
    Times submit) {
  static final String HEADER =
      String.format(
          Locale.ROOT,
          "%-8s %10s %7s  %24s  %15s  %15s  %15s",
          "policy",
          "waiting",
          "riders",
          "pick p50 / p99 / max ms",
          "processor time",
          "end p50 / p99",
          "submit p50 / p99");

  /** What half of them, 99 in 100 and all took at most. */
  record Times(double p50, double p99, double max) {
    static Times of(Percentiles all) {
      return new Times(all.millis(0.5), all.millis(0.99), all.millis(1));
    }

    String json() {
      return String.format(
          Locale.ROOT, "{\"p50_ms\":%.4f,\"p99_ms\":%.4f,\"max_ms\":%.4f}", p50, p99, max);
    }

    private String two() {
      return String.format(Locale.ROOT, "%.3f / %.3f", p50, p99);
    }
  }

  String line() {
    return String.format(
        Locale.ROOT,
        "%-8s %,10d %7.1f  %24s  %15s  %15s  %15s",
        name,
        chunks,
        aboard - 1,
        String.format(Locale.ROOT, "%.3f / %.3f / %.1f", pick.p50, pick.p99, pick.max),
        pickWork.two(),
        end.two(),
        submit.two());
  }

  String json() {
    return String.format(
        Locale.ROOT,
        "{\"policy\":\"%s\",\"chunks\":%d,\"picks\":%d,\"chunks_per_job\":%.3f,\"pick\":%s,"
            + "\"pick_work\":%s,\"end\":%s,\"submit\":%s}",
        name,
        chunks,
        picks,
        aboard,
        pick.json(),
        pickWork.json(),
        end.json(),
        submit.json());
  }
}
