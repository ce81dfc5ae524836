package dev.historics.cli.query;

import dev.historics.cli.session.Printer;
import dev.historics.cli.session.Table;
import dev.historics.schedule.ChunkView;
import dev.historics.schedule.FinishTimes;
import dev.historics.schedule.QueryId;
import dev.historics.schedule.QueryRequest;
import dev.historics.schedule.QueryStatus;
import dev.historics.schedule.QueryView;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Queries as people read them, and as the contract's JSON. */
final class QueryText {
  private QueryText() {}

  /** The JSON shape of {@code status}. */
  static Map<String, Object> json(QueryView query) {
    QueryRequest request = query.request();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", query.id().value());
    json.put("name", request.name());
    json.put("user", request.user());
    json.put("hash", request.hash());
    json.put("start", request.start());
    json.put("end", request.end());
    json.put("sources", request.sources());
    json.put("sample", request.samplePercent());
    json.put("status", word(query.status()));
    json.put("progress", rounded(query.progress()));
    json.put("read", query.read());
    json.put("matched", query.matched());
    json.put("quarantined", query.quarantined());
    json.put("estimated_completion", json(query.ended(), query.estimate()));
    json.put("promised_completion", json(query.firstEstimate()));
    json.put("submitted", query.submitted());
    json.put("ended", query.ended().orElse(null));
    json.put("chunks", query.chunks().stream().map(QueryText::json).toList());
    return json;
  }

  private static Map<String, Object> json(ChunkView chunk) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("day", chunk.day());
    json.put("status", word(chunk.status()));
    json.put("progress", rounded(chunk.progress()));
    json.put("ticket", chunk.ticket().isPresent() ? chunk.ticket().getAsLong() : null);
    json.put("job", chunk.job().map(Object::toString).orElse(null));
    json.put("shared_with", chunk.sharedWith().stream().map(QueryId::value).toList());
    json.put("read", chunk.read());
    json.put("matched", chunk.matched());
    json.put("quarantined", chunk.quarantined());
    json.put("started", chunk.started().orElse(null));
    json.put("ended", chunk.ended().orElse(null));
    json.put("estimated_completion", json(chunk.ended(), chunk.estimate()));
    json.put("failure", chunk.failure());
    return json;
  }

  /** What has ended was completed when it ended, as the old service's API had it. */
  private static Map<String, Object> json(Optional<Instant> ended, Optional<FinishTimes> times) {
    return json(ended.map(end -> new FinishTimes(end, end, end)).or(() -> times));
  }

  /** The three times, or null when nothing can be said. */
  static Map<String, Object> json(Optional<FinishTimes> times) {
    if (times.isEmpty()) {
      return null;
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("p10", times.get().p10());
    json.put("p50", times.get().p50());
    json.put("p90", times.get().p90());
    return json;
  }

  static String word(QueryStatus status) {
    return status.name().toLowerCase(Locale.ROOT);
  }

  private static double rounded(double share) {
    return Math.round(share * 1000) / 1000.0;
  }

  /** When something is expected, in words. */
  static String promise(FinishTimes times) {
    return "about %s, nine in ten by %s".formatted(time(times.p50()), time(times.p90()));
  }

  static String time(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** One query with all its chunks. */
  static String text(QueryView query) {
    QueryRequest request = query.request();
    List<String> lines = new ArrayList<>();
    String name = request.name().isEmpty() ? "" : " \"" + Printer.printable(request.name()) + "\"";
    lines.add(
        "%s%s by %s: %s%s"
            .formatted(
                query.id(),
                name,
                request.user(),
                word(query.status()),
                query.status().ended()
                    ? ""
                    : " (%d %%)".formatted((int) (query.progress() * 100))));
    lines.add("rule      " + request.hash());
    lines.add(
        "range     [%s, %s) of %s%s"
            .formatted(
                request.start(),
                request.end(),
                String.join(", ", request.sources()),
                request.samplePercent() < 100
                    ? ", a sample of %s %%".formatted(plain(request.samplePercent()))
                    : ""));
    lines.add(
        String.format(
            Locale.ROOT,
            "found     %,d of %,d interactions read, %,d quarantined",
            query.matched(),
            query.read(),
            query.quarantined()));
    query.firstEstimate().ifPresent(times -> lines.add("promised  " + promise(times)));
    query.estimate().ifPresent(times -> lines.add("expected  " + promise(times)));
    query.ended().ifPresent(time -> lines.add("ended     " + time(time)));
    for (ChunkView chunk : query.chunks()) {
      if (!chunk.failure().isEmpty()) {
        lines.add("failed    %s: %s".formatted(chunk.day(), Printer.printable(chunk.failure())));
      }
    }
    return String.join("\n", lines) + "\n\n" + chunks(query).stripTrailing();
  }

  private static String plain(double number) {
    return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
  }

  private static String chunks(QueryView query) {
    Table table =
        new Table("day", "status", "ticket", "job", "shared_with", "read", "matched", "took");
    for (ChunkView chunk : query.chunks()) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("day", chunk.day());
      row.put("status", word(chunk.status()));
      row.put("ticket", ticket(chunk));
      row.put("job", chunk.job().orElse(null));
      row.put("shared_with", sharedWith(chunk));
      row.put("read", chunk.read());
      row.put("matched", chunk.matched());
      row.put("took", took(chunk));
      table.add(row);
    }
    return table.aligned();
  }

  /** A chunk that rides on another one's job needs no ticket of its own. */
  private static String ticket(ChunkView chunk) {
    if (chunk.ticket().isPresent()) {
      return Long.toString(chunk.ticket().getAsLong());
    }
    return chunk.job().isPresent() ? "rides" : "";
  }

  private static String sharedWith(ChunkView chunk) {
    return String.join(
        " ", chunk.sharedWith().stream().map(query -> query.value().substring(0, 8)).toList());
  }

  private static String took(ChunkView chunk) {
    if (chunk.started().isEmpty() || chunk.ended().isEmpty()) {
      return "";
    }
    return dev.historics.cli.session.Progress.length(
        java.time.Duration.between(chunk.started().get(), chunk.ended().get()));
  }
}
