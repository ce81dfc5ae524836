package dev.historics.filter;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * What stands between the quotes of a rule: drawn from texts, so that rules and records meet, and
 * sometimes bent a little, so that they only nearly do.
 */
final class RandomTerms {
  private static final List<String> BENT =
      List.of("x", "\u0301", "😂", "\u212A", "ß", ".", "-", " ", "i", "\u0130", "é", "#");

  private static final String REGEX_SIGNS = "\\.+*?()|[]{}^$";

  private static final List<String> QUANTIFIERS =
      List.of("*", "+", "?", "{1}", "{0,2}", "{1,}", "*?", "+?", "??");

  private final SplittableRandom random;
  private final ReferenceText texts = new ReferenceText();

  RandomTerms(SplittableRandom random) {
    this.random = random;
  }

  /** As text in double quotes. */
  static String quoted(String text) {
    return "\"" + escaped(text) + "\"";
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"");
  }

  /** As a list in double quotes. */
  String list(List<String> items) {
    String glue = Seeds.oneOf(random, List.of(", ", ",", " , ", ",\n  "));
    return items.stream()
        .map(item -> escaped(item).replace(",", "\\,"))
        .collect(Collectors.joining(glue, "\"", "\""));
  }

  /** One to {@code max} words that stand together in {@code text}; bent one time in six. */
  String phrase(String text, ReferenceText.Cut cut, int max) {
    List<String> words = texts.wordsOf(text, true, cut);
    if (words.isEmpty()) {
      return "nothing";
    }
    int from = random.nextInt(words.size());
    int to = Math.min(words.size(), from + 1 + random.nextInt(max));
    String phrase = String.join(" ", words.subList(from, to));
    return random.nextInt(6) == 0 ? bent(phrase) : phrase;
  }

  /** A stretch of {@code text}, not longer than {@code max} characters. */
  String stretch(String text, int max) {
    int[] characters = text.codePoints().toArray();
    int from = random.nextInt(characters.length);
    int to = Math.min(characters.length, from + 1 + random.nextInt(max));
    String stretch = new String(characters, from, to - from);
    return random.nextInt(6) == 0 ? bent(stretch) : stretch;
  }

  /** Nearly {@code text}; sometimes it means the same. */
  String bent(String text) {
    int[] characters = text.codePoints().toArray();
    int at = random.nextInt(characters.length);
    String before = new String(characters, 0, at);
    String after = new String(characters, at, characters.length - at);
    return switch (random.nextInt(9)) {
      case 0 -> text.toUpperCase(Locale.ROOT);
      case 1 -> text.toLowerCase(Locale.ROOT);
      case 2 -> Normalizer.normalize(text, Normalizer.Form.NFD);
      case 3 -> Normalizer.normalize(text, Normalizer.Form.NFC);
      case 4 -> before + Seeds.oneOf(random, BENT) + after;
      case 5 -> before + new String(characters, at + 1, characters.length - at - 1) + "a";
      case 6 -> alike(text);
      case 7 -> withoutMarks(text);
      default -> text + Seeds.oneOf(random, BENT);
    };
  }

  /**
   * With the characters that fold to others, or nearly look as if they did, where there are any.
   */
  static String alike(String text) {
    return text.replace("ss", "ß")
        .replace('k', '\u212A')
        .replace('i', '\u0130')
        .replace('s', 'ſ')
        .replace(';', '\u037E')
        .replace('`', '\u1FEF')
        .replace('o', 'ο');
  }

  private static String withoutMarks(String text) {
    String left = Normalizer.normalize(text, Normalizer.Form.NFD).replaceAll("\\p{M}", "");
    return left.isEmpty() ? text : left;
  }

  /** Two to four words of {@code text}, and about as many words as they are apart. */
  String near(String text, ReferenceText.Cut cut) {
    List<String> words = texts.wordsOf(text, true, cut);
    List<String> items = new ArrayList<>();
    int first = Integer.MAX_VALUE;
    int last = 0;
    for (int count = 2 + random.nextInt(3); count > 0 && !words.isEmpty(); count--) {
      int at = random.nextInt(words.size());
      boolean two = random.nextInt(4) == 0 && at + 1 < words.size();
      items.add(words.get(at) + (two ? words.get(at + 1) : ""));
      first = Math.min(first, at);
      last = Math.max(last, at);
    }
    items.removeIf(item -> item.codePoints().anyMatch(RandomTerms::isBlank));
    while (items.size() < 2) {
      items.add("the");
    }
    Collections.rotate(items, random.nextInt(items.size()));
    int span =
        switch (random.nextInt(6)) {
          case 0 -> 1 + random.nextInt(3);
          case 1 -> Seeds.oneOf(random, List.of(1000, Integer.MAX_VALUE));
          default -> Math.max(1, last - first + random.nextInt(3));
        };
    return items.stream()
        .map(item -> escaped(item).replace(",", "\\,").replace(":", "\\:"))
        .collect(Collectors.joining(", ", "\"", ":" + span + "\""));
  }

  /** What the language takes for a blank inside of a rule. */
  private static boolean isBlank(int c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }

  /** A word or two of {@code text}, with some of their characters left open. */
  String pattern(String text, ReferenceText.Cut cut) {
    StringBuilder pattern = new StringBuilder();
    int[] phrase = phrase(text, cut, 2).codePoints().toArray();
    int open = random.nextInt(phrase.length);
    boolean star = random.nextInt(3) > 0;
    int length = star ? random.nextInt(phrase.length - open + 1) : 1;
    for (int i = 0; i < phrase.length; i++) {
      if (i == open) {
        pattern.append(star ? '*' : '?');
      }
      if (i < open || i >= open + length) {
        String c = escaped(Character.toString(phrase[i]));
        pattern.append(c.equals("*") || c.equals("?") || c.equals(",") ? "\\" + c : c);
      }
    }
    return switch (random.nextInt(8)) {
      case 0 -> "*" + pattern;
      case 1 -> pattern + "*";
      case 2 -> pattern + "?";
      case 3 -> pattern + "* *";
      default -> pattern.toString();
    };
  }

  /** An expression that is likely to find a stretch of {@code text}. */
  String regex(String text) {
    StringBuilder regex = new StringBuilder(random.nextInt(4) == 0 ? "(?i)" : "");
    int[] stretch = stretch(text, 8).codePoints().toArray();
    boolean grouped = random.nextInt(5) == 0;
    regex.append(grouped ? "(" : "");
    for (int c : stretch) {
      regex.append(one(c)).append(random.nextInt(8) == 0 ? Seeds.oneOf(random, QUANTIFIERS) : "");
    }
    regex.append(grouped ? "|" + literal(stretch(text, 4)) + ")" : "");
    return regex.toString();
  }

  private String one(int c) {
    return switch (random.nextInt(10)) {
      case 0 -> ".";
      case 1 -> "[" + inBrackets(c) + inBrackets('a') + "-z]";
      case 2 -> "[^" + inBrackets(c == 'q' ? 'r' : 'q') + "]";
      case 3 -> Character.isLetter(c) ? "\\p{L}" : "\\P{L}";
      case 4 -> c < 0x80 && Character.isDigit(c) ? "\\d" : "\\D";
      case 5 -> "(?:" + literal(Character.toString(c)) + "|z)";
      default -> literal(Character.toString(c));
    };
  }

  private static String inBrackets(int c) {
    return (c < 0x80 && !Character.isLetterOrDigit(c) && c > ' ' ? "\\" : "")
        + Character.toString(c);
  }

  private static String literal(String text) {
    return text.codePoints()
        .mapToObj(c -> (REGEX_SIGNS.indexOf(c) >= 0 ? "\\" : "") + Character.toString(c))
        .collect(Collectors.joining());
  }

  /** {@code url} as somebody else would have written it. */
  String url(String url) {
    String bare = url.replaceFirst("^https?://", "");
    return switch (random.nextInt(8)) {
      case 0 -> "https://www." + bare;
      case 1 -> bare + "#part";
      case 2 -> bare.toUpperCase(Locale.ROOT);
      case 3 -> bare + (bare.contains("?") ? "&" : "?") + "utm_medium=m";
      case 4 -> bare + "/index.html";
      case 5 -> bare + "/";
      case 6 -> bare + "x";
      default -> url;
    };
  }
}
