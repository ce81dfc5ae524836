package dev.historics.filter;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What rules mean by texts, words and addresses, written in the plainest way. It remembers what it
 * worked out, since many rules ask the same of the same texts. Owned by one thread.
 */
final class ReferenceText {
  private static final int REMEMBERED_MAX = 200_000;

  /** Stand for the wildcards of a pattern; no text has these code points. */
  private static final int STAR = 0xFDD0;

  private static final int QUESTION_MARK = 0xFDD1;

  private static final String STANDARD = "!\"#%&'()*+,-./:;<=>?@[\\]^_`{|}~“”‵‶〝″〞〟〃「」『』⌈⌋";
  private static final String CLASSIC = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";
  private static final String WHITE_SPACE = " \t\n\r\f";

  /** Written among kana as letters are, though no script owns them. */
  private static final String KANA_MARKS = "ーｰﾞﾟ";

  private static final Map<Integer, String> CATEGORIES =
      Map.ofEntries(
          Map.entry((int) Character.UPPERCASE_LETTER, "lu"),
          Map.entry((int) Character.LOWERCASE_LETTER, "ll"),
          Map.entry((int) Character.TITLECASE_LETTER, "lt"),
          Map.entry((int) Character.MODIFIER_LETTER, "lm"),
          Map.entry((int) Character.OTHER_LETTER, "lo"),
          Map.entry((int) Character.NON_SPACING_MARK, "mn"),
          Map.entry((int) Character.COMBINING_SPACING_MARK, "mc"),
          Map.entry((int) Character.ENCLOSING_MARK, "me"),
          Map.entry((int) Character.DECIMAL_DIGIT_NUMBER, "nd"),
          Map.entry((int) Character.LETTER_NUMBER, "nl"),
          Map.entry((int) Character.OTHER_NUMBER, "no"),
          Map.entry((int) Character.SPACE_SEPARATOR, "zs"),
          Map.entry((int) Character.LINE_SEPARATOR, "zl"),
          Map.entry((int) Character.PARAGRAPH_SEPARATOR, "zp"),
          Map.entry((int) Character.CONTROL, "cc"),
          Map.entry((int) Character.FORMAT, "cf"),
          Map.entry((int) Character.PRIVATE_USE, "co"),
          Map.entry((int) Character.UNASSIGNED, "cn"),
          Map.entry((int) Character.CONNECTOR_PUNCTUATION, "pc"),
          Map.entry((int) Character.DASH_PUNCTUATION, "pd"),
          Map.entry((int) Character.START_PUNCTUATION, "ps"),
          Map.entry((int) Character.END_PUNCTUATION, "pe"),
          Map.entry((int) Character.INITIAL_QUOTE_PUNCTUATION, "pi"),
          Map.entry((int) Character.FINAL_QUOTE_PUNCTUATION, "pf"),
          Map.entry((int) Character.OTHER_PUNCTUATION, "po"),
          Map.entry((int) Character.MATH_SYMBOL, "sm"),
          Map.entry((int) Character.CURRENCY_SYMBOL, "sc"),
          Map.entry((int) Character.MODIFIER_SYMBOL, "sk"),
          Map.entry((int) Character.OTHER_SYMBOL, "so"));

  private final Map<Asked, String> folded = new HashMap<>();
  private final Map<Asked, List<String>> cut = new HashMap<>();

  private record Asked(String text, boolean caseCounts, Cut cut) {}

  private <T> T remembered(Map<Asked, T> known, Asked asked, Supplier<T> answer) {
    T found = known.get(asked);
    if (found == null) {
      if (known.size() > REMEMBERED_MAX) {
        known.clear();
      }
      found = answer.get();
      known.put(asked, found);
    }
    return found;
  }

  /** {@link #fold}, remembered. */
  String folded(String text, boolean caseCounts) {
    return remembered(
        folded, new Asked(text, caseCounts, Cut.STANDARD), () -> fold(text, caseCounts));
  }

  /** The words of a text that is not folded yet. */
  List<String> wordsOf(String text, boolean caseCounts, Cut how) {
    return remembered(
        cut, new Asked(text, caseCounts, how), () -> words(folded(text, caseCounts), how));
  }

