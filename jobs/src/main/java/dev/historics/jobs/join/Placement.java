package dev.historics.jobs.join;

import com.google.common.hash.Hashing;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Which reducer joins what. A key that is heavy has places of its own: the more it weighs, the
 * more, on different reducers, so that they all get about the same. Its facts are dealt over them
 * by their ids, and its row goes to each. All other keys go where their hash says. Immutable.
 */
final class Placement implements Serializable {
  private static final long serialVersionUID = 1L;

  /** A heavy key is cut into pieces that are no more than this of a reducer's mean load. */
  private static final double PIECE_MAX = 0.25;

  /**
   * A key is heavy that has so much of a reducer's mean load by its count. As much again may be
   * uncounted: a quarter of a hundredth by the tasks' counters, another by what they do not tell.
   */
  private static final double HEAVY_MIN = 0.005;

  private final int reducers;

  /** The reducers of each heavy key; none for one that is known to have no row. */
  private final HashMap<String, int[]> places;

  private Placement(int reducers, Map<String, int[]> places) {
    this.reducers = reducers;
    this.places = new HashMap<>(places);
  }

  private record Piece(String key, double load) {}

  private record Load(int reducer, double load) {}

  /**
   * Places the heavy keys by how much they weigh.
   *
   * @param keys of all facts
   * @param matched those of {@code keys} that have a row
   */
  static Placement of(int reducers, FrequentKeys keys, Set<String> matched) {
    Map<String, int[]> places = new HashMap<>();
    Map<String, Long> known = keys.atLeast(1);
    long total = keys.total();
    for (Map.Entry<String, Long> alone : known.entrySet()) {
      if (!matched.contains(alone.getKey())) {
        places.put(alone.getKey(), new int[0]);
        total -= alone.getValue();
      }
    }
    double mean = Math.max(1, total) / (double) reducers;
    Map<String, Long> heavy = new HashMap<>();
    known.forEach(
        (key, count) -> {
          if (matched.contains(key) && count >= HEAVY_MIN * mean) {
            heavy.put(key, count);
          }
        });
    placeHeavy(reducers, heavy, mean, places);
    return new Placement(reducers, places);
  }

  /** Cuts keys into pieces and places these, the largest first. */
  private static void placeHeavy(
      int reducers, Map<String, Long> heavy, double mean, Map<String, int[]> places) {
    List<Piece> pieces = new ArrayList<>();
    heavy.forEach(
        (key, count) -> {
          int shards = (int) Math.min(reducers, Math.max(1, Math.ceil(count / (PIECE_MAX * mean))));
          pieces.add(new Piece(key, count / (double) shards));
          places.put(key, new int[shards]);
        });
    pieces.sort(Comparator.comparingDouble(Piece::load).reversed().thenComparing(Piece::key));
    PriorityQueue<Load> loads =
        new PriorityQueue<>(Comparator.comparingDouble(Load::load).thenComparingInt(Load::reducer));
    for (int reducer = 0; reducer < reducers; reducer++) {
      loads.add(new Load(reducer, 0));
    }
    for (Piece piece : pieces) {
      place(piece, places.get(piece.key()), loads);
    }
  }

  /** All pieces of a key are alike and go, largest keys first, to those who have least. */
  private static void place(Piece piece, int[] places, PriorityQueue<Load> loads) {
    List<Load> chosen = new ArrayList<>();
    for (int i = 0; i < places.length; i++) {
      Load least = loads.remove();
      places[i] = least.reducer();
      chosen.add(new Load(least.reducer(), least.load() + piece.load()));
    }
    loads.addAll(chosen);
  }

  /** Whether it is known that no row has this key. */
  boolean isAlone(String key) {
    int[] known = places.get(key);
    return known != null && known.length == 0;
  }

  /**
   * Where a fact goes.
   *
   * @param key that can match
   * @return empty if it is alone
   */
  <V> OptionalInt reducer(String key, V fact, FactIds<V> ids) {
    int[] known = places.get(key);
    if (known == null) {
      return OptionalInt.of(hashed(key, reducers));
    }
    return switch (known.length) {
      case 0 -> OptionalInt.empty();
      case 1 -> OptionalInt.of(known[0]);
      default -> OptionalInt.of(known[hashed(ids.id(fact), known.length)]);
    };
  }

  /** Where the row of a key goes. */
  int[] reducers(String key) {
    int[] known = places.get(key);
    return known == null ? new int[] {hashed(key, reducers)} : Arrays.copyOf(known, known.length);
  }

  /** Hash codes of strings have patterns; this has none. */
  private static int hashed(String text, int count) {
    long hash = Hashing.murmur3_128().hashString(text, StandardCharsets.UTF_8).asLong();
    return (int) Long.remainderUnsigned(hash, count);
  }
}
