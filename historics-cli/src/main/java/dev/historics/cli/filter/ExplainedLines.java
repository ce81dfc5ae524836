package dev.historics.cli.filter;

import dev.historics.cli.session.Json;
import dev.historics.filter.Explanation;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes for each record why the rules match it, or do not. */
public final class ExplainedLines implements Outlet {
  private final OutputStream out;
  private final List<String> names;
  private final Form form;
  private boolean any;

  /** How an explanation is written. */
  public enum Form {
    /** A tree for people, with signs that any terminal has. */
    ASCII,
    /** A tree for people, with signs beyond ASCII. */
    UNICODE,
    /** A JSON object a line. */
    JSON_LINES,
    /** A JSON array of objects. */
    JSON
  }

  /**
   * @param names of the rules
   */
  public ExplainedLines(OutputStream out, List<String> names, Form form) {
    this.out = out;
    this.names = List.copyOf(names);
    this.form = form;
  }

  @Override
  public void take(Found found) throws IOException {
    String text =
        switch (form) {
          case ASCII -> new ExplanationTree(ExplanationTree.Signs.ASCII).text(found, names);
          case UNICODE -> new ExplanationTree(ExplanationTree.Signs.UNICODE).text(found, names);
          case JSON_LINES -> Json.compact(json(found)) + "\n";
          case JSON -> (any ? ",\n" : "[\n") + Json.compact(json(found));
        };
    any = true;
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  private Map<String, Object> json(Found found) {
    Map<String, Object> json = new LinkedHashMap<>();
    Place place = found.place().get();
    json.put("input", place.input());
    json.put("line", place.line());
    json.put("matched", !found.rules().isEmpty());
    List<Object> rules = new ArrayList<>();
    for (int rule = 0; rule < names.size(); rule++) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("rule", names.get(rule));
      one.put("matched", found.rules().get(rule));
      one.put("why", json(found.reasons().get(rule)));
      rules.add(one);
    }
    json.put("rules", rules);
    return json;
  }

  private static Map<String, Object> json(Explanation reason) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("condition", reason.condition());
    json.put("holds", reason.holds());
    if (reason.parts().isEmpty()) {
      json.put("values", reason.values().stream().map(ExplainedLines::json).toList());
    } else {
      json.put("parts", reason.parts().stream().map(ExplainedLines::json).toList());
    }
    return json;
  }

  private static Map<String, Object> json(Explanation.Value value) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("text", value.text());
    json.put("holds", value.holds());
    if (!value.words().isEmpty()) {
      json.put("words", value.words());
    }
    return json;
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }

  @Override
  public void end() throws IOException {
    if (form == Form.JSON) {
      out.write((any ? "\n]\n" : "[]\n").getBytes(StandardCharsets.UTF_8));
    }
    out.flush();
  }
}
