package dev.historics.cli.simulation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One picture of a page: values of several policies, as lines or as bars.
 *
 * @param id its name in the page; a word
 * @param text what it shows, in a sentence or two
 * @param across what is told along the x axis; of bars, along the axis of their lengths
 * @param up what is told along the y axis; not used for bars
 * @param labels the name of each bar, or none for lines
 * @param series for each policy its points (x, y) in order, or the length of each bar
 */
record Chart(
    String id,
    String title,
    String text,
    Form form,
    String across,
    String up,
    List<String> labels,
    Map<String, List<?>> series) {
  /** How it is drawn. */
  enum Form {
    LINES,
    /** With y growing by factors. */
    LOG_LINES,
    BARS
  }

  Chart {
    labels = List.copyOf(labels);
    series = new LinkedHashMap<>(series);
  }

  /** Whether there is nothing to see. */
  boolean isEmpty() {
    return series.values().stream().allMatch(List::isEmpty);
  }

  /** All that is drawn, as a value with a JSON form. */
  Map<String, Object> data() {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("id", id);
    data.put("form", form);
    data.put("across", across);
    data.put("up", up);
    data.put("labels", labels);
    data.put("series", series);
    return data;
  }
}
