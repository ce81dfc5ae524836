package dev.historics.archive.mapping;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** The word somebody probably meant. */
final class Nearest {
  private Nearest() {}

  /** The one of {@code words} that {@code typed} is a slip away from, if there is one. */
  static Optional<String> to(String typed, Collection<String> words) {
    int slipsMax = typed.length() < 4 ? 1 : 2;
    return words.stream()
        .filter(word -> word.length() > slipsMax && slips(typed, word) <= slipsMax)
        .min(Comparator.<String>comparingInt(word -> slips(typed, word)).thenComparing(w -> w));
  }

  /** " (did you mean 'x'?)", or nothing. */
  static String hint(String typed, Collection<String> words) {
    return to(typed, words).map(" (did you mean '%s'?)"::formatted).orElse("");
  }

  /** How many letters are missing, too many, wrong, or swapped with their neighbour. */
  private static int slips(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        d[i][j] = i == 0 ? j : j == 0 ? i : cheapest(a, b, d, i, j);
      }
    }
    return d[a.length()][b.length()];
  }

  private static int cheapest(String a, String b, int[][] d, int i, int j) {
    int wrong = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
    int least = Math.min(d[i - 1][j - 1] + wrong, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(least, d[i - 2][j - 2] + 1) : least;
  }
}
