package dev.historics.cli.simulation;

import dev.historics.cli.session.Json;
import dev.historics.schedule.Chunk;
import dev.historics.schedule.History;
import dev.historics.schedule.Job;
import dev.historics.schedule.Query;
import dev.historics.schedule.QueryId;
import dev.historics.schedule.QueryRequest;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Writes a trace, one JSON object a line; {@link TraceReader} reads it. No rule is written. */
public final class TraceWriter {
  /** The format's version, in the first line. */
  static final int VERSION = 1;

  /** Whether a trace tells who asked. */
  public enum Users {
    NAMED,
    /** {@code user1} and so on, by their first query. */
    NUMBERED
  }

  private final Users users;
  private final Map<String, String> names = new HashMap<>();
  private final Map<QueryId, String> queries = new HashMap<>();

  public TraceWriter(Users users) {
    this.users = users;
  }

  /**
   * Writes everything: a heading, the queries by submission, the jobs that ended.
   *
   * @param slots how many jobs may run at a time
   */
  public void write(History history, int slots, Appendable out) throws IOException {
    line(out, fields("trace", VERSION, "slots", slots));
    for (Query query : history.queries()) {
      line(out, query(query));
    }
    for (Job job : history.jobs()) {
      if (job.ended().isPresent()) {
        line(out, job(job));
      }
    }
  }

  private static void line(Appendable out, Map<String, Object> value) throws IOException {
    out.append(Json.compact(value)).append('\n');
  }

  private Map<String, Object> query(Query query) {
    QueryRequest request = query.head().request();
    String number = "q" + (queries.size() + 1);
    queries.put(query.id(), number);
    List<Map<String, Object>> chunks = query.chunks().stream().map(TraceWriter::chunk).toList();
    Map<String, Object> line =
        fields("query", number, "at", query.head().submitted(), "user", name(request.user()));
    line.put("sources", request.sources());
    line.put("start", request.start());
    line.put("end", request.end());
    line.put("sample", request.samplePercent());
    line.put("complexity", request.complexity());
    line.put("status", query.head().status().name().toLowerCase(Locale.ROOT));
    line.put("chunks", chunks);
    return line;
  }

  private String name(String user) {
    return switch (users) {
      case NAMED -> user;
      case NUMBERED -> names.computeIfAbsent(user, each -> "user" + (names.size() + 1));
    };
  }

  private static Map<String, Object> chunk(Chunk chunk) {
    return fields("records", chunk.volume().records(), "bytes", chunk.volume().bytes());
  }

  private Map<String, Object> job(Job job) {
    Map<String, Object> line =
        fields("job", job.id().value(), "day", job.day(), "started", job.started());
    line.put("ended", job.ended().orElseThrow());
    line.put("queries", job.riders().stream().map(queries::get).filter(Objects::nonNull).toList());
    line.put("clean", job.clean());
    return line;
  }

  private static Map<String, Object> fields(Object... namesAndValues) {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      fields.put(namesAndValues[i].toString(), namesAndValues[i + 1]);
    }
    return fields;
  }
}
