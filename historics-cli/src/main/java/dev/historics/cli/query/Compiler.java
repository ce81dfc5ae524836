package dev.historics.cli.query;

import dev.historics.archive.mapping.SourceMapping;
import dev.historics.cli.session.CliException;
import dev.historics.cli.session.Session;
import dev.historics.cli.wiring.Installation;
import dev.historics.filter.Definition;
import dev.historics.filter.Diagnostic;
import dev.historics.filter.InvalidRuleException;
import dev.historics.filter.Library;
import dev.historics.filter.TargetDictionary;
import dev.historics.schedule.store.DefinitionStore;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compiles rules for the commands, which can name any rule that was stored, and shows what is wrong
 * with one as a compiler would.
 */
final class Compiler {
  /** How many rules are looked into for the sources that they mention. */
  private static final int NAMED_MAX = 1000;

  private static final Pattern HASH = Pattern.compile("[0-9a-fA-F]{32}");

  private Compiler() {}

  /** The rule, compiled; a command that cannot go on with a wrong one ends here. */
  static Definition compile(
      Session session,
      Installation installation,
      RuleArgument.Rule rule,
      TargetDictionary dictionary)
      throws CliException {
    try {
      return Definition.compile(rule.name(), rule.text(), dictionary, library(installation));
    } catch (InvalidRuleException e) {
      show(session, e.diagnostics());
      int count = e.diagnostics().size();
      throw CliException.usage(
          "the rule does not compile: %s".formatted(count == 1 ? "1 error" : count + " errors"),
          "");
    }
  }

  /** The rule, compiled; if that cannot be, the answer of the command is why. */
  static Optional<Definition> check(
      Session session,
      Installation installation,
      RuleArgument.Rule rule,
      TargetDictionary dictionary)
      throws CliException {
    try {
      return Optional.of(
          Definition.compile(rule.name(), rule.text(), dictionary, library(installation)));
    } catch (InvalidRuleException e) {
      if (session.printer().forPeople()) {
        show(session, e.diagnostics());
      } else {
        session.printer().answer(json(e.diagnostics()), "");
      }
      return Optional.empty();
    }
  }

  /** A rule can name the same one many times; each look into the store takes a millisecond. */
  private static Library library(Installation installation) throws CliException {
    Library stored = installation.library();
    Map<String, Optional<String>> seen = new HashMap<>();
    return hash -> seen.computeIfAbsent(hash, stored::text);
  }

  private static void show(Session session, List<Diagnostic> diagnostics) {
    for (Diagnostic diagnostic : diagnostics) {
      session.printer().warn(diagnostic.render());
    }
  }

  private static Map<String, Object> json(List<Diagnostic> diagnostics) {
    List<Map<String, Object>> errors = new ArrayList<>();
    for (Diagnostic diagnostic : diagnostics) {
      Map<String, Object> error = new LinkedHashMap<>();
      error.put("file", diagnostic.name());
      error.put("line", diagnostic.line());
      error.put("column", diagnostic.column());
      error.put("length", diagnostic.length());
      error.put("message", diagnostic.message());
      error.put("hint", diagnostic.hint());
      errors.add(error);
    }
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("valid", false);
    answer.put("errors", errors);
    return answer;
  }

  /**
   * The targets that a rule can name: those of the sources that were asked for, else as if none
   * was.
   */
  static TargetDictionary dictionary(
      Installation installation, RuleArgument.Rule rule, Optional<List<String>> sources)
      throws CliException {
    return sources.isPresent()
        ? installation.sources().dictionary(sources.get())
        : dictionary(installation, rule);
  }

  /**
   * The targets that a rule can name, when it is not known for which sources it is meant: those of
   * the sources that it mentions, or that a rule mentions which it names.
   */
  static TargetDictionary dictionary(Installation installation, RuleArgument.Rule rule)
      throws CliException {
    return installation.sources().dictionary(withNamed(rule.text(), installation.library()));
  }

  /** The targets that a rule can name over records that {@code mapping} makes interactions of. */
  static TargetDictionary dictionary(
      Installation installation, RuleArgument.Rule rule, SourceMapping mapping)
      throws CliException {
    return installation
        .sources()
        .dictionary(mapping, withNamed(rule.text(), installation.library()));
  }

  private static String withNamed(String rule, Library library) {
    StringBuilder all = new StringBuilder();
    Set<String> seen = new HashSet<>();
    Deque<String> open = new ArrayDeque<>(List.of(rule));
    while (!open.isEmpty()) {
      String text = open.remove();
      all.append(text).append('\n');
      Matcher hashes = HASH.matcher(text);
      while (hashes.find() && seen.size() < NAMED_MAX) {
        String hash = hashes.group().toLowerCase(Locale.ROOT);
        if (seen.add(hash)) {
          library.text(hash).ifPresent(open::add);
        }
      }
    }
    return all.toString();
  }

  /**
   * Stores a rule that compiles, so that others can name its hash.
   *
   * @return whether it was not there before
   */
  static boolean store(Session session, Installation installation, String hash, String text)
      throws CliException, IOException {
    try (DefinitionStore store = installation.definitions()) {
      return store.put(hash, text, session.clock().instant());
    }
  }
}
