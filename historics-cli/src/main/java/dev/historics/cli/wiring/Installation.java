package dev.historics.cli.wiring;

import dev.historics.archive.Archive;
import dev.historics.archive.files.ArchiveFiles;
import dev.historics.archive.takedown.Takedown;
import dev.historics.archive.upkeep.CompactionPolicy;
import dev.historics.archive.upkeep.CompactionSettings;
import dev.historics.archive.upkeep.Compactor;
import dev.historics.archive.upkeep.DaySealing;
import dev.historics.archive.upkeep.SweepSettings;
import dev.historics.archive.upkeep.Sweeper;
import dev.historics.cli.session.CliException;
import dev.historics.cli.session.Session;
import dev.historics.cli.session.Settings;
import dev.historics.filter.Library;
import dev.historics.jobs.AugmentJob;
import dev.historics.jobs.ClusterExam;
import dev.historics.jobs.CompactJob;
import dev.historics.jobs.JobSetting;
import dev.historics.jobs.ManifestCatalog;
import dev.historics.jobs.OnDamage;
import dev.historics.jobs.ReplayCluster;
import dev.historics.jobs.ResultManifests;
import dev.historics.jobs.VerifyJob;
import dev.historics.jobs.YarnSettings;
import dev.historics.schedule.Policy;
import dev.historics.schedule.QueryId;
import dev.historics.schedule.Rates;
import dev.historics.schedule.RecurringId;
import dev.historics.schedule.SchedulerSettings;
import dev.historics.schedule.Scheduling;
import dev.historics.schedule.StateStore;
import dev.historics.schedule.store.DefinitionStore;
import dev.historics.schedule.store.PostgresAddress;
import dev.historics.schedule.store.PostgresStore;
import dev.historics.schedule.store.SqliteStore;
import dev.historics.schedule.store.StateHealth;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * One installation, wired from its settings. Parts are made when they are asked for, so that a
 * command pays only for what it uses: nothing of Hadoop is loaded before {@link #cluster}, as long
 * as archive and results lie on a local disk.
 */
public final class Installation {
  private static final int QUERY_ID_BYTES = 10;

  /** What sealing one day takes, about: sorted rows, and a row group that is being made. */
  private static final long SEALED_DAY_MEMORY = 256L << 20;

  private final Session session;
  private final HadoopAccess hadoop;
  private Sources sources;
  private Archive archive;

  public Installation(Session session) {
    this.session = session;
    this.hadoop = new HadoopAccess(session);
  }

  public Sources sources() throws CliException {
    if (sources == null) {
      sources = new Sources(session, new AddedTargets(this::archive));
    }
    return sources;
  }

  public Archive archive() throws CliException, IOException {
    if (archive == null) {
      session.readableHome();
      archive = hadoop.at(session.place("archive.root"));
    }
    return archive;
  }

  /** The scheduler's facade; the caller closes it. */
  public Scheduling scheduling() throws CliException, IOException {
    Optional<PostgresAddress> server = stateServer();
    return scheduling(
        server.isPresent() ? PostgresStore.open(server.get()) : SqliteStore.open(stateFile()));
  }

  /** The facade of a scheduler with this state; the caller closes it. */
  Scheduling scheduling(StateStore state) throws CliException, IOException {
    return new Scheduling(
        state,
        schedulerSettings(),
        new ManifestCatalog(archive()),
        session.clock(),
        Installation::freshId);
  }

  /** Where rules are stored by their hash; the caller closes it. */
  public DefinitionStore definitions() throws CliException, IOException {
    Optional<PostgresAddress> server = stateServer();
    return server.isPresent()
        ? DefinitionStore.open(server.get())
        : DefinitionStore.open(stateFile());
  }

  /** The rules that others can name. */
  public Library library() throws CliException {
    // What is wrong with the settings is told now, and not when a rule names another.
    Optional<PostgresAddress> server = stateServer();
    Path file = server.isPresent() ? Path.of("") : statePath();
    return new StoredRules(
        () ->
            server.isPresent()
                ? Optional.of(DefinitionStore.open(server.get()))
                : madeAlready(file));
  }

  /** Looking for a rule makes no folder. */
  private static Optional<DefinitionStore> madeAlready(Path file) throws IOException {
    return Files.isDirectory(file.getParent())
        ? Optional.of(DefinitionStore.open(file))
        : Optional.empty();
  }

  /** How the state database is; looking neither makes nor changes it. */
  public StateHealth stateHealth() throws CliException, IOException {
    Optional<PostgresAddress> server = stateServer();
    return server.isPresent() ? StateHealth.of(server.get()) : StateHealth.of(statePath());
  }

  /** What asks the cluster how it is. */
  public ClusterExam clusterExam() throws CliException, IOException {
    return new ClusterExam(jobSetting());
  }

  /** The server that has the state, unless it lies in a file. */
  private Optional<PostgresAddress> stateServer() throws CliException {
    Settings settings = session.settings();
    String url = settings.text("state.url");
    if (!url.startsWith("jdbc:")) {
      return Optional.empty();
    }
    try {
      return Optional.of(new PostgresAddress(url, given("state.user"), given("state.password")));
    } catch (IllegalArgumentException e) {
      throw CliException.usage(
          "state.url: " + e.getMessage(),
          "the password goes into state.password, HISTORICS_STATE_PASSWORD or ~/.pgpass");
    }
  }

  private Optional<String> given(String key) throws CliException {
    return Optional.of(session.settings().text(key)).filter(value -> !value.isEmpty());
  }

  /** The state database, in a folder that is there. */
  private Path stateFile() throws CliException, IOException {
    session.writableHome();
    Path file = statePath();
    Files.createDirectories(file.getParent());
    return file;
  }

  private Path statePath() throws CliException {
    String url = session.settings().text("state.url");
    if (!url.startsWith("sqlite:")) {
      throw session
          .settings()
          .wrong(
              "state.url",
              "an address such as 'sqlite:state/historics.db' or"
                  + " 'jdbc:postgresql://host:5432/historics'");
    }
    return session.home().resolve(url.substring("sqlite:".length()));
  }

  private static QueryId freshId() {
    return new QueryId(freshDigits());
  }

  /** Names a recurring query that is new. */
  public RecurringId freshRecurringId() {
    return new RecurringId(freshDigits());
  }

  private static String freshDigits() {
    byte[] bytes = new byte[QUERY_ID_BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** How the queue is set up. */
  public SchedulerSettings schedulerSettings() throws CliException {
    Settings settings = session.settings();
    try {
      return new SchedulerSettings(
          settings.whole("scheduler.pool", 1),
          settings.duration("scheduler.starvation"),
          settings.whole("scheduler.jobs", 1),
          settings.whole("scheduler.riders", 0),
          settings.whole("scheduler.tries", 1),
          settings.duration("scheduler.retry-wait"),
          policy(settings),
          settings.duration("scheduler.job-timeout"),
          settings.duration("scheduler.grace"),
          rates(settings),
          new Sharing(settings).fairness(),
          new Sharing(settings).quotas(),
          settings.yes("scheduler.reuse"));
    } catch (IllegalArgumentException e) {
      throw CliException.usage(
          e.getMessage(), "'historics config show' tells where each setting comes from");
    }
  }

  private static Policy policy(Settings settings) throws CliException {
    try {
      return Policy.named(settings.text("scheduler.policy"));
    } catch (IllegalArgumentException e) {
      throw settings.wrong("scheduler.policy", "one of " + Policy.names());
    }
  }

  private static Rates rates(Settings settings) throws CliException {
    Duration overhead = settings.duration("estimate.job-overhead");
    return new Rates(
        overhead.toMillis() / 1000.0,
        settings.number("estimate.records-per-second"),
        settings.bytes("estimate.bytes-per-second"),
        settings.number("estimate.rider-cost"),
        settings.number("estimate.complexity-cost"),
        settings.number("estimate.spread"));
  }

  public ResultManifests results() throws CliException, IOException {
    return results(resultFiles());
  }

  ResultManifests results(ArchiveFiles files) {
    return new ResultManifests(files, version());
  }

  private ArchiveFiles resultFiles() throws CliException, IOException {
    return hadoop.at(session.place("results.root")).files();
  }

  /**
   * What a replay outside the queue works with; the caller closes it.
   *
   * @param out a folder that is not there yet or empty: a path from where the program runs, or an
   *     address
   */
  public AtOnce atOnce(String out) throws CliException, IOException {
    URI place = Session.isAddress(out) ? URI.create(out) : Path.of(out).toAbsolutePath().toUri();
    Archive results = hadoop.at(place);
    if (!results.files().list("").isEmpty()) {
      throw CliException.usage(
          "--out: expected a folder that is not there yet or empty, got '%s'".formatted(out),
          "nothing is overwritten; name another one");
    }
    return new AtOnce(this, results);
  }

  private static String version() {
    String version = Installation.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  /** What runs jobs; the caller closes it. */
  public ReplayCluster cluster() throws CliException, IOException {
    return new ReplayCluster(jobSetting());
  }

  /** Why no job can start now, whoever's turn it is; empty if one can. This process always can. */
  public Optional<String> clusterTrouble() throws CliException, IOException {
    if (!compactsOnCluster()) {
      return Optional.empty();
    }
    try (ReplayCluster cluster = cluster()) {
      return cluster.unavailable();
    }
  }

  /** What removes files that nobody needs. */
  public Sweeper sweeper() throws CliException, IOException {
    Duration grace = session.settings().duration("sweep.grace");
    Duration expiry = session.settings().duration("sweep.pin-expiry");
    if (grace.isZero()) {
      throw session.settings().wrong("sweep.grace", "a duration above zero");
    }
    if (expiry.compareTo(grace) < 0) {
      throw session.settings().wrong("sweep.pin-expiry", "at least sweep.grace");
    }
    Duration unfinished = session.settings().duration("sweep.unfinished");
    if (unfinished.compareTo(grace) < 0) {
      throw session.settings().wrong("sweep.unfinished", "at least sweep.grace");
    }
    return new Sweeper(archive(), new SweepSettings(grace, unfinished, expiry));
  }

  /** What takes interactions of these sources down. */
  public Takedown takedown(Collection<String> sources) throws CliException, IOException {
    Map<String, Takedown.Layout> layouts = new HashMap<>();
    for (String source : sources) {
      layouts.put(
          source,
          new Takedown.Layout(sources().columns(source), sources().dialect(source).stripping()));
    }
    Compactor compactor = new Compactor(archive(), CompactionSettings.STANDARD);
    return new Takedown(archive(), compactor, sweeper(), layouts::get);
  }

  /** What seals days in this process. */
  public DaySealing daySealing() throws CliException, IOException {
    int wanted = session.settings().whole("compact.threads", 0);
    long fitting = Runtime.getRuntime().maxMemory() / SEALED_DAY_MEMORY;
    int processors = Runtime.getRuntime().availableProcessors();
    int threads = wanted == 0 ? (int) Math.max(1, Math.min(fitting, processors)) : wanted;
    return new DaySealing(archive(), CompactionSettings.STANDARD, threads);
  }

  /** Which days are worth sealing. */
  public CompactionPolicy compactionPolicy() throws CliException {
    Settings settings = session.settings();
    double share = settings.number("compact.min-share");
    if (share > 1) {
      throw settings.wrong("compact.min-share", "a share from 0 to 1");
    }
    return new CompactionPolicy(
        settings.whole("compact.min-files", 1), share, settings.duration("compact.quiet"));
  }

  /** Whether days are sealed by a job on a cluster, and not in this process. */
  public boolean compactsOnCluster() throws CliException {
    return runner() instanceof JobSetting.Yarn;
  }

  /** The job that seals days. */
  public CompactJob compactJob() throws CliException, IOException {
    return new CompactJob(jobSetting(), CompactionSettings.STANDARD);
  }

  /** The job that augments days. */
  public AugmentJob augmentJob() throws CliException, IOException {
    JobSetting setting = jobSetting();
    int days = runner() instanceof JobSetting.Local local ? local.tasks() : 1;
    return new AugmentJob(setting, CompactionSettings.STANDARD.dividedAmong(days));
  }

  /** The job that verifies the archive. */
  public VerifyJob verifyJob() throws CliException, IOException {
    return new VerifyJob(jobSetting());
  }

  private JobSetting jobSetting() throws CliException, IOException {
    return jobSetting(resultFiles());
  }

  /**
   * Where jobs run, and on what.
   *
   * @param results the files below the place where results go
   */
  JobSetting jobSetting(ArchiveFiles results) throws CliException, IOException {
    return new JobSetting(
            archive(),
            results,
            this::dialect,
            library(),
            runner(),
            onDamage(),
            hadoop.configuration())
        .withJars(session.place("results.root"));
  }

  /** What becomes of a query when a file turns out to be damaged. */
  public OnDamage onDamage() throws CliException {
    Settings settings = session.settings();
    return switch (settings.text("runner.on-damage")) {
      case "fail" -> OnDamage.FAIL;
      case "partial" -> OnDamage.PARTIAL;
      default -> throw settings.wrong("runner.on-damage", "fail or partial");
    };
  }

  private dev.historics.jobs.Dialect dialect(String source) {
    try {
      return sources().dialect(source);
    } catch (CliException e) {
      throw new IllegalStateException("the mapping of '%s' was read before".formatted(source), e);
    }
  }

  /** How jobs would use a cluster, whether or not they run on one. */
  public YarnSettings clusterUse() throws CliException {
    return new ClusterUse(session.settings()).yarn();
  }

  /** Whether this process shows a cluster who it is by a keytab. */
  public boolean hasKeytab() throws CliException {
    return hadoop.hasKeytab();
  }

  private JobSetting.Runner runner() throws CliException {
    Settings settings = session.settings();
    return switch (settings.text("runner")) {
      case "local" -> {
        int tasks = settings.whole("runner.tasks", 0);
        yield new JobSetting.Local(
            tasks == 0 ? Runtime.getRuntime().availableProcessors() : tasks,
            session.writableHome().resolve("state").resolve("tmp"));
      }
      case "yarn" -> new JobSetting.Yarn(clusterUse());
      default -> throw settings.wrong("runner", "local or yarn");
    };
  }
}