  /** {@code text} with U+FFFD for each surrogate that has no other half. */
  static String wellFormed(String text) {
    StringBuilder sound = new StringBuilder();
    text.codePoints()
        .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c)
        .forEach(sound::appendCodePoint);
    return sound.toString();
  }

  /** NFC, and in lower case unless case counts; a sigma is a sigma wherever it stands. */
  static String fold(String text, boolean caseCounts) {
    String composed = composed(wellFormed(text));
    if (caseCounts) {
      return composed;
    }
    StringBuilder lower = new StringBuilder();
    composed
        .codePoints()
        .mapToObj(c -> Character.toString(c).toLowerCase(Locale.ROOT))
        .map(c -> c.equals("ς") ? "σ" : c)
        .forEach(lower::append);
    return composed(lower.toString());
  }

  private static String composed(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFC);
  }

  /**
   * How texts fall into words.
   *
   * @param keep names of sets of characters that are words themselves
   * @param drop names of sets of characters that vanish, beside white space
   * @param ideographsAlone whether each Han character and kana is a word
   */
  record Cut(Set<String> keep, Set<String> drop, boolean ideographsAlone) {
    static final Cut STANDARD = new Cut(Set.of("default"), Set.of(), false);

    private boolean drops(int c) {
      return WHITE_SPACE.indexOf(c) >= 0 || drop.stream().anyMatch(name -> isIn(name, c));
    }

    private boolean keeps(int c) {
      return keep.stream().anyMatch(name -> isIn(name, c));
    }

    private boolean isAlone(int c) {
      return ideographsAlone
          && (Set.of(UnicodeScript.HAN, UnicodeScript.HIRAGANA, UnicodeScript.KATAKANA)
                  .contains(UnicodeScript.of(c))
              || KANA_MARKS.indexOf(c) >= 0);
    }
  }

  private static boolean isIn(String set, int c) {
    String category = CATEGORIES.get(Character.getType(c));
    return switch (set) {
      case "default" -> STANDARD.indexOf(c) >= 0;
      case "classic" -> CLASSIC.indexOf(c) >= 0;
      case "extended" -> category.startsWith("p") || category.startsWith("s");
      default -> category.startsWith(set);
    };
  }

  /** The words of a folded text. */
  static List<String> words(String folded, Cut cut) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean onlyMarksMayFollow = false;
    for (int c : folded.codePoints().toArray()) {
      boolean wildcard = c == STAR || c == QUESTION_MARK;
      boolean dropped = !wildcard && cut.drops(c);
      boolean kept = !wildcard && !dropped && cut.keeps(c);
      boolean alone = !wildcard && !dropped && !kept && cut.isAlone(c) && !isMark(c);
      boolean goesOn = !dropped && !kept && !alone && (!onlyMarksMayFollow || isMark(c));
      if (!goesOn) {
        end(word, words);
        onlyMarksMayFollow = alone;
      }
      if (kept) {
        words.add(Character.toString(c));
      } else if (!dropped) {
        word.appendCodePoint(c);
      }
    }
    end(word, words);
    return words;
  }

  private static void end(StringBuilder word, List<String> words) {
    if (!word.isEmpty()) {
      words.add(word.toString());
      word.setLength(0);
    }
  }

  private static boolean isMark(int c) {
    return CATEGORIES.get(Character.getType(c)).startsWith("m");
  }

  /** Whether {@code phrase} stands somewhere in {@code words}, its words next to each other. */
  static boolean hasPhrase(List<String> words, List<String> phrase) {
    return Collections.indexOfSubList(words, phrase) >= 0;
  }

  /** Whether some {@code span} words in a row hold every one of {@code items}. */
  static boolean hasNear(List<String> words, List<List<String>> items, int span) {
    for (int from = 0; from == 0 || (long) from + span <= words.size(); from++) {
      int to = (int) Math.min(words.size(), (long) from + span);
      List<String> window = words.subList(from, to);
      if (items.stream().allMatch(item -> hasPhrase(window, item))) {
        return true;
      }
    }
    return false;
  }

  /** The words of a pattern, as {@link #hasPattern} wants them. */
  static List<String> patternWords(
      String text, List<Integer> wildcards, boolean caseCounts, Cut cut) {
    StringBuilder marked = new StringBuilder(text);
    for (int at : wildcards) {
      marked.setCharAt(at, (char) (text.charAt(at) == '*' ? STAR : QUESTION_MARK));
    }
    return words(fold(marked.toString(), caseCounts), cut);
  }

  /** Whether words that are like those of {@code pattern} stand next to each other. */
  static boolean hasPattern(List<String> words, List<String> pattern) {
    for (int from = 0; from + pattern.size() <= words.size(); from++) {
      boolean alike = true;
      for (int i = 0; i < pattern.size() && alike; i++) {
        alike = isLike(words.get(from + i), pattern.get(i));
      }
      if (alike) {
        return true;
      }
    }
    return false;
  }

  /** Row {@code p} of the table says which beginnings of the word the first {@code p} parts fit. */
  private static boolean isLike(String word, String pattern) {
    int[] characters = word.codePoints().toArray();
    int[] parts = pattern.codePoints().toArray();
    boolean[][] fits = new boolean[parts.length + 1][characters.length + 1];
    fits[0][0] = true;
    for (int p = 1; p <= parts.length; p++) {
      for (int w = 0; w <= characters.length; w++) {
        fits[p][w] =
            parts[p - 1] == STAR
                ? fits[p - 1][w] || (w > 0 && fits[p][w - 1])
                : w > 0
                    && fits[p - 1][w - 1]
                    && (parts[p - 1] == QUESTION_MARK || parts[p - 1] == characters[w - 1]);
      }
    }
    return fits[parts.length][characters.length];
  }

  /**
   * The normal form of a web address: one thing after the other is taken away until none is left.
   */
  static String address(String text) {
    String address = fold(text, false);
    String before;
    do {
      before = address;
      address = address.replaceFirst("^[ \t\n\r\f]+", "").replaceFirst("[ \t\n\r\f]+$", "");
      address = address.replaceFirst("^([a-z][a-z0-9+.-]*:)?//", "");
      address = address.replaceFirst("^www\\.", "");
      address = address.replaceFirst("(?s)#.*", "");
      address = withoutTracking(address);
      address = withoutPage(address);
    } while (!address.equals(before));
    return address;
  }

  private static String withoutTracking(String address) {
    int question = address.indexOf('?');
    if (question < 0) {
      return address;
    }
    List<String> parameters =
        new ArrayList<>(List.of(address.substring(question + 1).split("&", -1)));
    parameters.removeIf(parameter -> parameter.startsWith("utm_"));
    String left = String.join("&", parameters);
    return address.substring(0, question) + (left.isEmpty() ? "" : "?" + left);
  }

  private static String withoutPage(String address) {
    int question = address.indexOf('?');
    String path = question < 0 ? address : address.substring(0, question);
    String query = question < 0 ? "" : address.substring(question);
    String page = "/(index\\.(php|html|htm|aspx|asp)|default\\.(html|htm|aspx|asp)|)$";
    return path.replaceFirst("[ \t\n\r\f]+$", "").replaceFirst(page, "") + query;
  }
}
