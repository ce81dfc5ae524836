package dev.historics.cli.query;

import dev.historics.archive.Archive;
import dev.historics.archive.SourceDay;
import dev.historics.cli.session.Session;
import dev.historics.schedule.Query;
import dev.historics.schedule.QueryRequest;
import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * The days of a request of which the archive has no data: {@code missing}, as manifests and {@code
 * archive coverage} say.
 *
 * @param asked how many UTC days the request touches
 * @param sources for each source that lacks some, those days, in order, one after the other as
 *     {@code first to last}
 * @param count how many days are missing, of all sources together
 */
record MissingDays(long asked, Map<String, List<String>> sources, long count) {
  /** So many stretches of days are named. */
  private static final int NAMED_MAX = 5;

  MissingDays {
    sources = Collections.unmodifiableMap(new LinkedHashMap<>(sources));
  }

  static MissingDays of(Archive archive, QueryRequest request) throws IOException {
    LocalDate first = LocalDate.ofInstant(request.start(), ZoneOffset.UTC);
    long asked = Query.days(request.start(), request.end());
    Map<String, List<String>> sources = new LinkedHashMap<>();
    long count = 0;
    for (String source : request.sources()) {
      NavigableSet<LocalDate> missing = new TreeSet<>();
      for (long i = 0; i < asked; i++) {
        missing.add(first.plusDays(i));
      }
      for (SourceDay day : archive.days(source)) {
        missing.remove(day.day());
      }
      if (!missing.isEmpty()) {
        sources.put(source, stretches(missing));
        count += missing.size();
      }
    }
    return new MissingDays(asked, sources, count);
  }

  private static List<String> stretches(NavigableSet<LocalDate> days) {
    List<String> stretches = new ArrayList<>();
    LocalDate first = days.first();
    for (LocalDate day : days) {
      if (!days.contains(day.plusDays(1))) {
        stretches.add(first.equals(day) ? day.toString() : first + " to " + day);
        LocalDate next = days.higher(day);
        first = next == null ? day : next;
      }
    }
    return stretches;
  }

  /** Says what is missing, if anything is. */
  void tell(Session session) {
    sources.forEach(
        (source, stretches) -> {
          int named = Math.min(NAMED_MAX, stretches.size());
          session
              .printer()
              .hint(
                  "missing in the archive, of the %d day%s of %s: %s%s; 'historics archive coverage --source %s' shows what is there"
                      .formatted(
                          asked,
                          asked == 1 ? "" : "s",
                          source,
                          String.join(", ", stretches.subList(0, named)),
                          named < stretches.size()
                              ? " and %d more stretches".formatted(stretches.size() - named)
                              : "",
                          source));
        });
  }
}
