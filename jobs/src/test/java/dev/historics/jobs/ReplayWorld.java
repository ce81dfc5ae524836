package dev.historics.jobs;

import dev.historics.archive.Archive;
import dev.historics.archive.BatchId;
import dev.historics.archive.Interaction;
import dev.historics.archive.Manifest;
import dev.historics.archive.RecordMapper;
import dev.historics.archive.RejectedRecordException;
import dev.historics.archive.SourceDay;
import dev.historics.archive.TargetColumn;
import dev.historics.archive.files.ArchiveFiles;
import dev.historics.archive.files.LocalFiles;
import dev.historics.archive.format.SealedFile;
import dev.historics.archive.intake.ImportInput;
import dev.historics.archive.intake.ImportReport;
import dev.historics.archive.intake.ImportSettings;
import dev.historics.archive.intake.ImportWatch;
import dev.historics.archive.intake.Importer;
import dev.historics.archive.mapping.SourceMapping;
import dev.historics.archive.removal.Tombstones;
import dev.historics.archive.upkeep.CompactionSettings;
import dev.historics.archive.upkeep.Compactor;
import dev.historics.filter.Definition;
import dev.historics.filter.InvalidRuleException;
import dev.historics.filter.Target;
import dev.historics.schedule.ChunkId;
import dev.historics.schedule.ChunkOutcome;
import dev.historics.schedule.ChunkWork;
import dev.historics.schedule.JobId;
import dev.historics.schedule.JobListener;
import dev.historics.schedule.JobPlan;
import dev.historics.schedule.QueryId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;

/** An archive and a place for results, some mappings, and what was put into the archive. */
final class ReplayWorld implements AutoCloseable {
  static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-21T12:00:00Z"));
  static final LocalDate DAY = LocalDate.of(2017, 8, 5);

  private static final long PATIENCE_SECONDS = 120;
  private static final AtomicInteger BATCHES = new AtomicInteger();

  private final Map<String, SourceMapping> mappings = new TreeMap<>();
  private final Map<SourceDay, List<Interaction>> stored = new TreeMap<>();
  private final Map<String, String> definitions = new TreeMap<>();
  private final Archive archive;
  private final ArchiveFiles results;
  private final JobSetting setting;
  private final ReplayCluster cluster;

  /** A world on the local disk, with Hadoop's local runner. */
  ReplayWorld(Path home, Collection<SourceMapping> mappings) {
    this(home, mappings, OnDamage.FAIL);
  }

  ReplayWorld(Path home, Collection<SourceMapping> mappings, OnDamage onDamage) {
    this(
        new LocalFiles(home.resolve("archive")),
        new LocalFiles(home.resolve("results")),
        mappings,
        new JobSetting.Local(2, home.resolve("tmp")),
        onDamage,
        smallSplits());
  }

  ReplayWorld(
      ArchiveFiles archive,
      ArchiveFiles results,
      Collection<SourceMapping> mappings,
      JobSetting.Runner runner,
      OnDamage onDamage,
      Configuration base) {
    mappings.forEach(mapping -> this.mappings.put(mapping.source(), mapping));
    this.archive = new Archive(archive, CLOCK);
    this.results = results;
    this.setting =
        new JobSetting(
            this.archive, results, this::dialect, this::definition, runner, onDamage, base);
    this.cluster = new ReplayCluster(setting);
  }

  /** Makes a day of some row groups more than one task's work. */
  static Configuration smallSplits() {
    Configuration conf = new Configuration();
    conf.setLong(ReplayConf.SPLIT_BYTES, 20_000);
    return conf;
  }

  Dialect dialect(String source) {
    return Dialect.of(mappings.get(source));
  }

  private Optional<String> definition(String hash) {
    return Optional.ofNullable(definitions.get(hash));
  }

  /** Stores a rule that others can name; its hash. */
  String define(String rule, String... sources) {
    List<Dialect> dialects = Stream.of(sources).map(this::dialect).toList();
    try {
      Definition definition =
          Definition.compile("rule", rule, Dialect.dictionary(dialects), this::definition);
      definitions.put(definition.hash(), rule);
      return definition.hash();
    } catch (InvalidRuleException e) {
      throw new IllegalArgumentException(rule, e);
    }
  }

  Archive archive() {
    return archive;
  }

  ArchiveFiles results() {
    return results;
  }

  JobSetting setting() {
    return setting;
  }

  ReplayCluster cluster() {
    return cluster;
  }

  List<Interaction> stored(SourceDay day) {
    return stored.getOrDefault(day, List.of());
  }

  /** A file of a day's newest version, of whose rows nothing was taken down. */
  DayPart part(SourceDay day, int file) throws IOException {
    Manifest manifest = archive.newest(day).orElseThrow();
    return DayParts.open(
        archive.files(),
        manifest,
        manifest.files().get(file),
        0,
        dialect(day.source()).stripping(),
        new Tombstones(archive).version(day.source(), 0));
  }

  /** Imports records; none of them may be refused or be there already. */
  void load(String source, List<String> records) throws IOException {
    List<Interaction> rows = new ArrayList<>();
    for (String record : records) {
      try {
        rows.add(mappings.get(source).mapper().map(record.getBytes(StandardCharsets.UTF_8)));
      } catch (RejectedRecordException e) {
        throw new IllegalArgumentException(record, e);
      }
    }
    loadMapped(source, rows);
  }

