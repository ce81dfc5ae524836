package dev.historics.cli.query;

import dev.historics.cli.session.Session;
import dev.historics.filter.Definition;
import dev.historics.filter.Target;
import dev.historics.filter.TargetDictionary;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Fields of original objects that nothing declares. They are text and may well be meant; where a
 * declared target has almost the same name, its slip of the pen would otherwise just match nothing.
 */
final class Undeclared {
  /** Between shorter words a slip or two says nothing. */
  private static final int WORD_MIN = 5;

  private Undeclared() {}

  /** Says on the side which targets of a rule look misspelt. */
  static void remark(Session session, Definition definition, TargetDictionary dictionary) {
    Set<String> declared =
        dictionary.targets().stream().map(Target::name).collect(Collectors.toSet());
    for (String name : definition.targets()) {
      if (!declared.contains(name) && lastWord(name).length() >= WORD_MIN) {
        dictionary.nearest(name, 1).stream()
            .map(
                near ->
                    "note: '%s' is declared nowhere and taken as text; did you mean '%s'?"
                        .formatted(name, near))
            .forEach(session.printer()::hint);
      }
    }
  }

  private static String lastWord(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }
}
