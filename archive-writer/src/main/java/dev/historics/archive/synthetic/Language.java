package dev.historics.archive.synthetic;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The words of one language, the most frequent first. Never changes; shared by threads. */
final class Language {
  private static final int WORDS = 6000;
  private static final String RESOURCE = "languages.txt";

  private final String tag;
  private final int perCent;
  private final boolean spaced;
  private final List<Fragment> words;
  private final List<Fragment> capitalised;

  private Language(String tag, int perCent, boolean spaced, List<String> words) {
    this.tag = tag;
    this.perCent = perCent;
    this.spaced = spaced;
    this.words = words.stream().map(Fragment::of).toList();
    this.capitalised = words.stream().map(Language::capitalised).map(Fragment::of).toList();
  }

  private static String capitalised(String word) {
    int first = word.offsetByCodePoints(0, 1);
    return word.substring(0, first).toUpperCase(Locale.ROOT) + word.substring(first);
  }

  /** The languages that ship with this class, their rare words made up by {@code dice}. */
  static List<Language> all(Dice dice) {
    List<Language> languages = new ArrayList<>();
    try (InputStream in = Language.class.getResourceAsStream(RESOURCE);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      List<List<String>> described =
          lines
              .lines()
              .filter(line -> !line.startsWith("#"))
              .map(line -> List.of(line.split(" ")))
              .toList();
      for (int i = 0; i < described.size(); i += 3) {
        List<String> head = described.get(i);
        languages.add(
            new Language(
                head.get(1),
                Integer.parseInt(head.get(2)),
                head.get(3).equals("spaced"),
                words(tail(described.get(i + 1)), tail(described.get(i + 2)), dice)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return languages;
  }

  private static List<String> tail(List<String> line) {
    return line.subList(1, line.size());
  }

  private static List<String> words(List<String> frequent, List<String> pieces, Dice dice) {
    Set<String> words = new LinkedHashSet<>(frequent);
    while (words.size() < WORDS) {
      StringBuilder word = new StringBuilder();
      for (int left = 2 + dice.below(3); left > 0; left--) {
        word.append(pieces.get(dice.below(pieces.size())));
      }
      words.add(word.toString());
    }
    return List.copyOf(words);
  }

  String tag() {
    return tag;
  }

  /** The share of the authors who write it. */
  int perCent() {
    return perCent;
  }

  int size() {
    return words.size();
  }

  Fragment word(int rank) {
    return words.get(rank);
  }

  Fragment capitalisedWord(int rank) {
    return capitalised.get(rank);
  }

  /** Whether there are spaces between words. */
  boolean isSpaced() {
    return spaced;
  }
}
