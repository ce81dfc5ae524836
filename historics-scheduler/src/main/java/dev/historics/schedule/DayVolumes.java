package dev.historics.schedule;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;

/**
 * What sources hold on whole days, so that whoever may come reads as much of a day as those who
 * wait for it already: else nobody could foresee who rides with whom. Of one thread.
 */
final class DayVolumes {
  /** Who wants more of a day knows it better. */
  private record Told(double part, Volume whole) {}

  private final Map<SortedSet<String>, Map<LocalDate, Told>> known = new HashMap<>();

  /** As far as these queries tell it. */
  DayVolumes(List<Query> queries) {
    for (Query query : queries) {
      QueryRequest request = query.head().request();
      Map<LocalDate, Told> days = days(request.sources());
      for (Chunk chunk : query.chunks()) {
        double part = Query.part(request, chunk.from(), chunk.to());
        Told before = days.get(chunk.id().day());
        if (before == null || before.part() < part) {
          days.put(chunk.id().day(), new Told(part, Query.whole(chunk.volume(), part)));
        }
      }
    }
  }

  private Map<LocalDate, Told> days(SortedSet<String> sources) {
    return known.computeIfAbsent(sources, any -> new HashMap<>());
  }

  /**
   * What the sources hold of a day.
   *
   * @param usual what is taken for it from now on if nobody has told
   */
  Volume of(SortedSet<String> sources, LocalDate day, Volume usual) {
    return days(sources).computeIfAbsent(day, any -> new Told(0, usual)).whole();
  }
}
