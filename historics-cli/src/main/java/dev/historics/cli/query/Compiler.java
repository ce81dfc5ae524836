package dev.historics.cli.query;

import dev.historics.cli.session.CliException;
import dev.historics.cli.session.Session;
import dev.historics.filter.Definition;
import dev.historics.filter.Diagnostic;
import dev.historics.filter.InvalidRuleException;
import dev.historics.filter.TargetDictionary;
import java.util.List;

/** Compiles a rule for a command, and shows what is wrong with it as a compiler would. */
final class Compiler {
  private Compiler() {}

  static Definition compile(Session session, RuleArgument.Rule rule, TargetDictionary dictionary)
      throws CliException {
    try {
      return Definition.compile(rule.name(), rule.text(), dictionary);
    } catch (InvalidRuleException e) {
      show(session, e.diagnostics());
      int count = e.diagnostics().size();
      throw CliException.usage(
          "the rule does not compile: %s".formatted(count == 1 ? "1 error" : count + " errors"),
          "");
    }
  }

  static void show(Session session, List<Diagnostic> diagnostics) {
    for (Diagnostic diagnostic : diagnostics) {
      session.printer().warn(diagnostic.render());
    }
  }
}
