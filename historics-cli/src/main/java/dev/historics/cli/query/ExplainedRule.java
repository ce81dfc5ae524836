package dev.historics.cli.query;

import dev.historics.cli.session.Table;
import dev.historics.cli.session.Times;
import dev.historics.filter.ConditionCost;
import dev.historics.filter.Definition;
import dev.historics.filter.RuleParts;
import dev.historics.filter.RuleSet;
import dev.historics.filter.Step;
import dev.historics.filter.Target;
import dev.historics.jobs.Selectivity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What {@code explain} tells of a rule, for people and for programs. */
final class ExplainedRule {
  /** A longer condition is cut where people read it. */
  private static final int SHOWN_MAX = 100;

  private final Definition rule;
  private final Optional<Measured> measured;
  private final Map<String, Integer> units = new HashMap<>();
  private final List<Part> parts = new ArrayList<>();

  /**
   * What a look at archived data found.
   *
   * @param shares of the records, by canonical rules
   */
  record Measured(
      List<String> sources,
      Times.Range range,
      Selectivity selectivity,
      Map<String, Double> shares) {
    Measured {
      sources = List.copyOf(sources);
      shares = Map.copyOf(shares);
    }
  }

  /** The filter, or a tag, and how it is asked. */
  private record Part(Definition definition, Step plan) {}

  ExplainedRule(Definition rule, Optional<Measured> measured) {
    this.rule = rule;
    this.measured = measured;
    rule.costs().forEach(cost -> units.put(cost.condition(), cost.units()));
    List<Definition> definitions = new ArrayList<>();
    if (rule.hasFilter()) {
      definitions.add(rule);
    }
    definitions.addAll(RuleParts.tags(rule));
    RuleSet set = RuleSet.of(definitions);
    for (int i = 0; i < definitions.size(); i++) {
      parts.add(new Part(definitions.get(i), set.steps(i)));
    }
  }

  private List<Part> tags() {
    return rule.hasFilter() ? parts.subList(1, parts.size()) : parts;
  }

  /** The share of the records that a rule matches; nothing if it was not measured. */
  private Optional<Double> share(String canonical) {
    return measured
        .filter(found -> found.selectivity().read() > 0)
        .map(found -> found.shares().get(canonical));
  }

  /** The share of a single condition, or of the whole part for its first step. */
  private Optional<Double> share(Part part, Step step) {
    return share(
        step.equals(part.plan())
            ? part.definition().canonical()
            : "return { " + step.condition() + " }");
  }

  private Iterable<Target> targets() {
    Map<String, Target> targets = new TreeMap<>();
    for (ConditionCost cost : rule.costs()) {
      targets.put(cost.target().name(), cost.target());
    }
    return targets.values();
  }

  // ---- for programs

  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("hash", rule.hash());
    json.put("complexity", rule.complexity());
    json.put("canonical", rule.canonical());
    json.put("costs", rule.costs().stream().map(ExplainedRule::json).toList());
    List<Object> targets = new ArrayList<>();
    targets().forEach(target -> targets.add(json(target)));
    json.put("targets", targets);
    json.put("plan", rule.hasFilter() ? json(parts.get(0), parts.get(0).plan()) : null);
    json.put("tags", tags().stream().map(this::json).toList());
    measured.ifPresent(found -> json.put("sample", json(found)));
    return json;
  }

  private static Map<String, Object> json(ConditionCost cost) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("condition", cost.condition());
    json.put("target", cost.target().name());
    json.put("units", cost.units());
    return json;
  }

  private static Map<String, Object> json(Target target) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("target", target.name());
    json.put("type", target.type().name().toLowerCase(Locale.ROOT));
    json.put("array", target.array());
    json.put("note", target.note());
    return json;
  }

  private Map<String, Object> json(Part tag) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("tag", tag.definition().name());
    json.put("plan", json(tag, tag.plan()));
    return json;
  }

  private Map<String, Object> json(Part part, Step step) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("condition", step.condition());
    if (step.parts().isEmpty()) {
      json.put("units", units.get(step.condition()));
    }
    json.put("nanos", step.nanos());
    if (step.parts().isEmpty()) {
      json.put("how", step.way());
    }
    share(part, step).ifPresent(share -> json.put("share", share));
    if (!step.parts().isEmpty()) {
      json.put("parts", step.parts().stream().map(inside -> json(part, inside)).toList());
    }
    return json;
  }

  private static Map<String, Object> json(Measured measured) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("sources", measured.sources());
    json.put("from", measured.range().start());
    json.put("to", measured.range().end());
    json.put("days", measured.selectivity().daysInRange());
    json.put("days_read", measured.selectivity().days());
    json.put("records_read", measured.selectivity().read());
    return json;
  }

  // ---- for people

  String text() {
    List<String> lines = new ArrayList<>();
    lines.add("hash        " + rule.hash());
    lines.add("complexity  " + rule.complexity());
    lines.add("");
    lines.addAll(RuleLayout.lines(rule));
    lines.add("");
    Table targets = new Table("target", "type", "note");
    targets().forEach(target -> targets.add(row(target)));
    lines.addAll(targets.aligned().lines().toList());
    lines.add("");
    Table plan =
        measured.isPresent()
            ? new Table("asked_in_this_order", "units", "ns", "how", "share_of_records")
            : new Table("asked_in_this_order", "units", "ns", "how");
    for (Part part : parts) {
      boolean tag = part.definition() != rule;
      if (tag) {
        plan.add(Map.of("asked_in_this_order", shown(part.definition().name())));
      }
      add(plan, part, part.plan(), tag ? 1 : 0);
    }
    lines.addAll(plan.aligned().lines().toList());
    measured.ifPresent(found -> lines.addAll(List.of("", basis(found))));
    return String.join("\n", lines);
  }

  private static Map<String, Object> row(Target target) {
    Map<String, Object> row = new LinkedHashMap<>();
    String type = target.type().name().toLowerCase(Locale.ROOT);
    row.put("target", target.name());
    row.put("type", target.array() ? type + "[]" : type);
    row.put("note", target.note());
    return row;
  }

  private void add(Table plan, Part part, Step step, int depth) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("asked_in_this_order", "  ".repeat(depth) + shown(step.condition()));
    if (step.parts().isEmpty()) {
      row.put("units", units.get(step.condition()));
      row.put("how", step.way());
    }
    row.put("ns", step.nanos());
    share(part, step).ifPresent(share -> row.put("share_of_records", percent(share)));
    plan.add(row);
    step.parts().forEach(inside -> add(plan, part, inside, depth + 1));
  }

  private static String shown(String text) {
    return text.codePointCount(0, text.length()) <= SHOWN_MAX
        ? text
        : text.substring(0, text.offsetByCodePoints(0, SHOWN_MAX)) + "…";
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%9.4f %%", share * 100);
  }

  private static String basis(Measured measured) {
    Selectivity selectivity = measured.selectivity();
    String range =
        "[%s, %s) of %s"
            .formatted(
                measured.range().start(),
                measured.range().end(),
                String.join(", ", measured.sources()));
    return selectivity.read() == 0
        ? "nothing was measured: there is no record in " + range
        : String.format(
            Locale.ROOT,
            "shares rest on %,d records: the first ones of %,d of %,d source-days in %s",
            selectivity.read(),
            selectivity.days(),
            selectivity.daysInRange(),
            range);
  }
}
