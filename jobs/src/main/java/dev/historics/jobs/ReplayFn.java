package dev.historics.jobs;

import dev.historics.archive.files.ArchiveFiles;
import dev.historics.filter.TargetDictionary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.crunch.DoFn;
import org.apache.crunch.Emitter;

/**
 * Runs the riders' rules over the parts of a day and writes what they match. Carries nothing but
 * what Crunch puts into the configuration; the rules are compiled on the task.
 */
final class ReplayFn extends DoFn<DayPart, String> {
  private static final long serialVersionUID = 1L;

  /** The Hadoop counters that jobs of this program keep. */
  static final String COUNTERS = "Historics";

  private transient ArchiveFiles results;
  private transient ReplayPlan plan;
  private transient Map<List<String>, TargetDictionary> dictionaries;
  private transient Map<String, RiderGroup> groups;
  private transient Map<SourceTally, PartWriter> writers;
  private transient Map<String, TaskReport.Read> reads;
  private transient List<TaskReport.Damage> damages;
  private transient List<SourceTally> tallies;
  private transient PartTrial trial;
  private transient StageClock stages;

  @Override
  public void initialize() {
    stages = new StageClock(Stage.SCAN);
    try {
      results = ReplayConf.results(getConfiguration());
      plan = ReplayConf.plan(getConfiguration(), results);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    dictionaries = new HashMap<>();
    groups = new HashMap<>();
    writers = new LinkedHashMap<>();
    reads = new HashMap<>();
    damages = new ArrayList<>();
    tallies = new ArrayList<>();
    trial = new PartTrial(source -> group(source, new ArrayList<>()));
    stages.enter(Stage.SCAN);
  }

  @Override
  public void process(DayPart part, Emitter<String> emitter) {
    Optional<String> damage =
        plan.onDamage() == OnDamage.PARTIAL ? trial.damage(part) : Optional.empty();
    if (damage.isPresent()) {
      damages.add(new TaskReport.Damage(part.path(), damage.get()));
      increment(COUNTERS, "parts passed over", 1);
    } else {
      count(part);
    }
  }

  private void count(DayPart part) {
    try {
      replay(part, groups.computeIfAbsent(part.source(), source -> group(source, tallies)));
      TaskReport.Read read = new TaskReport.Read(part.path(), part.rows(), part.bytesRead());
      reads.merge(part.path(), read, TaskReport.Read::and);
      increment(COUNTERS, "rows", part.rows());
      increment(COUNTERS, "bytes read", part.bytesRead());
    } catch (IOException | RuntimeException e) {
      throw failed(e, TaskFailures.reason(e, part.path()));
    }
  }

  private RuntimeException failed(Exception e, String reason) {
    TaskFailures.note(results, plan.job(), getTaskAttemptID(), reason, e);
    return e instanceof RuntimeException unchecked
        ? unchecked
        : new UncheckedIOException((IOException) e);
  }

  private RiderGroup group(String source, List<SourceTally> counted) {
    LocalDate day = LocalDate.parse(plan.day());
    List<ReplayPlan.Rider> riders =
        plan.riders().stream().filter(rider -> rider.sources().contains(source)).toList();
    return new RiderGroup(
        source,
        riders,
        rider -> dictionaries.computeIfAbsent(rider.sources(), plan::dictionary),
        plan.library(),
        day.atStartOfDay().toInstant(ZoneOffset.UTC).toEpochMilli(),
        day.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC).toEpochMilli(),
        counted);
  }

  private void replay(DayPart part, RiderGroup group) throws IOException {
    DayPart.Batches batches = part.batches(group.needs());
    if (batches == null) {
      return;
    }
    boolean isWanted = false;
    for (PartBatch batch = batches.next(); batch != null; batch = batches.next()) {
      List<Delivery> deliveries = deliveries(group.match(batch));
      if (!deliveries.isEmpty()) {
        isWanted = isWanted || requireWanted();
        deliver(batch, deliveries);
      }
      progress();
    }
  }

  private static List<Delivery> deliveries(List<RiderGroup.Found> found) {
    return found.stream().filter(each -> !each.rows().isEmpty()).map(Delivery::new).toList();
  }

  /** Asks, before interactions of a part or what is left of them is written, who waits for it. */
  private boolean requireWanted() throws IOException {
    if (!ReplayPlan.isThere(results, plan.job())) {
      throw new IOException("job %s has been given up".formatted(plan.job()));
    }
    return true;
  }

  private void deliver(PartBatch batch, List<Delivery> deliveries) throws IOException {
    stages.enter(Stage.RAW);
    RowDeliveries byRow = new RowDeliveries(deliveries, batch.rows());
    batch.raws(
        byRow.rows(),
        (row, bytes, offset, length) -> {
          stages.enter(Stage.WRITE);
          for (Delivery delivery : byRow.of(row)) {
            if (!delivery.tally().failed()) {
              PartWriter writer = writers.computeIfAbsent(delivery.tally(), this::writer);
              delivery.write(row, bytes, offset, length, writer);
            }
          }
          stages.enter(Stage.RAW);
        });
    stages.enter(Stage.SCAN);
  }

  /** The attempt's name keeps twins and earlier attempts of this task apart. */
  private PartWriter writer(SourceTally tally) {
    String path =
        "%s/parts/%s-%s-%s.ndjson"
            .formatted(plan.folder(), getTaskAttemptID(), tally.query(), tally.source());
    return new PartWriter(results, path, () -> writers.size());
  }

  @Override
  public void cleanup(Emitter<String> emitter) {
    stages.enter(Stage.WRITE);
    try {
      List<TaskReport.Count> counts = new ArrayList<>();
      if (!writers.isEmpty()) {
        requireWanted();
      }
      for (SourceTally tally : tallies) {
        PartWriter writer = writers.get(tally);
        List<PartFile> parts = writer == null ? List.of() : writer.finish();
        counts.add(tally.count(parts));
        increment(COUNTERS, "matched", tally.hits());
        increment(COUNTERS, "unreadable", tally.quarantined());
      }
      results.close();
      stages.enter(Stage.WRITE);
      emitter.emit(
          new TaskReport(List.copyOf(reads.values()), damages, counts, stages.nanos()).toLine());
    } catch (IOException e) {
      throw failed(e, TaskFailures.reason(e));
    }
  }
}
