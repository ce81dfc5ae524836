package dev.historics.cli.filter;

import dev.historics.cli.session.Printer;
import dev.historics.filter.Explanation;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Why rules match a record, as a tree that people read: a line for each condition, and below it the
 * values that it saw. What is long is cut.
 */
final class ExplanationTree {
  private static final int CONDITION_MAX = 160;
  private static final int TEXT_MAX = 120;
  private static final int VALUES_MAX = 10;
  private static final int WORDS_MAX = 40;

  private final Signs signs;

  /** What stands before what holds, before what does not, and between words. */
  enum Signs {
    ASCII("+", "-", " | ", "..."),
    UNICODE("✓", "✗", " · ", "…");

    private final String holds;
    private final String fails;
    private final String between;
    private final String cut;

    Signs(String holds, String fails, String between, String cut) {
      this.holds = holds;
      this.fails = fails;
      this.between = between;
      this.cut = cut;
    }
  }

  ExplanationTree(Signs signs) {
    this.signs = signs;
  }

  /**
   * The whole text of a record.
   *
   * @param names of the rules
   */
  String text(Outlet.Found found, List<String> names) {
    StringBuilder text = new StringBuilder();
    text.append(found.place().get()).append(found.rules().isEmpty() ? ": no match\n" : ": match\n");
    for (int rule = 0; rule < names.size(); rule++) {
      if (names.size() > 1) {
        text.append(sign(found.rules().get(rule)))
            .append(" rule ")
            .append(names.get(rule))
            .append('\n');
      }
      node(found.reasons().get(rule), names.size() > 1 ? 1 : 0, text);
    }
    return text.append('\n').toString();
  }

  private void node(Explanation reason, int depth, StringBuilder text) {
    line(depth, sign(reason.holds()) + " " + shown(reason.condition(), CONDITION_MAX), text);
    reason.parts().forEach(part -> node(part, depth + 1, text));
    if (reason.parts().isEmpty()) {
      values(reason.values(), depth + 1, text);
    }
  }

  private void values(List<Explanation.Value> values, int depth, StringBuilder text) {
    if (values.isEmpty()) {
      line(depth, "  (no value)", text);
    }
    for (Explanation.Value value : first(values)) {
      line(depth, sign(value.holds()) + " = " + shown(value.text(), TEXT_MAX), text);
      if (!value.words().isEmpty()) {
        line(depth, "  words: " + words(value.words()), text);
      }
    }
    if (values.size() > VALUES_MAX) {
      line(
          depth,
          String.format(Locale.ROOT, "  %s and %,d more", signs.cut, values.size() - VALUES_MAX),
          text);
    }
  }

  /** If there are too many, those that made the condition hold come first. */
  private static List<Explanation.Value> first(List<Explanation.Value> values) {
    return values.size() <= VALUES_MAX
        ? values
        : values.stream()
            .sorted(Comparator.comparing(value -> !value.holds()))
            .limit(VALUES_MAX)
            .toList();
  }

  private String words(List<String> words) {
    String first =
        words.stream()
            .limit(WORDS_MAX)
            .map(word -> shown(word, TEXT_MAX))
            .collect(Collectors.joining(signs.between));
    return words.size() > WORDS_MAX
        ? String.format(
            Locale.ROOT, "%s %s and %,d more", first, signs.cut, words.size() - WORDS_MAX)
        : first;
  }

  private String sign(boolean holds) {
    return holds ? signs.holds : signs.fails;
  }

  private String shown(String text, int max) {
    boolean whole = text.codePointCount(0, text.length()) <= max;
    return Printer.printable(
        whole ? text : text.substring(0, text.offsetByCodePoints(0, max)) + signs.cut);
  }

  private static void line(int depth, String content, StringBuilder text) {
    text.append("  ".repeat(depth)).append(content).append('\n');
  }
}