  /** Imports interactions; a line of the input is just its place in {@code rows}. */
  void loadMapped(String source, List<Interaction> rows) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < rows.size(); i++) {
      lines.append(i).append('\n');
    }
    RecordMapper mapper =
        new RecordMapper() {
          @Override
          public String source() {
            return source;
          }

          @Override
          public Interaction map(byte[] line) {
            return rows.get(Integer.parseInt(new String(line, StandardCharsets.UTF_8).strip()));
          }
        };
    byte[] input = lines.toString().getBytes(StandardCharsets.UTF_8);
    ImportReport report =
        new Importer(archive, ImportSettings.STANDARD)
            .run(
                new BatchId("b" + BATCHES.getAndIncrement()),
                () -> mapper,
                List.of(ImportInput.stream("rows", new ByteArrayInputStream(input))),
                ImportWatch.NOBODY);
    if (report.stored() != rows.size()) {
      throw new IllegalArgumentException("expected all to be stored: " + report);
    }
    for (Interaction row : rows) {
      LocalDate day = row.createdAt().atZone(ZoneOffset.UTC).toLocalDate();
      stored.computeIfAbsent(new SourceDay(source, day), unused -> new ArrayList<>()).add(row);
    }
  }

  /** Which of some targets a scan of a day, sealed in one file, makes of the interactions' JSON. */
  List<String> fromRaw(SourceDay day, List<Target> targets) throws IOException {
    Manifest manifest = archive.newest(day).orElseThrow();
    ScanNeeds needs =
        new ScanNeeds(targets, false, false, false, 0, Instant.MAX.getEpochSecond(), 100);
    try (SealedFile file = SealedFile.open(archive.files(), day, manifest.files().get(0))) {
      return new SealedPart.ColumnPlan(needs, file, manifest, dialect(day.source()).stripping())
          .fromRaw().stream().map(Target::name).toList();
    }
  }

  /** Seals a day with the columns that its mapping asks for. */
  void seal(SourceDay day, long rowGroupBytes) throws IOException {
    List<TargetColumn> columns =
        mappings.get(day.source()).targets().stream()
            .sorted(java.util.Comparator.comparing(TargetColumn::target))
            .toList();
    Compactor compactor = new Compactor(archive, new CompactionSettings(1 << 20, rowGroupBytes));
    if (compactor.compact(day, columns, dialect(day.source()).stripping()).isEmpty()) {
      throw new IllegalStateException("%s was sealed before".formatted(day));
    }
  }

  static QueryId query(int number) {
    return new QueryId("%020x".formatted(number));
  }

  static ChunkId chunk(int query) {
    return new ChunkId(query(query), DAY);
  }

  /** A query that wants all of {@link #DAY}. */
  static ChunkWork work(int query, String rule, String... sources) {
    Instant start = DAY.atStartOfDay(ZoneOffset.UTC).toInstant();
    return new ChunkWork(
        chunk(query), rule, new TreeSet<>(List.of(sources)), start, start.plusSeconds(86_400), 100);
  }

  static JobPlan plan(int job, ChunkWork... chunks) {
    return new JobPlan(JobId.of(job), DAY, List.of(chunks));
  }

  /** Runs a job to its end. */
  List<ChunkOutcome> run(JobPlan plan) {
    return end(start(plan));
  }

  CompletableFuture<List<ChunkOutcome>> start(JobPlan plan) {
    CompletableFuture<List<ChunkOutcome>> end = new CompletableFuture<>();
    cluster.start(
        plan,
        new JobListener() {
          @Override
          public void progressed(JobId job, double fraction) {
            // Nobody looks.
          }

          @Override
          public void finished(JobId job, List<ChunkOutcome> outcomes) {
            end.complete(outcomes);
          }
        });
    return end;
  }

  static List<ChunkOutcome> end(CompletableFuture<List<ChunkOutcome>> job) {
    try {
      return job.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError("the job did not end", e);
    }
  }

  /** What is to come of a chunk whose manifest is published. */
  ChunkOutcome done(ChunkId chunk, long read, long matched, long quarantined) throws IOException {
    return new ChunkOutcome.Done(chunk, read, matched, quarantined, manifest(chunk).bytes());
  }

  ChunkManifest manifest(ChunkId chunk) throws IOException {
    return new ResultFiles(results).chunk(chunk).orElseThrow();
  }

  /** The interactions that a chunk delivered, sorted. */
  List<String> delivered(ChunkId chunk) throws IOException {
    List<String> lines = new ArrayList<>();
    for (ChunkManifest.SourceCount source : manifest(chunk).sources()) {
      for (PartFile part : source.files()) {
        String text = new String(read(part.path()), StandardCharsets.UTF_8);
        lines.addAll(text.lines().toList());
      }
    }
    lines.sort(null);
    return lines;
  }

  byte[] read(String path) throws IOException {
    return new ResultFiles(results).read(path);
  }

  /** All files below the results root of a world on the local disk, sorted. */
  List<String> resultPaths() throws IOException {
    Path root = Path.of(results.root());
    try (Stream<Path> below = Files.walk(root)) {
      return below
          .filter(Files::isRegularFile)
          .map(file -> root.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  @Override
  public void close() {
    cluster.close();
  }
}
