package dev.historics.filter;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * As much of what editors do with a TextMate grammar as ours needs: {@code match} with captures,
 * {@code begin} and {@code end}, and {@code include}, line by line.
 */
final class TextMateGrammar {
  private final JsonNode grammar;
  private final List<Rule> rules;

  /** What a grammar says of a piece of text; the scope is empty where it says nothing. */
  record Piece(String scope, String text) {
    @Override
    public String toString() {
      return (scope.isEmpty() ? "-" : scope) + " " + text;
    }
  }

  /**
   * @param start what is matched, or starts a region
   * @param end what ends the region that holds {@code inner}; null if there is none
   */
  private record Rule(
      String scope, Pattern start, Map<Integer, String> captures, Pattern end, List<Rule> inner) {}

  private record Found(Rule rule, Matcher at) {}

  TextMateGrammar(JsonNode grammar) {
    this.grammar = grammar;
    this.rules = rules(grammar.path("patterns"));
  }

  private List<Rule> rules(JsonNode patterns) {
    List<Rule> all = new ArrayList<>();
    for (JsonNode pattern : patterns) {
      all.addAll(rule(pattern));
    }
    return all;
  }

  private List<Rule> rule(JsonNode node) {
    if (node.has("include")) {
      String name = node.path("include").asText().substring(1);
      return rule(grammar.path("repository").required(name));
    }
    String scope = node.path("name").asText();
    if (node.has("begin")) {
      Pattern begin = Pattern.compile(node.path("begin").asText());
      Pattern end = Pattern.compile(node.path("end").asText());
      return List.of(new Rule(scope, begin, Map.of(), end, rules(node.path("patterns"))));
    }
    if (node.has("match")) {
      Map<Integer, String> captures = new TreeMap<>();
      node.path("captures")
          .fields()
          .forEachRemaining(
              entry ->
                  captures.put(
                      Integer.valueOf(entry.getKey()), entry.getValue().path("name").asText()));
      Pattern match = Pattern.compile(node.path("match").asText());
      return List.of(new Rule(scope, match, captures, null, List.of()));
    }
    return rules(node.path("patterns"));
  }

  /** The pieces of a text that are more than blanks. */
  List<Piece> pieces(String text) {
    List<Piece> pieces = new ArrayList<>();
    Deque<Rule> open = new ArrayDeque<>();
    text.lines().forEach(line -> line(line, open, pieces));
    return pieces.stream().filter(piece -> !piece.text().isBlank()).toList();
  }

  private void line(String line, Deque<Rule> open, List<Piece> pieces) {
    int at = 0;
    while (at < line.length()) {
      Rule region = open.peek();
      String around = region == null ? "" : region.scope();
      Matcher end = region == null ? null : matcher(region.end(), line, at);
      Found first = first(region == null ? rules : region.inner(), line, at);
      if (end != null && end.find() && (first == null || end.start() <= first.at().start())) {
        add(pieces, around, line.substring(at, end.end()));
        open.pop();
        at = end.end();
      } else if (first == null) {
        add(pieces, around, line.substring(at));
        at = line.length();
      } else {
        add(pieces, around, line.substring(at, first.at().start()));
        found(first, pieces);
        if (first.rule().end() != null) {
          open.push(first.rule());
        }
        at = first.at().end();
      }
    }
  }

  private static Found first(List<Rule> rules, String line, int from) {
    Found first = null;
    for (Rule rule : rules) {
      Matcher matcher = matcher(rule.start(), line, from);
      if (matcher.find() && (first == null || matcher.start() < first.at().start())) {
        first = new Found(rule, matcher);
      }
    }
    return first;
  }

  private static Matcher matcher(Pattern pattern, String line, int from) {
    return pattern
        .matcher(line)
        .region(from, line.length())
        .useTransparentBounds(true)
        .useAnchoringBounds(false);
  }

  private static void found(Found found, List<Piece> pieces) {
    if (found.rule().captures().isEmpty()) {
      add(pieces, found.rule().scope(), found.at().group());
    }
    found.rule().captures().forEach((group, scope) -> add(pieces, scope, found.at().group(group)));
  }

  private static void add(List<Piece> pieces, String scope, String text) {
    if (!text.isEmpty()) {
      pieces.add(new Piece(scope, text));
    }
  }
}
