package dev.historics.schedule.simulation;

import dev.historics.schedule.Volume;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Watches a run and tells its figures in the end. Times are in milliseconds. One thread's. */
final class Meter {
  private final Workload workload;
  private final int slots;
  private final long chunkMillis;
  private final Fairness fairness;
  private final long[] finished;
  private final List<String> users;
  private final List<Window> windows = new ArrayList<>();
  private long unfinished;
  private int busy;
  private double idle;
  private long scans;
  private long started;
  private long scansBefore;
  private long startedBefore;
  private long failures;
  private long served;
  private long last;

  /**
   * @param users their names, in the order of their numbers
   * @param weights as {@link Fairness} takes them
   */
  Meter(Workload workload, List<String> users, double[] weights) {
    this.workload = workload;
    this.slots = workload.cluster().slots();
    this.chunkMillis = Math.max(1, Math.round(workload.chunkSeconds() * 1000));
    this.users = List.copyOf(users);
    this.fairness = new Fairness(weights, chunkMillis * Simulation.WINDOW);
    this.finished = new long[workload.submissions().size()];
  }

  long chunkMillis() {
    return chunkMillis;
  }

  /** How many queries were submitted and are not over. */
  long unfinished() {
    return unfinished;
  }

  /** Whether chunks wait although slots are free. */
  boolean idle() {
    return busy < slots && fairness.chunksWaiting() > 0;
  }

  void advance(long from, long to) {
    if (idle()) {
      idle += (double) (slots - busy) * (to - from);
    }
    fairness.advance(to);
    while (fairness.windows() > windows.size()) {
      windows.add(
          new Window(
              fairness.index(windows.size()),
              fairness.chunksWaiting(),
              scans - scansBefore,
              started - startedBefore));
      scansBefore = scans;
      startedBefore = started;
    }
  }

  void submitted(int user, int query) {
    Submission submission = workload.submissions().get(query);
    unfinished++;
    fairness.wait(user, submission.volumes().size(), submission.at());
  }

  /** A job starts; each of its chunks is then {@link #served}. */
  void started() {
    scans++;
    busy++;
    fairness.job();
  }

  void served(int user, double charge, long start, long end) {
    started++;
    fairness.serve(user, start);
    fairness.charge(user, charge, start, end);
  }

  void ended(boolean failed) {
    busy--;
    failures += failed ? 1 : 0;
  }

  /** A chunk has to be run again. */
  void waits(int user, long now) {
    fairness.wait(user, 1, now);
  }

  /** One more chunk is done. */
  void done() {
    served++;
  }

  /** When each query ended, once all have. */
  long[] finished() {
    return finished.clone();
  }

  int waitingUsers() {
    return fairness.waitingUsers();
  }

  void finished(int query, long now) {
    finished[query] = now;
    unfinished--;
    last = now;
  }

  Run run() {
    double[] indices =
        windows.stream()
            .mapToDouble(Window::fairness)
            .filter(index -> !Double.isNaN(index))
            .toArray();
    double[] slowdowns = slowdowns();
    Figures figures =
        new Figures(
            finished.length,
            workload.chunks(),
            Arrays.stream(indices).average().orElse(Double.NaN),
            Arrays.stream(indices).min().orElse(Double.NaN),
            fairness.largestGapRounds(),
            inChunks((double) fairness.largestGapMillis()),
            scans,
            failures,
            (double) served / (scans - failures),
            inChunks((double) (last - workload.submissions().get(0).at())),
            last / leastMillis(),
            inChunks(idle),
            classes(slowdowns),
            Eta.NONE);
    return new Run(figures, windows, slowdownsBySize(slowdowns), gaps(), Run.Misses.NONE);
  }

  private Map<String, Double> gaps() {
    Map<String, Double> gaps = new LinkedHashMap<>();
    for (int user = 0; user < users.size(); user++) {
      gaps.put(users.get(user), fairness.gapRounds(user));
    }
    return gaps;
  }

  private double inChunks(double millis) {
    return millis / chunkMillis;
  }

  private double[] slowdowns() {
    double[] slowdowns = new double[finished.length];
    for (int i = 0; i < finished.length; i++) {
      Submission submission = workload.submissions().get(i);
      double alone = Math.max((double) chunkMillis, workload.aloneSeconds(submission) * 1000);
      slowdowns[i] = Math.max(1, (finished[i] - submission.at()) / alone);
    }
    return slowdowns;
  }

  private Figures.Slowdowns classes(double[] slowdowns) {
    return new Figures.Slowdowns(
        Spread.of(some(slowdowns, Meter::isSmall)),
        Spread.of(some(slowdowns, Meter::isMedium)),
        Spread.of(some(slowdowns, Meter::isLarge)),
        Spread.of(slowdowns));
  }

  private Run.Slowdowns slowdownsBySize(double[] slowdowns) {
    return new Run.Slowdowns(
        sorted(some(slowdowns, Meter::isSmall)),
        sorted(some(slowdowns, Meter::isMedium)),
        sorted(some(slowdowns, Meter::isLarge)));
  }

  private static boolean isSmall(int days) {
    return days <= Figures.Slowdowns.SMALL_MAX;
  }

  private static boolean isMedium(int days) {
    return !isSmall(days) && !isLarge(days);
  }

  private static boolean isLarge(int days) {
    return days > Figures.Slowdowns.MEDIUM_MAX;
  }

  /** Those of queries with so many days. */
  private double[] some(double[] slowdowns, IntPredicate days) {
    return IntStream.range(0, slowdowns.length)
        .filter(i -> days.test(workload.submissions().get(i).volumes().size()))
        .mapToDouble(i -> slowdowns[i])
        .toArray();
  }

  private static List<Double> sorted(double[] values) {
    return Arrays.stream(values).sorted().boxed().toList();
  }

  /** When everything could be over at the earliest, whatever the order. */
  private double leastMillis() {
    Map<LocalDate, Double> days = new HashMap<>();
    double longest = 0;
    for (Submission submission : workload.submissions()) {
      LocalDate day = LocalDate.ofInstant(submission.request().start(), ZoneOffset.UTC);
      for (Volume volume : submission.volumes()) {
        days.merge(day, workload.cluster().seconds(volume.bytes(), 1), Math::max);
        day = day.plusDays(1);
      }
      longest = Math.max(longest, submission.at() + workload.aloneSeconds(submission) * 1000);
    }
    double sum = days.values().stream().mapToDouble(Double::doubleValue).sum();
    return Math.max(longest, sum * 1000 / slots);
  }
}
