package dev.historics.filter;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/** Rules and interactions that meet often enough, with everything that is hard about text. */
final class RandomRules {
  static final TargetDictionary TARGETS =
      TargetDictionary.standard()
          .with(
              List.of(
                  new Target("t.words", ValueType.TEXT, true, ""),
                  new Target("t.count", ValueType.INT, true, ""),
                  new Target("t.ratio", ValueType.FLOAT, true, ""),
                  new Target("t.place", ValueType.GEO, false, "")));

  private static final List<String> TEXT_TARGETS =
      List.of("interaction.content", "interaction.title", "t.words");

  /** Kelvin sign, dotted capital I, Greek question mark and varia, sigmas, marks, emoji, CJK. */
  private static final List<String> PIECES =
      List.of(
          "k",
          "K",
          "\u212A",
          "i",
          "I",
          "\u0130",
          "ı",
          ";",
          "\u037E",
          "`",
          "\u1FEF",
          "ki",
          "Kick",
          "kicK",
          "sik",
          "café",
          "cafe\u0301",
          "CAFÉ",
          "cafe",
          "Σ",
          "ς",
          "σ",
          "ΟΔΟΣ",
          "οδος",
          "ß",
          "ẞ",
          "Å",
          "\u212B",
          "A\u030A",
          "=",
          "=\u0338",
          "≠",
          "<",
          "\u0338",
          "q\u0303",
          "\u0307",
          "i\u0307",
          "😂",
          "help",
          "help😂",
          "天気",
          "天",
          "\uFB01",
          "\u1E9B\u0323",
          "e\u0323\u0301",
          "$",
          "$AAPL",
          "aapl",
          "'",
          "I'm",
          "im",
          "“a”",
          "‵",
          "″",
          "⌈",
          ".",
          "...",
          "new york",
          "New",
          "york",
          "a",
          "b",
          "ab",
          "42",
          "-",
          "_",
          "a_b",
          "#a",
          "@",
          "\u0000",
          "\u000B",
          "\u00A0",
          "\u2003",
          "привет",
          "ПРИВЕТ",
          "й",
          "и\u0306",
          "the quick brown fox");

  private static final List<String> GLUE = List.of("", "", " ", " ", "  ", "\t", "\n", "\f", ", ");

  private static final List<Long> COUNTS =
      List.of(
          0L, 1L, -1L, 5L, Long.MAX_VALUE, Long.MIN_VALUE, 9007199254740993L, 9007199254740992L);

  private static final List<Double> RATIOS =
      List.of(0.0, -0.0, 9.9, 0.1, 1e300, -5.25, 9007199254740992.0, 4.9E-324);

  private static final List<String> NUMBERS =
      List.of(
          "0",
          "1",
          "-1",
          "5",
          "5.0",
          "4.5",
          "9.9",
          "0.1",
          "9223372036854775807",
          "9223372036854775808",
          "-9223372036854775809",
          "9007199254740993",
          "9007199254740992",
          "1e300",
          "-5.25",
          "1e-320",
          ".5",
          "+1");

  private final SplittableRandom random;

  RandomRules(long seed) {
    this.random = new SplittableRandom(seed);
  }

  String rule(int depth) {
    return switch (depth == 0 ? 0 : random.nextInt(6)) {
      case 1, 2 -> "(" + rule(depth - 1) + " AND " + rule(depth - 1) + ")";
      case 3 -> "(" + rule(depth - 1) + " or " + rule(depth - 1) + " or " + rule(0) + ")";
      case 4 -> "not " + rule(depth - 1);
      default -> condition();
    };
  }

  private String condition() {
    return switch (random.nextInt(12)) {
      case 0 ->
          Seeds.oneOf(random, List.of("t.words", "t.count", "t.ratio", "t.place")) + " exists";
      case 1 ->
          "t.count in ["
              + random
                  .ints(3, 0, COUNTS.size())
                  .mapToObj(COUNTS::get)
                  .map(String::valueOf)
                  .collect(Collectors.joining(","))
              + "]";
      case 2, 3 ->
          Seeds.oneOf(random, List.of("t.count", "t.ratio"))
              + comparison()
              + Seeds.oneOf(random, NUMBERS);
      case 4 -> textTarget() + " in " + list(1 + random.nextInt(4));
      case 5, 6 -> textTarget() + comparison() + quoted(text(3));
      case 7 -> textTarget() + " substr " + quoted(text(2));
      case 8 -> textTarget() + " any " + list(1 + random.nextInt(12));
      case 9 -> textTarget() + " contains_all " + list(1 + random.nextInt(3));
      default -> textTarget() + " contains " + quoted(text(2));
    };
  }

  private String comparison() {
    return " " + Seeds.oneOf(random, List.of("==", "!=", "<", "<=", ">", ">=")) + " ";
  }

  private String textTarget() {
    return Seeds.oneOf(random, TEXT_TARGETS) + (random.nextInt(4) == 0 ? " cs" : "");
  }

  private String list(int size) {
    List<String> items = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      items.add(text(2).replace("\\", "\\\\").replace("\"", "\\\"").replace(",", "\\,"));
    }
    return "\"" + String.join(" , ", items) + "\"";
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  /** Up to {@code max} pieces, at least one. */
  private String text(int max) {
    StringBuilder text = new StringBuilder(Seeds.oneOf(random, PIECES));
    for (int more = random.nextInt(max); more > 0; more--) {
      text.append(Seeds.oneOf(random, GLUE)).append(Seeds.oneOf(random, PIECES));
    }
    return text.toString();
  }

  Map<String, List<Object>> interaction() {
    Map<String, List<Object>> values = new HashMap<>();
    for (String target : TEXT_TARGETS) {
      List<Object> texts = new ArrayList<>();
      for (int count = random.nextInt(target.equals("t.words") ? 4 : 2); count > 0; count--) {
        texts.add(random.nextInt(8) == 0 ? "" : text(random.nextInt(4) == 0 ? 12 : 3));
      }
      values.put(target, texts);
    }
    values.put("t.count", some(COUNTS));
    values.put("t.ratio", some(RATIOS));
    values.put("t.place", random.nextBoolean() ? List.of("here") : List.of());
    return values;
  }

  private <T> List<Object> some(List<T> choices) {
    List<Object> values = new ArrayList<>();
    for (int count = random.nextInt(3); count > 0; count--) {
      values.add(Seeds.oneOf(random, choices));
    }
    return values;
  }
}
