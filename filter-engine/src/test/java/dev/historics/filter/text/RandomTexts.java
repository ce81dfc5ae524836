package dev.historics.filter.text;

import dev.historics.filter.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Texts and cuttings with everything that is hard about characters, and few enough to meet. */
public final class RandomTexts {
  /** What folding leaves in the sets where it was, alone and next to anything. */
  private static final List<String> STEADY =
      List.of(
          "a",
          "b",
          "A",
          "ab",
          "k",
          "K",
          "\u212A",
          "\u0130",
          "i",
          "I",
          "ı",
          "e",
          "\u0301",
          "\u00E9",
          "J",
          "j",
          "\u030C",
          "Σ",
          "ς",
          "σ",
          "ß",
          "ẞ",
          "Å",
          "\u212B",
          "ﬁ",
          "天",
          "気",
          "\uF900",
          "か",
          "\u3099",
          "が",
          "カ",
          "ー",
          "ｶﾞ",
          "葛\uDB40\uDD00",
          "\uD840\uDC0B",
          "한",
          "\u1112\u1161",
          "😂",
          "👩\u200D👩",
          "#\uFE0F\u20E3",
          "7",
          "$",
          "€",
          "-",
          "_",
          "'",
          "’",
          "“",
          "⌈",
          ".",
          ",",
          "#",
          "@",
          "*",
          "?",
          " ",
          " ",
          "\t",
          "\n",
          "\f",
          "\u000B",
          "\u0085",
          "\u009F",
          "\u00A0",
          "\u2028",
          "\u0000",
          "\u202E",
          "\u200F",
          "שלום",
          "ب",
          "\u064B",
          "\uE000",
          "\uFFFD");

  /** What folding takes from one set to another, and what is no character at all. */
  private static final List<String> MOVING =
      List.of("\u037E", "\u1FEF", "=", "<", "\u0338", "≠", "\uD83D", "\uDE02");

  private static final List<String> SETS =
      List.of("default", "classic", "extended", "Pc", "Pd", "Po", "Sc", "So", "Zs", "Cf", "Co");

  private static final List<String> LETTERS_AND_MARKS = List.of("Lu", "Ll", "Lo", "Mn", "M", "Sm");

  private final SplittableRandom random;

  /** Draws from {@code random}. */
  public RandomTexts(SplittableRandom random) {
    this.random = random;
  }

  /** At most so many pieces, of all kinds. */
  public String text(int piecesMax) {
    return text(piecesMax, 8);
  }

  /** At most so many pieces, which may be folded before or after they are cut. */
  String steadyText(int piecesMax) {
    return text(piecesMax, 0);
  }

  private String text(int piecesMax, int movingPercent) {
    StringBuilder text = new StringBuilder();
    for (int count = random.nextInt(piecesMax + 1); count > 0; count--) {
      text.append(Seeds.oneOf(random, random.nextInt(100) < movingPercent ? MOVING : STEADY));
    }
    return text.toString();
  }

  /** Any cutting. */
  public Cutting cutting() {
    return cutting(union(SETS, LETTERS_AND_MARKS));
  }

  /** A cutting by sets in which folding leaves each character. */
  Cutting steadyCutting() {
    return cutting(SETS);
  }

  private Cutting cutting(List<String> names) {
    Cutting cutting = Cutting.standard(Seeds.oneOf(random, List.of(Folding.values())));
    if (random.nextInt(3) == 0) {
      return cutting;
    }
    return cutting
        .keeping(set(names))
        .dropping(random.nextBoolean() ? set(names) : CharacterSet.NONE)
        .with(Seeds.oneOf(random, List.of(Cutting.Ideographs.values())));
  }

  private CharacterSet set(List<String> names) {
    CharacterSet set = CharacterSet.NONE;
    for (int count = random.nextInt(3); count > 0; count--) {
      set = set.union(CharacterSet.named(Seeds.oneOf(random, names)).orElseThrow());
    }
    return set;
  }

  private static List<String> union(List<String> a, List<String> b) {
    List<String> both = new ArrayList<>(a);
    both.addAll(b);
    return both;
  }
}
