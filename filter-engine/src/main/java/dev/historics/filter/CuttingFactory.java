package dev.historics.filter;

import dev.historics.filter.syntax.Expr;
import dev.historics.filter.syntax.Modifier;
import dev.historics.filter.syntax.Problems;
import dev.historics.filter.syntax.Spelling;
import dev.historics.filter.text.CharacterSet;
import dev.historics.filter.text.Cutting;
import dev.historics.filter.text.Folding;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Turns the modifiers of a condition into how its texts are cut into words. */
final class CuttingFactory {
  /** What can stand in brackets, with what it takes. */
  private static final List<String> NAMES = List.of("drop", "keep", "language");

  /** The names of Unicode's categories are too short to be corrected. */
  private static final int CATEGORY_LENGTH_MAX = 2;

  private final Expr.Test test;
  private final Problems problems;

  CuttingFactory(Expr.Test test, Problems problems) {
    this.test = test;
    this.problems = problems;
  }

  /** How texts are cut; nothing if something was reported. */
  Optional<Cutting> cutting(Folding folding) {
    if (!test.modifiers().isEmpty() && !test.operator().onWords()) {
      problems.add(
          test.modifiers().get(0).span(),
          "'%s' takes no modifiers: it does not cut texts into words"
              .formatted(test.operator().spelling()),
          "leave the brackets out");
      return Optional.empty();
    }
    Cutting cutting = Cutting.standard(folding);
    boolean sound = true;
    for (Modifier modifier : test.modifiers()) {
      Optional<Cutting> changed = changed(cutting, modifier);
      sound &= changed.isPresent();
      cutting = changed.orElse(cutting);
    }
    return sound ? Optional.of(cutting) : Optional.empty();
  }

  private Optional<Cutting> changed(Cutting cutting, Modifier modifier) {
    return switch (modifier.name()) {
      case "keep" -> characters(modifier).map(cutting::keeping);
      case "drop" -> characters(modifier).map(cutting::dropping);
      case "language" -> language(modifier).map(cutting::with);
      default -> unknown(modifier);
    };
  }

  private Optional<Cutting> unknown(Modifier modifier) {
    problems.add(
        modifier.span(),
        "unknown modifier '%s'".formatted(modifier.name()),
        Spelling.nearest(modifier.name(), NAMES, 1).stream()
            .findFirst()
            .map("did you mean '%s'?"::formatted)
            .orElse("modifiers are keep(…), drop(…) and language(…)"));
    return Optional.empty();
  }

  private Optional<CharacterSet> characters(Modifier modifier) {
    CharacterSet all = CharacterSet.NONE;
    boolean sound = true;
    for (Expr.Name name : modifier.values()) {
      Optional<CharacterSet> named = CharacterSet.named(name.value());
      if (named.isEmpty()) {
        problems.add(
            name.span(),
            "unknown set of characters '%s'".formatted(name.value()),
            Spelling.nearest(name.value(), CharacterSet.names(), 1).stream()
                .findFirst()
                .filter(nearest -> nearest.length() > CATEGORY_LENGTH_MAX)
                .map("did you mean '%s'?"::formatted)
                .orElse("sets are default, classic, extended and categories such as Pc or So"));
        sound = false;
      } else {
        all = all.union(named.get());
      }
    }
    return sound ? Optional.of(all) : Optional.empty();
  }

  private Optional<Cutting.Ideographs> language(Modifier modifier) {
    Set<String> languages =
        modifier.values().stream().map(Expr.Name::value).collect(Collectors.toSet());
    Expr.Name first = modifier.values().get(0);
    if (languages.size() > 1) {
      problems.add(modifier.span(), "expected one language, found " + modifier.values().size(), "");
      return Optional.empty();
    }
    Optional<Cutting.Ideographs> ideographs = Cutting.ofLanguage(first.value());
    if (ideographs.isEmpty()) {
      problems.add(
          first.span(),
          "unknown language '%s'".formatted(first.value()),
          "languages are zh, ja and none");
    }
    return ideographs;
  }
}
