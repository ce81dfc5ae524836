package dev.historics.schedule;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * What the past tells about the queue's future.
 *
 * @param arrivals the last queries, the newest first
 * @param matchShare the share of interactions that a rule matches of which nothing else is known
 * @param meanSeconds what a job takes
 * @param observations how many jobs the model has seen
 * @param caution how many times as wide intervals have to be as they were computed, to hold
 */
record Experience(
    TimeModel model,
    double matchShare,
    double meanSeconds,
    int observations,
    List<Arrival> arrivals,
    double caution) {
  /** How many arrivals are looked back at. */
  static final int ARRIVALS_MAX = 200;

  private static final double MATCH_SHARE = 0.02;

  /** How many interactions' worth the usual share is beside what a query has found itself. */
  private static final double SHARE_PRIOR = 500;

  Experience {
    arrivals = List.copyOf(arrivals);
  }

  /** Of somebody who has seen nothing yet. */
  static Experience none(Rates rates) {
    return new Experience(TimeModel.of(rates), MATCH_SHARE, rates.secondsPerJob(), 0, List.of(), 1);
  }

  /**
   * What observed jobs teach.
   *
   * @param observations the newest first
   * @param kept the queries that ended last
   */
  static Experience of(
      Rates rates,
      List<Observation> observations,
      List<Arrival> arrivals,
      List<KeptPromises> kept) {
    double matches = SHARE_PRIOR * MATCH_SHARE;
    double asked = SHARE_PRIOR;
    for (Observation each : observations) {
      matches += each.factors().matches();
      asked += (double) each.factors().records() * each.factors().riders();
    }
    return new Experience(
        TimeModel.of(rates, observations),
        Math.min(1, matches / asked),
        observations.stream()
            .mapToDouble(Observation::realSeconds)
            .average()
            .orElse(rates.secondsPerJob()),
        observations.size(),
        arrivals,
        Widening.of(kept));
  }

  /** The share of interactions that each query's rule will match, judging from its days so far. */
  Map<QueryId, Double> matchShares(List<Query> queries) {
    Map<QueryId, Double> shares = new HashMap<>();
    for (Query query : queries) {
      double read = SHARE_PRIOR;
      double matched = SHARE_PRIOR * matchShare;
      for (Chunk chunk : query.chunks()) {
        if (chunk.status() == QueryStatus.SUCCEEDED) {
          read += chunk.read();
          matched += chunk.matched();
        }
      }
      shares.put(query.id(), Math.min(1, matched / read));
    }
    return shares;
  }

  /** What a job is expected to have to do. */
  JobFactors factors(Core core, Job job, Map<QueryId, Double> matchShares) {
    long records = 0;
    long bytes = 0;
    double sample = 0;
    double matches = 0;
    // What several riders ask is asked once.
    Map<String, Long> complexities = new HashMap<>();
    TreeSet<String> sources = new TreeSet<>();
    for (QueryId rider : job.riders()) {
      LiveQuery query = core.find(rider).orElseThrow();
      Volume volume = query.chunk(query.indexOf(job.day())).volume();
      records = Math.max(records, volume.records());
      bytes = Math.max(bytes, volume.bytes());
      complexities.put(query.request().hash(), (long) query.request().complexity());
      sample = Math.max(sample, query.request().samplePercent());
      sources.addAll(query.request().sources());
      matches += volume.records() * matchShares.getOrDefault(rider, matchShare);
    }
    return new JobFactors(
        String.join(" ", sources),
        job.riders().size(),
        records,
        bytes,
        complexities.values().stream().mapToLong(Long::longValue).sum(),
        sample,
        matches);
  }
}
