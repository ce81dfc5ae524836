package dev.historics.schedule;

import dev.historics.schedule.Account.Kind;
import java.util.Comparator;
import java.util.NavigableSet;
import java.util.TreeSet;

/** Whoever shares: everybody, a group, or a user. Owned by {@link FairTurns}. */
final class Share {
  /** Whose turn it is first. */
  static final Comparator<Share> TURN =
      Comparator.comparingDouble((Share share) -> share.mark)
          .thenComparingLong(share -> share.since)
          .thenComparing(share -> share.kind)
          .thenComparing(share -> share.name);

  /** Which of a user's queries goes first. */
  static final Comparator<LiveQuery> PATIENCE =
      Comparator.comparing(LiveQuery::head, QueryHead.URGENT);

  /** Weights are counted in such parts, so that sums of them are exact in whatever order. */
  private static final double PARTS = 1024;

  final Kind kind;
  final String name;

  /** Null for everybody. */
  final Share parent;

  final double weight;
  private final double halfLifeMillis;

  /** Those below who have something to start, whose turn it is first. */
  private final TreeSet<Share> line = new TreeSet<>(TURN);

  /** A user's queries with chunks to start. */
  private final TreeSet<LiveQuery> queries = new TreeSet<>(PATIENCE);

  private double lineWeight;
  private double charged;
  private double mark;
  private double level;
  private double due;
  private long since;
  private long at;

  Share(Kind kind, String name, Share parent, Fairness fairness) {
    this.kind = kind;
    this.name = name;
    this.parent = parent;
    this.weight = Math.max(1, Math.rint(fairness.weight(name) * PARTS)) / PARTS;
    this.halfLifeMillis = fairness.halfLife().toMillis();
  }

  NavigableSet<Share> line() {
    return line;
  }

  NavigableSet<LiveQuery> queries() {
    return queries;
  }

  boolean idle() {
    return line.isEmpty() && queries.isEmpty();
  }

  double lineWeight() {
    return lineWeight;
  }

  /** When it is to have a turn at the latest, in rounds; for everybody, the rounds there were. */
  double due() {
    return due;
  }

  void due(double rounds) {
    due = rounds;
  }

  /** How far it is ahead of those it shares with, in seconds by weight. */
  double lead(long now) {
    double halves = Math.max(0, now - at) / halfLifeMillis;
    return Math.max(0, mark - parent.level) * StrictMath.pow(0.5, halves);
  }

  /** Has something to start from now on, because of a query of that number. */
  void enter(long query, long now) {
    fade(now);
    since = query;
    parent.line.add(this);
    parent.lineWeight += weight;
  }

  void leave() {
    parent.line.remove(this);
    parent.lineWeight -= weight;
  }

  /** Takes a turn: who comes anew starts from here. */
  void turn() {
    parent.level = Math.max(parent.level, mark);
  }

  void charge(double seconds, long now) {
    boolean listed = parent.line.remove(this);
    fade(now);
    charged += seconds;
    mark += seconds / weight;
    relist(listed);
  }

  void giveBack(double seconds) {
    boolean listed = parent.line.remove(this);
    charged -= seconds;
    mark = Math.max(mark - seconds / weight, parent.level);
    relist(listed);
  }

  /** For everybody, who has no turn. */
  void count(double seconds) {
    charged += seconds;
  }

  /** Forgets a part of what it is ahead, and all that it is behind. */
  private void fade(long now) {
    mark = parent.level + lead(now);
    at = now;
  }

  private void relist(boolean listed) {
    if (listed) {
      parent.line.add(this);
    }
  }

  Account account() {
    return new Account(kind, name, charged, mark, level, due, since, at);
  }

  void restore(Account account) {
    boolean listed = parent != null && parent.line.remove(this);
    charged = account.chargedSeconds();
    mark = account.mark();
    level = account.level();
    due = account.due();
    since = account.since();
    at = account.at();
    relist(listed);
  }
}
