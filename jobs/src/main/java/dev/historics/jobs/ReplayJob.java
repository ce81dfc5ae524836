package dev.historics.jobs;

import dev.historics.archive.Archive;
import dev.historics.archive.Manifest;
import dev.historics.archive.SourceDay;
import dev.historics.archive.removal.Tombstones;
import dev.historics.archive.upkeep.Pins;
import dev.historics.schedule.ChunkOutcome;
import dev.historics.schedule.ChunkWork;
import dev.historics.schedule.JobId;
import dev.historics.schedule.JobPlan;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.crunch.PCollection;
import org.apache.crunch.PipelineResult;
import org.apache.crunch.impl.mr.MRJob;
import org.apache.crunch.impl.mr.MRPipeline;
import org.apache.crunch.impl.mr.MRPipelineExecution;
import org.apache.crunch.io.To;
import org.apache.crunch.types.writable.Writables;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.Job;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One scan of one day for all its riders: pins the day's manifests, runs the Crunch pipeline,
 * checks that everything was read, and has the chunks settled. Owned by one thread, but for {@link
 * #progress} and {@link #kill}.
 */
final class ReplayJob {
  private static final Logger LOG = LoggerFactory.getLogger(ReplayJob.class);

  private final JobPlan plan;
  private final JobSetting setting;
  private final StageClock stages = new StageClock(Stage.PREPARE);
  private final List<Map<Stage, Long>> taskNanos = new ArrayList<>();
  private final Map<String, Manifest> manifests = new TreeMap<>();
  private final Map<String, Long> tombstones = new TreeMap<>();

  /** The chunks for which the day has to be read. */
  private List<ChunkWork> unread = List.of();

  private volatile MRPipelineExecution execution;
  private volatile boolean killed;

  ReplayJob(JobPlan plan, JobSetting setting) {
    this.plan = plan;
    this.setting = setting;
  }

  /**
   * Runs the job to its end. Its folder and its pins are left to whoever started it.
   *
   * @return an outcome for each chunk
   */
  List<ChunkOutcome> run() throws IOException, InterruptedException {
    pinManifests(setting.archive());
    List<ChunkOutcome> outcomes = new ArrayList<>(reuse());
    manifests.keySet().retainAll(sources(unread));
    List<TaskReport> reports = manifests.isEmpty() ? List.of() : scan();
    reports.forEach(report -> taskNanos.add(report.nanos()));
    stages.enter(Stage.SETTLE);
    DayReading reading = new DayReading(manifests.values(), reports);
    reading.requireAll(plan.id().value());
    outcomes.addAll(
        new Settlement(plan, setting, manifests, tombstones).run(unread, reports, reading));
    return outcomes;
  }

  /** Told by whoever clears away what the job leaves. */
  void enter(Stage stage) {
    stages.enter(stage);
  }

  /** Where the time went so far. */
  JobTimes times() {
    return JobTimes.of(stages.nanos(), taskNanos);
  }

  /** Serves those for whom the same was found before; the others are left to be read. */
  private List<ChunkOutcome> reuse() throws IOException {
    EarlierResult earlier = new EarlierResult(setting, plan.id().value());
    ResultFiles results = new ResultFiles(setting.results());
    Map<String, Long> versions = new TreeMap<>();
    manifests.forEach((source, day) -> versions.put(source, day.version()));
    List<ChunkOutcome> outcomes = new ArrayList<>();
    List<ChunkWork> others = new ArrayList<>();
    for (ChunkWork chunk : plan.chunks()) {
      Optional<ChunkManifest> copy =
          Optional.ofNullable(plan.earlier().get(chunk.id()))
              .flatMap(found -> earlier.copy(chunk, found, versions, tombstones))
              .filter(this::coversTheSame);
      if (copy.isPresent()) {
        outcomes.add(Settlement.done(chunk.id(), results.publish(chunk.id(), copy.get())));
      } else {
        others.add(chunk);
      }
    }
    unread = List.copyOf(others);
    return outcomes;
  }

  private boolean coversTheSame(ChunkManifest copy) {
    return copy.sources().stream()
        .allMatch(
            source ->
                source
                    .coverage()
                    .equals(
                        Settlement.coverage(
                            new SourceDay(source.source(), plan.day()),
                            Optional.ofNullable(manifests.get(source.source())),
                            setting.archive().clock())));
  }

  private void pinManifests(Archive archive) throws IOException {
    for (String source : sources(plan.chunks())) {
      Optional<Manifest> newest =
          new Pins(archive).pin(new SourceDay(source, plan.day()), setting.tag(plan.id()));
      if (newest.isPresent()) {
        manifests.put(source, newest.get());
        tombstones.put(source, new Tombstones(archive).newest(source).version());
      }
    }
  }

  /** Lets go of what a job pinned. */
  static void releaseManifests(JobSetting setting, JobPlan plan) throws IOException {
    Pins pins = new Pins(setting.archive());
    for (String source : sources(plan.chunks())) {
      pins.release(new SourceDay(source, plan.day()), setting.tag(plan.id()));
    }
  }

  /** Lets go of what a job pinned of which only the folder is left. */
  static void releaseManifests(JobSetting setting, JobId job) throws IOException {
    if (!ReplayPlan.isThere(setting.results(), job.value())) {
      return;
    }
    ReplayPlan plan = ReplayPlan.read(setting.results(), job.value());
    Pins pins = new Pins(setting.archive());
    for (ReplayPlan.Input input : plan.inputs()) {
      pins.release(new SourceDay(input.source(), LocalDate.parse(plan.day())), setting.tag(job));
    }
  }

  private static SortedSet<String> sources(List<ChunkWork> chunks) {
    SortedSet<String> sources = new TreeSet<>();
    chunks.forEach(chunk -> sources.addAll(chunk.sources()));
    return sources;
  }

  /** Damage is rare: only a day on which a task met some is read with every part tried first. */
  private List<TaskReport> scan() throws IOException, InterruptedException {
    try {
      return scan(OnDamage.FAIL);
    } catch (TasksFailedException e) {
      if (setting.onDamage() == OnDamage.FAIL || e.reason().isEmpty()) {
        throw e;
      }
      LOG.warn("day is read again job={} day={}: {}", plan.id(), plan.day(), e.reason().get());
      TaskFailures.forget(setting.results(), plan.id().value());
      return scan(OnDamage.PARTIAL);
    }
  }

  private List<TaskReport> scan(OnDamage onDamage) throws IOException, InterruptedException {
    replayPlan(onDamage).naming(setting.library()).write(setting.results());
    Configuration conf = setting.configuration(plan, bytes());
    String name = JobLabels.name(plan, unread.size());
    MRPipeline pipeline = new MRPipeline(ReplayJob.class, name, conf);
    // Crunch would add to the name how the job is made.
    pipeline.addPrepareHook(job -> job.getJob().setJobName(name));
    PCollection<DayPart> parts = pipeline.read(new ArchiveSource(bytes()));
    Path reports =
        new Path(setting.folder(plan.id()), "reports-" + onDamage.name().toLowerCase(Locale.ROOT));
    pipeline.write(
        parts.parallelDo("replay", new ReplayFn(), Writables.strings()), To.textFile(reports));
    stages.enter(Stage.RUNNER);
    execution = pipeline.runAsync();
    // Crunch forgets a job of which it cannot find out how it ended.
    List<MRJob> started = List.copyOf(execution.getJobs());
    if (killed) {
      execution.kill();
    }
    execution.waitUntilDone();
    PipelineResult result = execution.getResult();
    if (killed) {
      awaitEnd();
      throw new InterruptedException("job %s was killed".formatted(plan.id()));
    }
    if (result == null || !result.succeeded()) {
      throw failed(started);
    }
    return reports(reports, conf);
  }

  private TasksFailedException failed(List<MRJob> started) throws IOException {
    Optional<String> said = TaskFailures.first(setting.results(), plan.id().value());
    Optional<String> hadoop = said.isPresent() ? Optional.empty() : HadoopWords.reason(started);
    if (said.isEmpty() && hadoop.isEmpty() && setting.runner() instanceof JobSetting.Yarn) {
      hadoop = YarnJobs.lastWords(setting.base(), setting.tag(plan.id()));
    }
    return new TasksFailedException(plan.id(), said, hadoop);
  }

  /** Until a killed job is over, its tasks may go on writing. */
  private void awaitEnd() throws IOException, InterruptedException {
    for (MRJob started : execution.getJobs()) {
      Job job = started.getJob();
      if (job.getJobID() != null) {
        try {
          job.waitForCompletion(false);
        } catch (ClassNotFoundException e) {
          throw new IllegalStateException("a job that runs is not submitted again", e);
        }
      }
    }
  }

  private long bytes() {
    return manifests.values().stream().mapToLong(Manifest::bytes).sum();
  }

  private ReplayPlan replayPlan(OnDamage onDamage) {
    List<ReplayPlan.Rider> riders = new ArrayList<>();
    for (ChunkWork chunk : unread) {
      riders.add(
          new ReplayPlan.Rider(
              chunk.id().query().value(),
              chunk.rule(),
              List.copyOf(chunk.sources()),
              chunk.from().toEpochMilli(),
              chunk.to().toEpochMilli(),
              chunk.samplePercent()));
    }
    List<ReplayPlan.Input> inputs = new ArrayList<>();
    manifests.forEach(
        (source, day) ->
            inputs.add(
                new ReplayPlan.Input(
                    source, plan.day().toString(), day.version(), tombstones.get(source))));
    return new ReplayPlan(
        plan.id().value(),
        setting.archive().files().root().toString(),
        plan.day().toString(),
        riders,
        inputs,
        sources(unread).stream().map(setting.dialects()).toList(),
        new TreeMap<>(),
        onDamage);
  }

  /** Parts are read by name: listings have no order. */
  private static List<TaskReport> reports(Path folder, Configuration conf) throws IOException {
    FileSystem files = folder.getFileSystem(conf);
    FileStatus[] parts = files.listStatus(folder, path -> path.getName().startsWith("part-"));
    Arrays.sort(parts);
    List<TaskReport> reports = new ArrayList<>();
    for (FileStatus part : parts) {
      try (BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(files.open(part.getPath()), StandardCharsets.UTF_8))) {
        lines.lines().map(TaskReport::parse).forEach(reports::add);
      }
    }
    return reports;
  }

  /** How much of the day has been read, from 0 to 1. */
  double progress() {
    MRPipelineExecution running = execution;
    if (running == null || running.getJobs().isEmpty()) {
      return 0;
    }
    try {
      return running.getJobs().get(0).getJob().mapProgress();
    } catch (IOException | IllegalStateException e) {
      // The job has not started yet, or the cluster did not answer: no progress is known.
      return 0;
    }
  }

  /** Ends the job early; {@link #run} then throws. */
  void kill() throws InterruptedException {
    killed = true;
    MRPipelineExecution running = execution;
    if (running != null) {
      running.kill();
    }
  }
}
