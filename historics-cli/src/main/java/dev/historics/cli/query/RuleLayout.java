package dev.historics.cli.query;

import dev.historics.filter.Definition;
import dev.historics.filter.syntax.Expr;
import dev.historics.filter.syntax.Parser;
import dev.historics.filter.syntax.Printer;
import dev.historics.filter.syntax.TagStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A rule over several lines, for people: its canonical form, broken at AND and OR where it is
 * longer than a line. It still is the same rule.
 */
final class RuleLayout implements Expr.Cases<List<String>>, TagStatement.Cases<List<String>> {
  private static final int WIDTH = 80;
  private static final int STEP = 2;

  private final int width;

  /**
   * @param width the characters that a line may have, if there is a place to break it
   */
  private RuleLayout(int width) {
    this.width = width;
  }

  /** The lines of a rule. */
  static List<String> lines(Definition rule) {
    Parser.Parsed parsed = Parser.parse(rule.canonical());
    RuleLayout layout = new RuleLayout(WIDTH);
    List<String> lines = new ArrayList<>();
    parsed.tags().forEach(tag -> lines.addAll(tag.fold(layout)));
    parsed.filter().ifPresent(filter -> lines.addAll(layout.braced("return ", filter)));
    return lines;
  }

  private List<String> braced(String before, Expr condition) {
    String line = before + "{ " + Printer.print(condition) + " }";
    return line.length() <= width
        ? List.of(line)
        : enclosed(before + "{", condition.fold(narrower()), "}");
  }

  private RuleLayout narrower() {
    return new RuleLayout(width - STEP);
  }

  private static List<String> enclosed(String before, List<String> inside, String after) {
    List<String> lines = new ArrayList<>();
    lines.add(before);
    inside.forEach(line -> lines.add(" ".repeat(STEP) + line));
    lines.add(after);
    return lines;
  }

  @Override
  public List<String> label(TagStatement.Label label) {
    return braced(head(label, label.condition()), label.condition());
  }

  @Override
  public List<String> score(TagStatement.Score score) {
    return braced(head(score, score.condition()), score.condition());
  }

  /** What stands before the brace of a tag statement. */
  private static String head(TagStatement tag, Expr condition) {
    String whole = Printer.print(List.of(tag), Optional.empty());
    return whole.substring(0, whole.length() - Printer.print(condition).length() - "{  }".length());
  }

  @Override
  public List<String> imported(TagStatement.Import imported) {
    return List.of(Printer.print(List.of(imported), Optional.empty()));
  }

  @Override
  public List<String> or(Expr.Or or) {
    return joined(or, or.terms(), "or ", term -> false);
  }

  @Override
  public List<String> and(Expr.And and) {
    return joined(and, and.terms(), "and ", term -> term instanceof Expr.Or);
  }

  private List<String> joined(Expr whole, List<Expr> terms, String word, Predicate<Expr> grouped) {
    String line = Printer.print(whole);
    if (line.length() <= width) {
      return List.of(line);
    }
    List<String> lines = new ArrayList<>();
    for (Expr term : terms) {
      List<String> inside = grouped.test(term) ? grouped("", term) : term.fold(narrower());
      lines.add((lines.isEmpty() ? "" : word) + inside.get(0));
      lines.addAll(inside.subList(1, inside.size()));
    }
    return lines;
  }

  private List<String> grouped(String before, Expr term) {
    String line = before + "(" + Printer.print(term) + ")";
    return line.length() <= width
        ? List.of(line)
        : enclosed(before + "(", term.fold(narrower()), ")");
  }

  @Override
  public List<String> not(Expr.Not not) {
    if (not.term() instanceof Expr.Or || not.term() instanceof Expr.And) {
      return grouped("not ", not.term());
    }
    List<String> inside = new ArrayList<>(not.term().fold(narrower()));
    inside.set(0, "not " + inside.get(0));
    return inside;
  }

  @Override
  public List<String> test(Expr.Test test) {
    return List.of(Printer.print(test));
  }

  @Override
  public List<String> reference(Expr.Reference reference) {
    return List.of(Printer.print(reference));
  }
}
