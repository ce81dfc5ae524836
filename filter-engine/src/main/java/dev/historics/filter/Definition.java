package dev.historics.filter;

import dev.historics.filter.syntax.Parser;
import dev.historics.filter.syntax.Printer;
import dev.historics.filter.syntax.Problem;
import dev.historics.filter.syntax.Problems;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** A rule that compiles. Immutable; shared by threads. */
public final class Definition {
  private final String name;
  private final String text;
  private final String canonical;
  private final Condition filter;
  private final SortedSet<String> targets;
  private final int complexity;

  private Definition(String name, String text, String canonical, Condition filter) {
    this.name = name;
    this.text = text;
    this.canonical = canonical;
    this.filter = filter;
    List<Condition.Holds> conditions = filter.fold(new Leaves()).toList();
    SortedSet<String> names = new TreeSet<>();
    conditions.forEach(condition -> names.add(condition.target().name()));
    this.targets = Collections.unmodifiableSortedSet(names);
    this.complexity =
        conditions.stream().mapToInt(condition -> condition.check().complexity()).sum();
  }

  /**
   * Compiles a rule.
   *
   * @param name shown in front of every problem: a file's name, or what the user calls the rule
   * @throws InvalidRuleException with all problems of the rule
   */
  public static Definition compile(String name, String text, TargetDictionary targets)
      throws InvalidRuleException {
    Parser.Parsed parsed = Parser.parse(text);
    Problems problems = parsed.problems();
    Resolver resolver = new Resolver(targets, problems);
    List<Optional<Condition>> parts =
        parsed.parts().stream().map(part -> part.fold(resolver)).toList();
    parsed.looseTargets().forEach(resolver::checkName);
    List<Problem> found = problems.list();
    if (!found.isEmpty()) {
      throw invalid(name, text, found);
    }
    String canonical = "return { " + Printer.print(parsed.parts().get(0)) + " }";
    return new Definition(name, text, canonical, parts.get(0).orElseThrow());
  }

  private static InvalidRuleException invalid(String name, String text, List<Problem> problems) {
    SourceText source = new SourceText(name, text);
    return new InvalidRuleException(
        problems.stream()
            .sorted(Comparator.comparingInt(problem -> problem.span().start()))
            .map(source::diagnostic)
            .toList());
  }

  /** What the rule is called in messages. */
  public String name() {
    return name;
  }

  /** The rule as it was written. */
  public String text() {
    return text;
  }

  /**
   * The rule in its one spelling, {@code return { … }}. Comments, white space, upper case outside
   * of quotes and the choice between synonyms make no difference to it.
   */
  public String canonical() {
    return canonical;
  }

  /** The MD5 of {@link #canonical}, 32 hexadecimal digits in lower case. */
  public String hash() {
    try {
      MessageDigest md5 = MessageDigest.getInstance("MD5");
      return HexFormat.of().formatHex(md5.digest(canonical.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }

  /**
   * What the rule asks of each interaction, at least 1: one for every word of a {@code contains}
   * argument, one for every other condition, however long the list of an {@code in} is.
   */
  public int complexity() {
    return complexity;
  }

  /** The names of the targets that the rule reads. */
  public SortedSet<String> targets() {
    return targets;
  }

  Condition filter() {
    return filter;
  }

  @Override
  public String toString() {
    return name + ": " + canonical;
  }
}
