package dev.historics.archive.mapping;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A mapping that cannot be used. The message has one line for each problem, such as {@code
 * troll.yaml:3:14: expected …, found …}.
 */
public final class InvalidMappingException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  InvalidMappingException(String file, List<Problem> problems) {
    super(
        problems.stream()
            .map(p -> "%s:%d:%d: %s".formatted(file, p.line(), p.column(), p.message()))
            .collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** All problems of the text, first things first; at least one. */
  public List<Problem> problems() {
    return problems;
  }

  /**
   * One thing that is wrong.
   *
   * @param line counted from 1, as is {@code column}
   * @param message what was expected and what was found
   */
  public record Problem(int line, int column, String message) {}
}
