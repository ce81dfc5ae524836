package dev.historics.filter;

import java.util.List;
import java.util.stream.Collectors;

/** A rule that does not compile, with everything that is wrong with it. */
public final class InvalidRuleException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<Diagnostic> diagnostics;

  InvalidRuleException(List<Diagnostic> diagnostics) {
    super(diagnostics.stream().map(Diagnostic::render).collect(Collectors.joining("\n")));
    this.diagnostics = List.copyOf(diagnostics);
  }

  /** At least one, sorted by place. Empty only in a copy that went through serialization. */
  public List<Diagnostic> diagnostics() {
    return diagnostics == null ? List.of() : diagnostics;
  }
}
