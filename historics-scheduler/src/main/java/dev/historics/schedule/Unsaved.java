package dev.historics.schedule;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What changed of queries, chunks and jobs since it was last drained. Owned by one thread. */
final class Unsaved {
  private final List<Query> created = new ArrayList<>();
  private final Set<LiveQuery> heads = new LinkedHashSet<>();
  private final Map<ChunkId, Chunk> chunks = new LinkedHashMap<>();
  private final Map<JobId, Job> jobs = new LinkedHashMap<>();
  private final List<QueryId> erased = new ArrayList<>();

  /** The query is new, and kept whole as it is now. */
  void created(LiveQuery query) {
    created.add(query.query());
    heads.remove(query);
  }

  void changed(LiveQuery query) {
    heads.add(query);
  }

  void changed(Chunk chunk) {
    chunks.put(chunk.id(), chunk);
  }

  void changed(Job job) {
    jobs.put(job.id(), job);
  }

  void erased(LiveQuery query) {
    heads.remove(query);
    erased.add(query.id());
  }

  /** Forgets what changed by only reading the state. */
  void discard() {
    heads.clear();
  }

  Changes drain(Counters counters, Pool pool, Turns turns, Usage usage) {
    Changes changes =
        new Changes(
            counters,
            created,
            heads.stream().map(LiveQuery::head).toList(),
            List.copyOf(chunks.values()),
            List.copyOf(jobs.values()),
            pool.drain(),
            turns.drain(),
            usage.drainBuckets(),
            usage.drainResults(),
            erased);
    created.clear();
    heads.clear();
    chunks.clear();
    jobs.clear();
    erased.clear();
    return changes;
  }
}
