package dev.historics.jobs;

import dev.historics.filter.Definition;
import dev.historics.filter.InvalidRuleException;
import dev.historics.filter.TargetDictionary;
import dev.historics.filter.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Rules that compile, and that hostile records meet often enough. */
final class RandomQueries {
  private static final List<String> TARGETS =
      List.of(
          "interaction.content",
          "interaction.content",
          "interaction.raw_content",
          "interaction.author.id",
          "interaction.author.username",
          "interaction.author",
          "interaction.hashtags",
          "interaction.rank",
          "interaction.geo",
          "interaction.id",
          "interaction.sample",
          "interaction.type",
          "language.tag");

  private final SplittableRandom random;
  private final TargetDictionary dictionary;
  private final List<String> targets = new ArrayList<>(TARGETS);

  RandomQueries(SplittableRandom random, TargetDictionary dictionary, List<String> sources) {
    this.random = random;
    this.dictionary = dictionary;
    for (String source : sources) {
      for (String field :
          List.of("n", "ratio", "place", "words", "undeclared", "never", "user.name", "text")) {
        targets.add(source + "." + field);
      }
    }
  }

  String next() {
    String rule = rule(2);
    while (!compiles(rule)) {
      rule = rule(2);
    }
    return rule;
  }

  private boolean compiles(String rule) {
    try {
      Definition.compile("rule", rule, dictionary);
      return true;
    } catch (InvalidRuleException e) {
      return false;
    }
  }

  private String rule(int depth) {
    return switch (depth == 0 ? 0 : random.nextInt(6)) {
      case 1, 2 -> "(" + rule(depth - 1) + " and " + rule(depth - 1) + ")";
      case 3, 4 -> "(" + rule(depth - 1) + " or " + rule(depth - 1) + ")";
      case 5 -> "not " + rule(depth - 1);
      default -> condition(pick(targets));
    };
  }

  private String condition(String target) {
    ValueType type = dictionary.find(target).map(found -> found.type()).orElse(ValueType.GEO);
    return target
        + switch (type) {
          case GEO -> " exists";
          case INT, FLOAT -> random.nextInt(4) == 0 ? " exists" : number(type);
          case TEXT -> (random.nextInt(4) == 0 ? " cs" : "") + text();
        };
  }

  private String number(ValueType type) {
    return type == ValueType.INT && random.nextInt(4) == 0
        ? " in [0, 5, 42, 161]"
        : comparison() + pick(List.of("0", "1", "5", "42", "4.5", "50", "161", "1000"));
  }

  private String text() {
    return switch (random.nextInt(8)) {
      case 0 -> " exists";
      case 1 -> " any " + list();
      case 2 -> " contains_all " + list();
      case 3 -> " in " + list();
      case 4 -> " substr " + quoted(word());
      case 5 -> comparison() + quoted(word());
      default -> " contains " + quoted(word());
    };
  }

  private String comparison() {
    return " " + pick(List.of("==", "!=", "<", "<=", ">", ">=")) + " ";
  }

  private String list() {
    return quoted(word().replace(",", "\\,") + " , " + word().replace(",", "\\,"));
  }

  private String word() {
    return random.nextInt(5) == 0
        ? pick(HostileRecords.NUMBERS)
        : pick(HostileRecords.WORDS.subList(0, HostileRecords.WORDS.size() - 1));
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  private <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
