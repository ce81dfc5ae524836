package dev.historics.archive.mapping;

import dev.historics.archive.TargetColumn;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * How a mapping and the interactions made by it fit together: what in them it does not use, and
 * what in it found nothing.
 */
public final class MappingCoverage {
  private static final Set<String> SET_BY_US =
      Set.of("interaction.id", "interaction.type", "interaction.created_at");

  private final SourceMapping mapping;
  private final FieldCensus census;
  private final Set<String> used = new TreeSet<>(SET_BY_US);

  public MappingCoverage(SourceMapping mapping, FieldCensus census) {
    this.mapping = mapping;
    this.census = census;
    mapping.targets().stream().map(TargetColumn::target).forEach(used::add);
    for (MappingRule rule : mapping.rules()) {
      rule.paths().forEach(path -> used.add(mapping.source() + "." + path));
    }
  }

  /**
   * The fields that no rule reads and no target names, the most frequent first; they are archived
   * all the same.
   */
  public List<FieldCensus.Field> unused() {
    return census.fields().stream()
        .filter(field -> !isUsed(field.target()))
        .sorted(Comparator.comparingLong(FieldCensus.Field::interactions).reversed())
        .toList();
  }

  /** Whether the field, or something that it lies in, is used. */
  private boolean isUsed(String target) {
    if (used.contains(target)) {
      return true;
    }
    int dot = target.lastIndexOf('.');
    return dot > 0 && isUsed(target.substring(0, dot));
  }

  /**
   * The rules that never made anything, and the targets that no interaction has. Rules that say
   * which records are none are not among them.
   */
  public List<MappingRule> idle() {
    List<MappingRule> idle = new ArrayList<>();
    Set<String> ruled = new TreeSet<>();
    for (MappingRule rule : mapping.rules()) {
      ruled.add(rule.name());
      if (rule.name().contains(".") && !isFound(rule.name())) {
        idle.add(rule);
      }
    }
    for (TargetColumn column : mapping.targets()) {
      if (!ruled.contains(column.target()) && !isFound(column.target())) {
        idle.add(new MappingRule(column.target(), List.of()));
      }
    }
    return idle;
  }

  private boolean isFound(String target) {
    return census.fields().stream()
        .map(FieldCensus.Field::target)
        .anyMatch(found -> found.equals(target) || found.startsWith(target + "."));
  }
}
