package dev.historics.schedule.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Who had chunks waiting and what she got meanwhile, by weight. Users are numbered from 0; times
 * are in milliseconds and never go back. Owned by one thread.
 */
final class Fairness {
  private static final long NEVER = Long.MAX_VALUE;

  private final long window;
  private final double[] weights;
  private final int[] waiting;

  /** Since when each user has had chunks waiting, else {@link #NEVER}. */
  private final long[] backloggedSince;

  /** When each user last had a chunk started, or began to wait. */
  private final long[] servedAt;

  /** The number of the first job since then. */
  private final long[] firstJob;

  private final Crowd crowd = new Crowd();
  private final Map<Long, double[]> charges = new HashMap<>();
  private final List<Double> indices = new ArrayList<>();
  private int backlogged;
  private double backloggedWeight;
  private long chunksWaiting;
  private long jobs;
  private final double[] gapRounds;
  private long largestGap;
  private long nextWindow = 1;

  /**
   * @param weights of each user: who has twice as much is to get twice as much, and twice as often;
   *     multiples of a power of two, so that their sums are exact
   */
  Fairness(double[] weights, long window) {
    int users = weights.length;
    this.window = window;
    this.weights = weights.clone();
    this.waiting = new int[users];
    this.backloggedSince = new long[users];
    this.servedAt = new long[users];
    this.firstJob = new long[users];
    this.gapRounds = new double[users];
    Arrays.fill(backloggedSince, NEVER);
  }

  /** Time has come to be {@code now}. */
  void advance(long now) {
    while (nextWindow * window <= now) {
      close(nextWindow * window);
      nextWindow++;
    }
  }

  private void close(long end) {
    double[] charged = charges.remove(nextWindow);
    double sum = 0;
    double squares = 0;
    int users = 0;
    for (int user = 0; user < waiting.length; user++) {
      if (backloggedSince[user] <= end - window) {
        double work = charged == null ? 0 : charged[user] / weights[user];
        sum += work;
        squares += work * work;
        users++;
      }
    }
    indices.add(users < 2 || squares == 0 ? Double.NaN : sum * sum / (users * squares));
  }

  void wait(int user, int chunks, long now) {
    if (waiting[user] == 0) {
      backlogged++;
      backloggedWeight += weights[user];
      backloggedSince[user] = now;
      servedAt[user] = now;
      firstJob[user] = jobs;
    }
    waiting[user] += chunks;
    chunksWaiting += chunks;
  }

  /** The chunks wait no longer, without having been started. */
  void withdraw(int user, int chunks) {
    waiting[user] -= chunks;
    chunksWaiting -= chunks;
    if (waiting[user] == 0) {
      backlogged--;
      backloggedWeight -= weights[user];
      backloggedSince[user] = NEVER;
    }
  }

  /** A job starts; each of its chunks is then {@link #serve}d. */
  void job() {
    crowd.is(backloggedWeight, jobs);
    jobs++;
  }

  /** A chunk of the user starts. */
  void serve(int user, long now) {
    double round = crowd.mostSince(firstJob[user]) / weights[user];
    gapRounds[user] = Math.max(gapRounds[user], (jobs - firstJob[user]) / round);
    largestGap = Math.max(largestGap, now - servedAt[user]);
    firstJob[user] = jobs;
    servedAt[user] = now;
    withdraw(user, 1);
  }

  /** The user is charged {@code work}, done evenly from {@code start} to {@code end}. */
  void charge(int user, double work, long start, long end) {
    for (long number = start / window + 1; (number - 1) * window < end; number++) {
      long from = Math.max(start, (number - 1) * window);
      long to = Math.min(end, number * window);
      charges.computeIfAbsent(number, each -> new double[waiting.length])[user] +=
          work * (to - from) / (end - start);
    }
  }

  int waitingUsers() {
    return backlogged;
  }

  long chunksWaiting() {
    return chunksWaiting;
  }

  /** How many windows are over. */
  int windows() {
    return indices.size();
  }

  /** Jain's index of a window that is over; NaN where fewer than two users waited throughout. */
  double index(int window) {
    return indices.get(window);
  }

  double largestGapRounds() {
    return Arrays.stream(gapRounds).max().orElse(0);
  }

  /** The longest that the user saw none of her waiting chunks start. */
  double gapRounds(int user) {
    return gapRounds[user];
  }

  long largestGapMillis() {
    return largestGap;
  }
}
