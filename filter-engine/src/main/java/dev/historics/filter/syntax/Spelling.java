package dev.historics.filter.syntax;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Finds what somebody probably meant to write. */
public final class Spelling {
  /** Longer words are not corrected: nobody mistypes them, and comparing costs the square. */
  private static final int LENGTH_MAX = 100;

  private Spelling() {}

  private record Guess(String word, int distance) {}

  /**
   * The candidates that are a few slips away from {@code word}, nearest first. A slip is one
   * character added, left out or replaced, or two neighbours swapped; one more than an eighth of
   * the characters may be wrong, and what is clearly farther away than the nearest is left out.
   */
  public static List<String> nearest(String word, Collection<String> candidates, int max) {
    if (word.length() > LENGTH_MAX) {
      return List.of();
    }
    List<Guess> guesses = new ArrayList<>();
    for (String candidate : candidates) {
      int allowed = 1 + Math.max(word.length(), candidate.length()) / 8;
      if (Math.abs(candidate.length() - word.length()) <= allowed) {
        int distance = distance(word, candidate);
        if (distance <= allowed && 2 * distance < word.length()) {
          guesses.add(new Guess(candidate, distance));
        }
      }
    }
    guesses.sort(Comparator.comparingInt(Guess::distance).thenComparing(Guess::word));
    return guesses.stream()
        .filter(guess -> guess.distance() <= guesses.get(0).distance() + 1)
        .limit(max)
        .map(Guess::word)
        .toList();
  }

  /** The slips between two words (Damerau–Levenshtein, optimal string alignment). */
  private static int distance(String a, String b) {
    int[] before = new int[b.length() + 1];
    int[] previous = new int[b.length() + 1];
    int[] current = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        boolean same = a.charAt(i - 1) == b.charAt(j - 1);
        int best = Math.min(previous[j] + 1, current[j - 1] + 1);
        best = Math.min(best, previous[j - 1] + (same ? 0 : 1));
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          best = Math.min(best, before[j - 2] + 1);
        }
        current[j] = best;
      }
      int[] free = before;
      before = previous;
      previous = current;
      current = free;
    }
    return previous[b.length()];
  }
}
