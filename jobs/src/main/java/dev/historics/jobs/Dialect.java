package dev.historics.jobs;

import dev.historics.archive.Stripping;
import dev.historics.archive.TargetColumn;
import dev.historics.archive.mapping.SourceMapping;
import dev.historics.filter.Target;
import dev.historics.filter.TargetDictionary;
import dev.historics.filter.ValueType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * How rules read the interactions of a source: the targets that it adds to the standard dictionary,
 * which are those that its mapping and its augmentations declare and any other field of the
 * original object, as text; and what they see of its texts.
 *
 * @param stripping how content is made
 */
public record Dialect(String source, List<Declared> targets, Stripping stripping) {
  public Dialect {
    targets = List.copyOf(targets);
    Objects.requireNonNull(stripping);
  }

  /** A target that a mapping declares; its name is in lower case, as rules are read. */
  public record Declared(String name, ValueType type) {}

  /** The dialect of a source with a mapping. */
  public static Dialect of(SourceMapping mapping) {
    return new Dialect(mapping.source(), List.of(), mapping.stripping()).with(mapping.targets());
  }

  /** The same with more targets. */
  public Dialect with(List<TargetColumn> more) {
    List<Declared> declared = new ArrayList<>(targets);
    for (TargetColumn column : more) {
      String name = column.target().toLowerCase(Locale.ROOT);
      declared.add(new Declared(name, ValueType.valueOf(column.kind().name())));
    }
    return new Dialect(source, declared, stripping);
  }

  /** The dialect of a source without a mapping, which adds its namespace and nothing else. */
  public static Dialect unmapped(String source) {
    return new Dialect(source, List.of(), Stripping.STANDARD);
  }

  /**
   * That of a source.
   *
   * @throws IllegalArgumentException if it is not among {@code dialects}
   */
  static Dialect of(String source, Collection<Dialect> dialects) {
    return dialects.stream()
        .filter(dialect -> dialect.source().equals(source))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("expected a dialect of source '" + source + "'"));
  }

  /**
   * The standard dictionary with what {@code dialects} add. Where they do not agree on a target,
   * the source that comes last in the alphabet decides, whatever the order of {@code dialects}.
   */
  public static TargetDictionary dictionary(Collection<Dialect> dialects) {
    TargetDictionary dictionary = TargetDictionary.standard();
    for (Dialect dialect : bySource(dialects)) {
      List<Target> targets = new ArrayList<>();
      for (Declared declared : dialect.targets()) {
        targets.add(target(declared));
      }
      dictionary = dictionary.with(targets).withOpenNamespace(dialect.source());
    }
    return dictionary;
  }

  /** Of a standard target whose type is the same, the standard knows more than a mapping. */
  private static Target target(Declared declared) {
    return TargetDictionary.standard()
        .find(declared.name())
        .filter(standard -> standard.type() == declared.type())
        .orElse(new Target(declared.name(), declared.type(), false, ""));
  }

  private static List<Dialect> bySource(Collection<Dialect> dialects) {
    return dialects.stream().sorted(Comparator.comparing(Dialect::source)).toList();
  }
}
