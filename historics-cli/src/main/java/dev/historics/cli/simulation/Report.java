package dev.historics.cli.simulation;

import dev.historics.cli.session.Json;
import dev.historics.cli.session.Table;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A page with the charts and figures of a comparison, in one file that asks nothing of any network.
 * A browser runs no script on it but the page's own, whatever names the data hold.
 *
 * @param subject what was simulated, in a few words
 * @param facts what else was set, each with its value
 * @param figures the policies side by side
 * @param command a line for a shell that makes the same figures again
 * @param version of the program
 */
record Report(
    String subject,
    Map<String, String> facts,
    Table figures,
    List<Chart> charts,
    String command,
    String version,
    Instant made) {
  private static final String CHARTS = "/META-INF/resources/webjars/chart.js/";
  private static final String CHARTS_BUILD =
      "/META-INF/maven/org.webjars.npm/chart.js/pom.properties";
  private static final Pattern SOURCE_MAP = Pattern.compile("//# sourceMappingURL=\\S*");
  private static final Pattern GAP = Pattern.compile("\\{\\{(\\w+)}}");

  Report {
    charts = List.copyOf(charts);
  }

  /** The whole page. */
  String html() {
    String style = resource("report.css");
    String script = resource("report.js");
    String version = chartsVersion();
    String library =
        SOURCE_MAP.matcher(resource(CHARTS + version + "/dist/chart.umd.min.js")).replaceAll("");
    Map<String, String> parts =
        Map.ofEntries(
            Map.entry("policy", policy(style, library, script)),
            Map.entry("style", style),
            Map.entry("library", library),
            Map.entry("script", script),
            Map.entry("subject", escaped(subject)),
            Map.entry("figures", rows(figures)),
            Map.entry("charts", charts.stream().map(Report::figure).collect(Collectors.joining())),
            Map.entry("facts", terms()),
            Map.entry("command", escaped(command)),
            Map.entry("version", escaped(this.version)),
            Map.entry("made", made.toString()),
            Map.entry("charts_version", escaped(version)),
            Map.entry("licence", escaped(resource(CHARTS + version + "/LICENSE.md"))),
            Map.entry("data", data()));
    return GAP.matcher(resource("report.html"))
        .replaceAll(gap -> Matcher.quoteReplacement(parts.get(gap.group(1))));
  }

  /** Nothing is loaded, and of scripts and styles only those with the right digest are heeded. */
  private static String policy(String style, String... scripts) {
    return "default-src 'none'; base-uri 'none'; form-action 'none'; img-src data:; style-src "
        + digest(style)
        + "; script-src "
        + Stream.of(scripts).map(Report::digest).collect(Collectors.joining(" "));
  }

  private static String digest(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static String rows(Table figures) {
    StringBuilder rows = new StringBuilder();
    List<List<String>> cells = figures.cells();
    rows.append("<thead><tr>");
    cells.get(0).forEach(cell -> rows.append("<th scope=\"col\">").append(escaped(cell)));
    rows.append("</thead>\n<tbody>\n");
    for (List<String> row : cells.subList(1, cells.size())) {
      rows.append("<tr><th scope=\"row\">").append(escaped(row.get(0)));
      row.subList(1, row.size()).forEach(cell -> rows.append("<td>").append(escaped(cell)));
      rows.append('\n');
    }
    return rows.append("</tbody>").toString();
  }

  private static String figure(Chart chart) {
    return """
        <figure class="%s">
        <figcaption><h3>%s</h3><p>%s</p></figcaption>
        <div class="canvas"><canvas id="%s" role="img" aria-label="%s"></canvas></div>
        </figure>
        """
        .formatted(
            chart.form() == Chart.Form.BARS ? "wide" : "",
            escaped(chart.title()),
            escaped(chart.text()),
            escaped(chart.id()),
            escaped(chart.title() + ": " + chart.text()));
  }

  private String terms() {
    StringBuilder list = new StringBuilder();
    facts.forEach(
        (name, value) ->
            list.append("<dt>")
                .append(escaped(name))
                .append("<dd>")
                .append(escaped(value))
                .append('\n'));
    return list.toString();
  }

  /** JSON that ends no script element. */
  private String data() {
    return Json.compact(charts.stream().map(Chart::data).toList()).replace("<", "\\u003c");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  private static String chartsVersion() {
    try {
      Properties build = new Properties();
      build.load(new StringReader(resource(CHARTS_BUILD)));
      return build.getProperty("version");
    } catch (IOException e) {
      throw new UncheckedIOException("a string cannot fail to be read", e);
    }
  }

  private static String resource(String name) {
    try (InputStream in = Report.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the program was packaged without " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("%s cannot be read".formatted(name), e);
    }
  }
}
