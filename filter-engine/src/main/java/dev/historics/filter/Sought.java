package dev.historics.filter;

import dev.historics.filter.text.Cutting;
import dev.historics.filter.text.Folding;
import dev.historics.filter.text.LiteralIndex;
import dev.historics.filter.text.TextScan;
import dev.historics.filter.text.WordIndex;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a check looks for in texts, said so that one pass over a column can look for what many
 * checks do. A text that passes the check holds one of {@code sure} or one of {@code maybe}.
 */
sealed interface Sought {
  /** Those of which any makes a text pass. */
  List<String> sure();

  /** Those that say no more than that a text may pass. */
  List<String> maybe();

  /** What is looked at, for people. */
  String kind();

  /** What has to be equal for two checks on a target to share a pass. */
  Object manner();

  /** Scans for what several checks look for: an entry has the number of its place. */
  Supplier<TextScan> scans(List<String> entries);

  /** Roughly the nanoseconds that a pass over a row takes. */
  int passCost();

  /** Roughly the nanoseconds that a row takes if the check is asked on its own. */
  int costAlone();

  /** The share of texts in which one of them is found, roughly. */
  double share();

  /** Words, as {@code cutting} makes them. */
  record Words(Cutting cutting, List<String> sure, List<String> maybe) implements Sought {
    public Words {
      sure = List.copyOf(sure);
      maybe = List.copyOf(maybe);
    }

    /** For any of some phrases: each by its rarest word. */
    static Words any(List<List<String>> phrases, Cutting cutting) {
      Map<Boolean, List<String>> words =
          phrases.stream()
              .collect(
                  Collectors.partitioningBy(
                      phrase -> phrase.size() == 1,
                      Collectors.mapping(Words::rarest, Collectors.toList())));
      return new Words(cutting, words.get(true), words.get(false));
    }

    /** For all of some phrases: the rarest of their words. */
    static Words all(List<List<String>> phrases, Cutting cutting) {
      if (phrases.size() == 1) {
        return any(phrases, cutting);
      }
      List<String> words = phrases.stream().flatMap(List::stream).toList();
      return new Words(cutting, List.of(), List.of(rarest(words)));
    }

    private static String rarest(List<String> words) {
      return Collections.min(words, Comparator.comparingDouble(Sought::shareOf));
    }

    @Override
    public String kind() {
      return "words";
    }

    @Override
    public Object manner() {
      return cutting;
    }

    @Override
    public Supplier<TextScan> scans(List<String> entries) {
      return new WordIndex(entries, cutting)::scan;
    }

    @Override
    public int passCost() {
      return 180;
    }

    @Override
    public int costAlone() {
      return 40 + 10 * Math.min(sure.size() + maybe.size(), PhraseTest.SEARCHES_MAX);
    }

    @Override
    public double share() {
      return Stream.concat(sure.stream(), maybe.stream()).mapToDouble(Sought::shareOf).sum();
    }
  }

  /**
   * Literals anywhere.
   *
   * @param maybe ASCII, of {@value LiteralIndex#LENGTH_MIN} characters or more
   */
  record Literals(Folding folding, List<String> maybe) implements Sought {
    public Literals {
      maybe = List.copyOf(maybe);
    }

    /** Those of which a text holds one; nothing if one of them is too short to be looked for. */
    static Optional<Sought> of(Folding folding, List<String> literals) {
      return literals.stream().allMatch(literal -> literal.length() >= LiteralIndex.LENGTH_MIN)
          ? Optional.of(new Literals(folding, literals))
          : Optional.empty();
    }

    @Override
    public List<String> sure() {
      return List.of();
    }

    @Override
    public String kind() {
      return "literals";
    }

    @Override
    public Object manner() {
      return folding;
    }

    @Override
    public Supplier<TextScan> scans(List<String> entries) {
      return new LiteralIndex(entries, folding)::scan;
    }

    @Override
    public int passCost() {
      return 240;
    }

    @Override
    public int costAlone() {
      return 50 * maybe.size();
    }

    @Override
    public double share() {
      return 2 * maybe.stream().mapToDouble(Sought::shareOf).sum();
    }
  }

  /** Whole texts, folded; without the white space around them if {@code trimmed}. */
  record Values(Folding folding, boolean trimmed, List<String> sure) implements Sought {
    /** Longer lists have a set of their own, which takes less room. */
    static final int VALUES_MAX = 1000;

    public Values {
      sure = List.copyOf(sure);
    }

    /** How whole texts are compared. */
    private record Manner(Folding folding, boolean trimmed) {}

    @Override
    public List<String> maybe() {
      return List.of();
    }

    @Override
    public String kind() {
      return "whole texts";
    }

    @Override
    public Object manner() {
      return new Manner(folding, trimmed);
    }

    @Override
    public Supplier<TextScan> scans(List<String> entries) {
      WordIndex index = new WordIndex(entries, Cutting.standard(folding));
      return () -> index.scanWhole(trimmed);
    }

    @Override
    public int passCost() {
      return 60;
    }

    @Override
    public int costAlone() {
      return 10;
    }

    @Override
    public double share() {
      return 0.05 * sure.size();
    }
  }

  /** The share of texts that have a word; the longer it is, the rarer, up to a length. */
  private static double shareOf(String word) {
    boolean mark = word.codePoints().noneMatch(Character::isLetterOrDigit);
    return mark ? 1 : Math.pow(2, -Math.min(8, word.length()));
  }
}
