package dev.historics.cli.simulation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.historics.cli.session.CliException;
import dev.historics.cli.session.ExitCode;
import dev.historics.schedule.QueryRequest;
import dev.historics.schedule.Volume;
import dev.historics.schedule.simulation.ClusterModel;
import dev.historics.schedule.simulation.Fitting;
import dev.historics.schedule.simulation.RecordedJob;
import dev.historics.schedule.simulation.Submission;
import dev.historics.schedule.simulation.Workload;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Reads a trace as {@link TraceWriter} writes it, and makes a workload of it. */
final class TraceReader {
  private static final ObjectMapper JSON = new ObjectMapper();

  private record Asked(Instant at, QueryRequest request, List<Volume> chunks) {
    LocalDate first() {
      return LocalDate.ofInstant(request.start(), ZoneOffset.UTC);
    }
  }

  /** A line that is not what it should be. */
  private static final class BadLineException extends Exception {
    private static final long serialVersionUID = 1L;

    BadLineException(String message) {
      super(message);
    }
  }

  private final ClusterModel usual;
  private final Map<String, Asked> queries = new HashMap<>();
  private final List<RecordedJob> jobs = new ArrayList<>();
  private int slots;

  private TraceReader(ClusterModel usual) {
    this.usual = usual;
  }

  /**
   * Reads a file.
   *
   * @param usual how the cluster behaves as far as the trace does not tell
   */
  static Workload read(Path file, ClusterModel usual) throws CliException, IOException {
    TraceReader reader = new TraceReader(usual);
    int number = 0;
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        if (!line.isBlank()) {
          reader.line(line, number == 1);
        }
      }
    } catch (NoSuchFileException e) {
      throw new CliException(
          ExitCode.NOT_FOUND, "there is no file %s".formatted(file), "check the path", e);
    } catch (CharacterCodingException e) {
      throw bad("%s:%d: this is not UTF-8 text".formatted(file, number + 1), e);
    } catch (BadLineException e) {
      throw bad("%s:%d: %s".formatted(file, number, e.getMessage()), e);
    }
    if (reader.queries.isEmpty()) {
      throw bad("%s: there is no query in it".formatted(file), null);
    }
    return reader.workload();
  }

  private static CliException bad(String message, Exception cause) {
    return new CliException(
        ExitCode.FAILED, message, "make a trace with 'historics queue export --out FILE'", cause);
  }

  private void line(String text, boolean first) throws BadLineException {
    JsonNode line = parsed(text);
    if (first) {
      if (line.path("trace").asInt() != TraceWriter.VERSION) {
        throw new BadLineException(
            "expected the heading of a trace, such as {\"trace\":1,\"slots\":8}, found "
                + shortened(text));
      }
      slots = (int) whole(line, "slots", 1, 1_000_000);
    } else if (line.has("query")) {
      query(line);
    } else if (line.has("job")) {
      job(line);
    } else {
      throw new BadLineException("expected a query or a job, found " + shortened(text));
    }
  }

  private static JsonNode parsed(String text) throws BadLineException {
    try {
      JsonNode line = JSON.readTree(text);
      if (!line.isObject()) {
        throw new BadLineException("expected a JSON object, found " + shortened(text));
      }
      return line;
    } catch (JsonProcessingException e) {
      throw new BadLineException("this is not JSON: " + e.getOriginalMessage());
    }
  }

  private static String shortened(String text) {
    return "'" + (text.length() > 40 ? text.substring(0, 40) + "…" : text) + "'";
  }

  private void query(JsonNode line) throws BadLineException {
    TreeSet<String> sources = new TreeSet<>();
    for (JsonNode source : list(line, "sources")) {
      sources.add(source.asText());
    }
    QueryRequest request;
    try {
      request =
          new QueryRequest(
              text(line, "user"),
              "",
              "",
              "%032x".formatted(queries.size()),
              (int) whole(line, "complexity", 1, Integer.MAX_VALUE),
              sources,
              instant(line, "start"),
              instant(line, "end"),
              line.path("sample").asDouble(100));
    } catch (IllegalArgumentException e) {
      throw new BadLineException(e.getMessage());
    }
    List<Volume> chunks = new ArrayList<>();
    for (JsonNode chunk : list(line, "chunks")) {
      chunks.add(
          new Volume(
              whole(chunk, "records", 0, Long.MAX_VALUE),
              whole(chunk, "bytes", 0, Long.MAX_VALUE)));
    }
    Asked asked = new Asked(instant(line, "at"), request, chunks);
    LocalDate last = LocalDate.ofInstant(request.end().minusNanos(1), ZoneOffset.UTC);
    long days = ChronoUnit.DAYS.between(asked.first(), last) + 1;
    if (days != chunks.size()) {
      throw new BadLineException(
          "the query touches %d days, but has %d chunks".formatted(days, chunks.size()));
    }
    if (queries.putIfAbsent(text(line, "query"), asked) != null) {
      throw new BadLineException("query '%s' is there twice".formatted(text(line, "query")));
    }
  }

  private void job(JsonNode line) throws BadLineException {
    long bytes = 0;
    int chunks = 0;
    LocalDate day = day(line, "day");
    for (JsonNode rider : list(line, "queries")) {
      Asked query = queries.get(rider.asText());
      if (query == null) {
        throw new BadLineException(
            "expected the name of a query above, found '%s'".formatted(rider.asText()));
      }
      long index = ChronoUnit.DAYS.between(query.first(), day);
      if (index < 0 || index >= query.chunks().size()) {
        throw new BadLineException("query '%s' does not want %s".formatted(rider.asText(), day));
      }
      bytes = Math.max(bytes, query.chunks().get((int) index).bytes());
      chunks++;
    }
    double seconds =
        Duration.between(instant(line, "started"), instant(line, "ended")).toMillis() / 1000.0;
    if (chunks > 0) {
      jobs.add(
          new RecordedJob(bytes, chunks, Math.max(0, seconds), line.path("clean").asBoolean()));
    }
  }

  private Workload workload() {
    List<Asked> asked = new ArrayList<>(queries.values());
    asked.sort(
        Comparator.comparing(Asked::at)
            .thenComparing(each -> each.request().user())
            .thenComparing(each -> each.request().start())
            .thenComparing(each -> each.request().end()));
    Instant begin = asked.get(0).at();
    List<Submission> submissions =
        asked.stream()
            .map(
                each ->
                    new Submission(
                        Duration.between(begin, each.at()).toMillis(),
                        each.request(),
                        each.chunks()))
            .toList();
    ClusterModel model =
        new ClusterModel(
            slots,
            usual.secondsPerJob(),
            usual.bytesPerSecond(),
            usual.extraPerRider(),
            usual.noise(),
            List.of(),
            0,
            0);
    return new Workload(Fitting.fit(jobs, model), submissions);
  }

  // ---- fields

  private static String text(JsonNode line, String field) throws BadLineException {
    JsonNode value = line.path(field);
    if (!value.isTextual()) {
      throw new BadLineException(
          "expected a text as '%s', found %s".formatted(field, shown(value)));
    }
    return value.asText();
  }

  private static Iterable<JsonNode> list(JsonNode line, String field) throws BadLineException {
    JsonNode value = line.path(field);
    if (!value.isArray()) {
      throw new BadLineException(
          "expected a list as '%s', found %s".formatted(field, shown(value)));
    }
    return value;
  }

  private static long whole(JsonNode line, String field, long min, long max)
      throws BadLineException {
    JsonNode value = line.path(field);
    if (!value.isIntegralNumber()
        || !value.canConvertToLong()
        || value.asLong() < min
        || value.asLong() > max) {
      throw new BadLineException(
          "expected a whole number of at least %d as '%s', found %s"
              .formatted(min, field, shown(value)));
    }
    return value.asLong();
  }

  private static Instant instant(JsonNode line, String field) throws BadLineException {
    try {
      return Instant.parse(text(line, field));
    } catch (DateTimeException e) {
      throw new BadLineException(
          "expected a time such as '2017-08-05T10:30:00Z' as '%s', found %s"
              .formatted(field, shown(line.path(field))));
    }
  }

  private static LocalDate day(JsonNode line, String field) throws BadLineException {
    try {
      return LocalDate.parse(text(line, field));
    } catch (DateTimeException e) {
      throw new BadLineException(
          "expected a day such as '2017-08-05' as '%s', found %s"
              .formatted(field, shown(line.path(field))));
    }
  }

  private static String shown(JsonNode value) {
    return value.isMissingNode() ? "nothing" : shortened(value.toString());
  }
}
