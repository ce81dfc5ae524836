package dev.historics.filter.syntax;

import dev.historics.filter.syntax.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads the brackets between an operator and its argument: {@code [keep(classic), drop(pd)]}. */
final class ModifierParser {
  private final TokenCursor cursor;

  ModifierParser(TokenCursor cursor) {
    this.cursor = cursor;
  }

  /** The modifiers, by name; nothing if something was reported. */
  Optional<List<Modifier>> modifiers() {
    Map<String, List<Modifier>> byName = new TreeMap<>();
    boolean sound = true;
    while (cursor.peek().is("[")) {
      sound &= group(byName);
    }
    return sound
        ? Optional.of(byName.values().stream().map(ModifierParser::joined).toList())
        : Optional.empty();
  }

  private boolean group(Map<String, List<Modifier>> byName) {
    cursor.next();
    do {
      Optional<Modifier> modifier = modifier();
      if (modifier.isEmpty()) {
        skipGroup();
        return false;
      }
      byName.computeIfAbsent(modifier.get().name(), name -> new ArrayList<>()).add(modifier.get());
    } while (cursor.accept(","));
    if (!cursor.accept("]")) {
      cursor.problem(cursor.peek(), "expected ',' or ']', found " + cursor.peek().shown(), "");
      skipGroup();
      return false;
    }
    return true;
  }

  /** Modifiers of one name as one. */
  private static Modifier joined(List<Modifier> modifiers) {
    Modifier last = modifiers.get(modifiers.size() - 1);
    List<Expr.Name> values =
        modifiers.stream().flatMap(modifier -> modifier.values().stream()).toList();
    return new Modifier(last.name(), values, last.span());
  }

  private Optional<Modifier> modifier() {
    Token name = cursor.peek();
    if (name.kind() != Kind.WORD) {
      cursor.problem(
          name,
          "expected a modifier such as keep(classic), found " + name.shown(),
          "modifiers are keep(…), drop(…) and language(…)");
      return Optional.empty();
    }
    cursor.next();
    if (!cursor.accept("(")) {
      cursor.problem(
          cursor.peek(),
          "expected '(' after '%s', found %s"
              .formatted(Token.shorten(name.raw()), cursor.peek().shown()),
          "for example: [keep(classic)]");
      return Optional.empty();
    }
    List<Expr.Name> values = new ArrayList<>();
    do {
      Token value = cursor.peek();
      if (value.kind() != Kind.WORD) {
        cursor.problem(
            value,
            "expected a name such as 'classic', found " + value.shown(),
            value.kind() == Kind.STRING ? "write it without quotes" : "");
        return Optional.empty();
      }
      values.add(new Expr.Name(cursor.next().word(), value.span()));
    } while (cursor.accept(","));
    if (!cursor.accept(")")) {
      cursor.problem(cursor.peek(), "expected ',' or ')', found " + cursor.peek().shown(), "");
      return Optional.empty();
    }
    Span span = name.span().to(cursor.previous().span());
    return Optional.of(new Modifier(name.word(), values, span));
  }

  /** Goes on after the group, or before the argument if the group has no end. */
  private void skipGroup() {
    while (!cursor.atEnd() && !cursor.peek().is("]") && !startsArgument()) {
      cursor.next();
    }
    cursor.accept("]");
  }

  private boolean startsArgument() {
    Token after = cursor.peekAfter();
    return cursor.peek().kind() == Kind.STRING
        && !after.is(")")
        && !after.is("]")
        && !after.is(",");
  }
}
