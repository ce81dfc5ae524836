package dev.historics.jobs;

import dev.historics.archive.TargetColumn;
import dev.historics.filter.Target;
import dev.historics.filter.TargetDictionary;
import dev.historics.filter.ValueType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * The targets that a source adds to the standard dictionary: those its mapping declares, and any
 * other field of the original object, as text.
 */
public record Dialect(String source, List<Declared> targets) {
  public Dialect {
    targets = List.copyOf(targets);
  }

  /** A target that a mapping declares; its name is in lower case, as rules are read. */
  public record Declared(String name, ValueType type) {}

  /** The dialect of a source whose mapping declares {@code columns}. */
  public static Dialect of(String source, Collection<TargetColumn> columns) {
    List<Declared> declared = new ArrayList<>();
    for (TargetColumn column : columns) {
      String name = column.target().toLowerCase(Locale.ROOT);
      declared.add(new Declared(name, ValueType.valueOf(column.kind().name())));
    }
    return new Dialect(source, declared);
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
        targets.add(new Target(declared.name(), declared.type(), false, ""));
      }
      dictionary = dictionary.with(targets).withOpenNamespace(dialect.source());
    }
    return dictionary;
  }

  private static List<Dialect> bySource(Collection<Dialect> dialects) {
    return dialects.stream().sorted(Comparator.comparing(Dialect::source)).toList();
  }
}
