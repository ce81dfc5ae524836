package dev.historics.bench;

import dev.historics.filter.TextColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Made-up texts of the length of a tweet: words from a vocabulary in which few are frequent. The
 * same seed gives the same texts.
 *
 * @param vocabulary the most frequent word first
 * @param rows the texts
 */
record Texts(List<String> vocabulary, List<String> rows) {
  /** The rows of a batch of a scan. */
  static final int ROWS = 4_096;

  private static final int VOCABULARY = 20_000;
  private static final int WORDS = 15;

  Texts {
    vocabulary = List.copyOf(vocabulary);
    rows = List.copyOf(rows);
  }

  /**
   * Makes them up.
   *
   * @param odd the share of texts in which a word has a letter beyond ASCII, 0 to 1
   */
  static Texts of(double odd) {
    SplittableRandom random = new SplittableRandom(7);
    List<String> vocabulary = new ArrayList<>();
    for (int i = 0; i < VOCABULARY; i++) {
      vocabulary.add(
          IntStream.range(0, 3 + random.nextInt(7))
              .mapToObj(letter -> String.valueOf((char) ('a' + random.nextInt(26))))
              .collect(Collectors.joining()));
    }
    List<String> rows = new ArrayList<>();
    for (int row = 0; row < ROWS; row++) {
      String text =
          IntStream.range(0, WORDS)
              .mapToObj(i -> vocabulary.get((int) (VOCABULARY * Math.pow(random.nextDouble(), 3))))
              .collect(Collectors.joining(" "));
      rows.add(random.nextDouble() < odd ? "Café " + text : text);
    }
    return new Texts(vocabulary, rows);
  }

  /** The texts as a column. */
  TextColumn column() {
    TextColumn.Builder column = new TextColumn.Builder();
    for (String row : rows) {
      column.add(row);
      column.endRow();
    }
    return column.build();
  }
}
