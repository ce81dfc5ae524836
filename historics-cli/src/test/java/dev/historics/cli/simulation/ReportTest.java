package dev.historics.cli.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.historics.cli.session.Table;
import dev.historics.cli.simulation.Chart.Form;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportTest {
  private static final Pattern DATA =
      Pattern.compile("<script type=\"application/json\" id=\"data\">(.*?)</script>");

  private static String page(String name) {
    Table figures = new Table("figure", "fair");
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("figure", name);
    row.put("fair", 0.5);
    figures.add(row);
    Chart gaps =
        new Chart(
            "gaps", name, name, Form.BARS, name, "", List.of(name), Map.of("fair", List.of(1.0)));
    return new Report(
            name,
            Map.of("setting", name),
            figures,
            List.of(gaps),
            name,
            "1.0",
            Instant.parse("2026-01-02T03:04:05Z"))
        .html();
  }

  /** Without the scripts and styles, which are ours. */
  private static String markup(String page) {
    return page.replaceAll("(?s)<(style|script)>.*?</\\1>", "");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script>",
        "</script><img src=x onerror=alert(1)>",
        "\" onmouseover=\"alert(1)",
        "' onmouseover='alert(1)",
        "<!--",
        "</title></style>",
        "{{script}} $1 \\1"
      })
  void no_name_becomes_markup(String name) {
    String markup = markup(page(name));
    String data = found(DATA, markup);

    assertThat(data).doesNotContain("<").contains("\"fair\":[1.0]");
    String text = markup.replace(data, "");
    String escaped =
        name.replace("&", "&amp;")
            .replace("<", "&lt;")
            .replace(">", "&gt;")
            .replace("\"", "&quot;")
            .replace("'", "&#39;");
    assertThat(text).contains("<h1>" + escaped + "</h1>").contains("<dd>" + escaped);
    assertThat(text.replace(escaped, "#")).isEqualTo(markup(page("#")).replace(dataOf("#"), ""));
  }

  private static String dataOf(String name) {
    return found(DATA, markup(page(name)));
  }

  private static String found(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    assertThat(matcher.find()).isTrue();
    return matcher.group(1);
  }

  @Test
  void the_page_loads_nothing_and_says_so_to_the_browser() {
    String page = page("name");

    assertThat(markup(page))
        .contains("default-src 'none'")
        .doesNotContain("unsafe-inline")
        .doesNotContainPattern("(?:src|href)=\"(?!data:)");
    assertThat(page).doesNotContain("sourceMappingURL");
  }

  @Test
  void the_licence_of_the_charts_is_in_it() {
    assertThat(page("name"))
        .contains("The MIT License (MIT)", "Chart.js Contributors", "above copyright notice");
  }

  @Test
  void figures_stand_there_as_in_the_terminal() {
    assertThat(page("name"))
        .contains("<th scope=\"col\">FIGURE<th scope=\"col\">FAIR")
        .contains("<tr><th scope=\"row\">name<td>0.50");
  }
}
