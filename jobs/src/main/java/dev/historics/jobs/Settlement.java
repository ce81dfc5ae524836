package dev.historics.jobs;

import dev.historics.archive.DayCoverage;
import dev.historics.archive.Manifest;
import dev.historics.archive.SourceDay;
import dev.historics.schedule.ChunkId;
import dev.historics.schedule.ChunkOutcome;
import dev.historics.schedule.ChunkWork;
import dev.historics.schedule.JobPlan;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/**
 * Makes chunks of a job done: what the tasks wrote for each is published with a manifest that
 * counts it. The chunks are settled side by side, since each waits for the disk several times, and
 * a disk takes many files in the time that it takes for one.
 */
final class Settlement {
  private static final int THREADS_MAX = 16;

  private final JobPlan plan;
  private final Map<String, Manifest> manifests;
  private final Map<String, Long> tombstones;
  private final JobSetting setting;
  private final ResultFiles results;

  /**
   * @param manifests of the day by source, as the tasks read them; none where there is no data
   * @param tombstones by source the version of the list that the tasks went by
   */
  Settlement(
      JobPlan plan,
      JobSetting setting,
      Map<String, Manifest> manifests,
      Map<String, Long> tombstones) {
    this.plan = plan;
    this.setting = setting;
    this.manifests = new TreeMap<>(manifests);
    this.tombstones = new TreeMap<>(tombstones);
    this.results = new ResultFiles(setting.results());
  }

  /**
   * Settles every chunk, or fails when all have been tried: then some may be published.
   *
   * @param reading what the reports say of the day's files
   * @return an outcome for each chunk, in their order
   */
  List<ChunkOutcome> run(List<ChunkWork> chunks, List<TaskReport> reports, DayReading reading)
      throws IOException, InterruptedException {
    Map<String, List<TaskReport.Count>> counts =
        reports.stream()
            .flatMap(report -> report.counts().stream())
            .collect(Collectors.groupingBy(TaskReport.Count::query));
    List<Callable<ChunkOutcome>> settling = new ArrayList<>();
    for (ChunkWork chunk : chunks) {
      List<TaskReport.Count> own = counts.getOrDefault(chunk.id().query().value(), List.of());
      settling.add(() -> settle(chunk, own, reading));
    }
    ExecutorService threads =
        Executors.newFixedThreadPool(Math.max(1, Math.min(THREADS_MAX, settling.size())));
    try {
      List<ChunkOutcome> outcomes = new ArrayList<>();
      for (Future<ChunkOutcome> settled : threads.invokeAll(settling)) {
        outcomes.add(outcome(settled));
      }
      return outcomes;
    } finally {
      threads.shutdownNow();
    }
  }

  private static ChunkOutcome outcome(Future<ChunkOutcome> settled)
      throws IOException, InterruptedException {
    try {
      return settled.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException world) {
        throw world;
      }
      throw new IllegalStateException("a chunk cannot be settled: " + e.getCause(), e.getCause());
    }
  }

  private ChunkOutcome settle(ChunkWork chunk, List<TaskReport.Count> counts, DayReading reading)
      throws IOException {
    ChunkId id = chunk.id();
    for (TaskReport.Count count : counts) {
      if (!count.failure().isEmpty()) {
        return new ChunkOutcome.Failed(id, ChunkOutcome.Retry.NEVER, count.failure());
      }
    }
    List<ChunkManifest.SourceCount> sources = new ArrayList<>();
    for (String source : chunk.sources()) {
      sources.add(sum(source, counts, reading.unreadable(manifests.get(source), chunk)));
    }
    ChunkManifest manifest =
        results.publish(
            id,
            new ChunkManifest(
                id.query().value(),
                id.day().toString(),
                plan.id().value(),
                sources,
                EarlierResult.reading(chunk.sources(), setting),
                ""));
    return done(id, manifest);
  }

  /** The outcome of a chunk whose manifest is published. */
  static ChunkOutcome done(ChunkId id, ChunkManifest manifest) {
    return new ChunkOutcome.Done(
        id,
        manifest.inRange(),
        manifest.matched(),
        manifest.quarantined(),
        manifest.bytes(),
        !manifest.reusedFrom().isEmpty());
  }

  private ChunkManifest.SourceCount sum(
      String source, List<TaskReport.Count> counts, List<Unreadable> unreadable) {
    long inRange = 0;
    long matched = 0;
    long quarantined = 0;
    long takenDown = 0;
    List<PartFile> files = new ArrayList<>();
    for (TaskReport.Count count : counts) {
      if (count.source().equals(source)) {
        inRange += count.inRange();
        matched += count.matched();
        quarantined += count.quarantined();
        takenDown += count.takenDown();
        files.addAll(count.parts());
      }
    }
    Optional<Manifest> day = Optional.ofNullable(manifests.get(source));
    long records = day.map(Manifest::rows).orElse(0L);
    // Nobody knows which of the lost ones were in range: at most all of them were.
    long lost = unreadable.stream().mapToLong(Unreadable::records).sum();
    lost = Math.min(lost, records - inRange - takenDown);
    inRange += lost;
    quarantined += lost;
    return new ChunkManifest.SourceCount(
        source,
        coverage(new SourceDay(source, plan.day()), day, setting.archive().clock()),
        day.map(Manifest::version).orElse(0L),
        records,
        inRange,
        matched,
        inRange - matched - quarantined,
        quarantined,
        tombstones.getOrDefault(source, 0L),
        takenDown,
        unreadable,
        files);
  }

  /** A short result of a day that the archive has not whole must not look like a quiet day. */
  static String coverage(SourceDay day, Optional<Manifest> manifest, InstantSource clock) {
    return DayCoverage.of(day, manifest, clock.instant()).state().name().toLowerCase(Locale.ROOT);
  }
}
