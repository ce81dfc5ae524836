package dev.historics.filter;

import dev.historics.filter.text.Folding;
import dev.historics.filter.text.TextSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The terms of an OR with the lists that are asked of one target made one: ten million names that
 * came in a hundred rules are one look-up.
 */
final class MergedLists {
  private final List<Condition> others = new ArrayList<>();
  private final Map<Key, List<Condition.Holds>> lists = new LinkedHashMap<>();

  /** What decides whether two lists can be one. */
  private record Key(Target target, Folding folding, boolean trimmed) {}

  private MergedLists() {}

  /** The terms; what stands in an OR inside them stands beside them. */
  static List<Condition> of(List<Condition> terms) {
    MergedLists merged = new MergedLists();
    terms.forEach(merged::add);
    List<Condition> all = new ArrayList<>(merged.others);
    merged.lists.values().forEach(lists -> all.add(union(lists)));
    return all;
  }

  private void add(Condition term) {
    if (term instanceof Condition.Named named) {
      add(named.filter());
    } else if (term instanceof Condition.Any any) {
      any.terms().forEach(this::add);
    } else if (term instanceof Condition.Holds holds
        && holds.check() instanceof TextCheck.OneOf list) {
      Key key = new Key(holds.target(), list.folding(), list.trimmed());
      lists.computeIfAbsent(key, k -> new ArrayList<>()).add(holds);
    } else {
      others.add(term);
    }
  }

  private static Condition union(List<Condition.Holds> lists) {
    if (lists.size() == 1) {
      return lists.get(0);
    }
    TextSet.Builder values = new TextSet.Builder();
    lists.forEach(holds -> values.addAll(((TextCheck.OneOf) holds.check()).values()));
    Condition.Holds first = lists.get(0);
    TextCheck.OneOf list = (TextCheck.OneOf) first.check();
    return new Condition.Holds(
        first.target(),
        new TextCheck.OneOf(values.build(), list.folding(), list.trimmed()),
        first.target().name() + " in …");
  }
}
