package dev.historics.bench;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Words of the contents, for rules: from frequent to rare.
 *
 * @param ranked the most frequent first
 */
record Words(List<String> ranked) {
  /** The most frequent words are nobody's rules. */
  private static final int SKIPPED = 50;

  private static final int RANKED = 10_000;

  Words {
    ranked = List.copyOf(ranked);
  }

  /** Counts the words of four and more letters from a to z. */
  static Words of(DuckDb duck, Path file) throws SQLException {
    return new Words(
        duck.column(
            """
            SELECT word FROM (
              SELECT unnest(list_distinct(regexp_extract_all(lower(interaction.content), '[a-z]{4,}'))) AS word
              FROM %s)
            GROUP BY word ORDER BY count(*) DESC, word LIMIT %d OFFSET %d
            """
                .formatted(DuckDb.parquet(file), RANKED, SKIPPED)));
  }

  /** Words from all ranks; the data having too few, also words that are in none of it. */
  List<String> take(int count) {
    List<String> taken = new ArrayList<>();
    int known = Math.min(count, ranked.size());
    for (int i = 0; i < known; i++) {
      taken.add(ranked.get((int) ((i + 0.5) * ranked.size() / known)));
    }
    for (int i = known; i < count; i++) {
      taken.add(String.format(Locale.ROOT, "nowhere%d", i));
    }
    return taken;
  }

  /** The word that comes nearest to being in a share of the rows. */
  static String inShare(DuckDb duck, Path file, double share) throws SQLException {
    return duck.column(
            """
            WITH words AS (
              SELECT unnest(list_distinct(regexp_extract_all(lower(interaction.content), '[a-z]{3,}'))) AS word
              FROM %1$s)
            SELECT word FROM words GROUP BY word
            ORDER BY abs(ln(count(*) / ((SELECT count(*) FROM %1$s) * %2$f))), word LIMIT 1
            """
                .formatted(DuckDb.parquet(file), share))
        .get(0);
  }
}
