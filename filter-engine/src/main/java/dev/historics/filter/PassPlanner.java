package dev.historics.filter;

import dev.historics.filter.text.TextScan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Chooses which predicates are asked together, in passes over columns. */
final class PassPlanner {
  private final List<RuleSet.Predicate> predicates;
  private final Strategy strategy;

  PassPlanner(List<RuleSet.Predicate> predicates, Strategy strategy) {
    this.predicates = predicates;
    this.strategy = strategy;
  }

  /** Predicates that can share a pass do when all of this is the same. */
  private record Group(int target, Object manner) {}

  private record Member(int predicate, Sought sought) {}

  /** The passes for the predicates {@code [from, end)}; no predicate is in two of them. */
  List<Pass> passes(int from, int end) {
    if (strategy == Strategy.ALONE || strategy == Strategy.VALUE_BY_VALUE) {
      return List.of();
    }
    Map<Group, List<Member>> groups = new LinkedHashMap<>();
    for (int i = from; i < end; i++) {
      RuleSet.Predicate predicate = predicates.get(i);
      Optional<Sought> sought = predicate.check().sought();
      if (sought.isPresent()) {
        Group group = new Group(predicate.target(), sought.get().manner());
        groups.computeIfAbsent(group, g -> new ArrayList<>()).add(new Member(i, sought.get()));
      }
    }
    List<Pass> passes = new ArrayList<>();
    groups.forEach(
        (group, members) -> {
          if (strategy == Strategy.SHARED || isCheaper(members)) {
            passes.add(pass(group.target(), members));
          }
        });
    return passes;
  }

  private static boolean isCheaper(List<Member> members) {
    long alone = members.stream().mapToLong(member -> member.sought().costAlone()).sum();
    return alone > members.get(0).sought().passCost();
  }

  private static Pass pass(int target, List<Member> members) {
    Map<String, List<Integer>> slots = new LinkedHashMap<>();
    for (int place = 0; place < members.size(); place++) {
      int sure = Pass.sureSlot(place);
      int maybe = Pass.maybeSlot(place);
      members.get(place).sought().sure().forEach(entry -> add(slots, entry, sure));
      members.get(place).sought().maybe().forEach(entry -> add(slots, entry, maybe));
    }
    Sought first = members.get(0).sought();
    Supplier<TextScan> scans = first.scans(List.copyOf(slots.keySet()));
    List<Integer> numbers = members.stream().map(Member::predicate).toList();
    return new Pass(first.kind(), target, numbers, scans, List.copyOf(slots.values()));
  }

  private static void add(Map<String, List<Integer>> slots, String entry, int slot) {
    List<Integer> known = slots.computeIfAbsent(entry, e -> new ArrayList<>(1));
    if (known.isEmpty() || known.get(known.size() - 1) != slot) {
      known.add(slot);
    }
  }
}
