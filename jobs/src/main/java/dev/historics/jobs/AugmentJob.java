package dev.historics.jobs;

import dev.historics.archive.Manifest;
import dev.historics.archive.SourceDay;
import dev.historics.archive.TargetColumn;
import dev.historics.archive.augment.Augmentation;
import dev.historics.archive.augment.AugmentationConflictException;
import dev.historics.archive.augment.AugmentationList;
import dev.historics.archive.augment.Augmentations;
import dev.historics.archive.removal.Tombstones;
import dev.historics.archive.upkeep.CompactionSettings;
import dev.historics.archive.upkeep.Pins;
import dev.historics.filter.ValueType;
import dev.historics.jobs.join.InvalidTableException;
import dev.historics.jobs.join.SideTable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.DoubleConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/**
 * Joins the days of a source with a table and puts what it says into their interactions. The join
 * is made by a pipeline over the days' pinned versions; what it finds goes, sorted, to a task for
 * each day that makes the day anew. A day is published once, whatever twins and retries there are;
 * one that others made anew meanwhile is joined again.
 */
public final class AugmentJob {
  private static final int ROUNDS_MAX = 3;

  private final JobSetting setting;
  private final CompactionSettings settings;

  public AugmentJob(JobSetting setting, CompactionSettings settings) {
    this.setting = setting;
    this.settings = settings;
  }

  /**
   * A table that can be joined.
   *
   * @param name of its file, without the folder
   * @param sha256 of its file
   */
  public record Table(SideTable rows, String name, String sha256) {}

  /**
   * Opens a table, and reads it to see that each row has a key of its own.
   *
   * @param file a file of any file system that Hadoop knows
   * @param keyColumn the column that is compared
   * @param columns what is joined; empty for all others
   * @throws InvalidTableException if it cannot be joined; says why and where
   */
  public Table open(URI file, String keyColumn, List<String> columns) throws IOException {
    Path path = new Path(file);
    Configuration conf = new Configuration(setting.base());
    // The usual one looks for a checksum file, and cannot name that of a file with a colon.
    conf.setClass(LocalDisk.SETTING, RawLocalFileSystem.class, FileSystem.class);
    conf.setBoolean(LocalDisk.SETTING + ".disable.cache", true);
    SideTable rows = SideTable.open(path, keyColumn, columns, conf);
    try (InputStream in = path.getFileSystem(conf).open(path);
        DigestInputStream digested =
            new DigestInputStream(in, MessageDigest.getInstance("SHA-256"))) {
      digested.transferTo(OutputStream.nullOutputStream());
      String sha256 = HexFormat.of().formatHex(digested.getMessageDigest().digest());
      return new Table(rows, path.getName(), sha256);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /**
   * What is to be joined.
   *
   * @param type of the target that is compared: texts or whole numbers
   * @param considered the targets that get a column, given what the source is augmented with
   * @param isTrial whether nothing is changed, declared or published
   */
  public record Request(
      String source,
      Table table,
      ValueType type,
      Augmentation augmentation,
      Function<AugmentationList, List<TargetColumn>> considered,
      boolean isTrial) {
    public Request {
      if (type != ValueType.TEXT && type != ValueType.INT) {
        throw new IllegalArgumentException("expected texts or whole numbers, got " + type);
      }
    }
  }

  /** What became of a day. */
  public enum State {
    /** It has a new version, with the values. */
    AUGMENTED,
    /** No row has a partner, and none had values that had to go. */
    UNCHANGED,
    /** It was augmented with the same table before, and nothing came in since. */
    DONE,
    /** It would have got a new version. */
    TRIED,
    /** Others changed it again and again meanwhile. */
    OVERTAKEN,
    /** It is as it was. */
    FAILED
  }

  /**
   * A day.
   *
   * @param version the newest one
   * @param rows that count; 0 for a day that is not looked at
   * @param matched of these, which have a partner
   * @param withoutKey of these, which have no value of the target
   * @param problem why it failed; else empty
   */
  public record Day(
      SourceDay day,
      State state,
      long version,
      long rows,
      long matched,
      long withoutKey,
      String problem) {
    public long withoutPartner() {
      return rows - matched - withoutKey;
    }
  }

  /**
   * What a job did.
   *
   * @param lonely frequent keys without a partner, and at least how many values they are
   */
  public record Report(List<Day> days, Map<String, Long> lonely) {
    public Report {
      days = List.copyOf(days);
      lonely = Map.copyOf(lonely);
    }

    public long matched() {
      return days.stream().mapToLong(Day::matched).sum();
    }
  }

  /**
   * Augments these days.
   *
   * @param days of the request's source; those without data are passed over
   * @param progress hears how much is done, from 0 to 1
   * @throws AugmentationConflictException if a column has another kind by now; nothing was changed
   * @throws IOException if the job failed; days may be augmented all the same, and doing it again
   *     goes on with the others
   */
  public Report run(Request request, List<SourceDay> days, DoubleConsumer progress)
      throws AugmentationConflictException, IOException {
    Augmentations augmentations = new Augmentations(setting.archive());
    Augmentation augmentation = request.augmentation();
    AugmentationList before = augmentations.newest(request.source());
    Optional<Augmentation> known = before.find(augmentation.namespace());
    AugmentationList declared = before;
    if (request.isTrial()) {
      declared = augmentations.preview(request.source(), augmentation);
    } else if (known.filter(entry -> entry.tells(augmentation)).isEmpty()) {
      declared = augmentations.declare(request.source(), augmentation);
    }
    SortedMap<SourceDay, Day> results = new TreeMap<>();
    SortedMap<String, Long> lonely = new TreeMap<>();
    List<SourceDay> left = List.copyOf(days);
    for (int round = 0; round < ROUNDS_MAX && !left.isEmpty(); round++) {
      Report report = new Round(request, declared).run(left, progress);
      report.days().forEach(day -> results.put(day.day(), day));
      report.lonely().forEach((key, count) -> lonely.merge(key, count, Math::max));
      left =
          report.days().stream()
              .filter(day -> day.state() == State.OVERTAKEN)
              .map(Day::day)
              .toList();
    }
    Report report = new Report(List.copyOf(results.values()), lonely);
    if (report.days().stream().anyMatch(day -> day.state() == State.AUGMENTED)) {
      augmentations.declare(request.source(), augmentation.withMatched(report.matched()));
    }
    return report;
  }

  /** Some days, joined once. */
  private final class Round {
    private final Request request;
    private final AugmentationList declared;
    private final String job = "augment-" + UUID.randomUUID();

    Round(Request request, AugmentationList declared) {
      this.request = request;
      this.declared = declared;
    }

    Report run(List<SourceDay> days, DoubleConsumer progress) throws IOException {
      Pins pins = new Pins(setting.archive());
      List<Day> results = new ArrayList<>();
      List<Manifest> pinned = new ArrayList<>();
      try {
        for (SourceDay day : days) {
          Optional<Manifest> newest = pins.pin(day, job);
          if (newest.isPresent() && !newest.get().files().isEmpty()) {
            if (request.augmentation().covers(newest.get())) {
              results.add(new Day(day, State.DONE, newest.get().version(), 0, 0, 0, ""));
            } else {
              pinned.add(newest.get());
            }
          }
        }
        List<AugmentReport> reports = pinned.isEmpty() ? List.of() : join(pinned, progress);
        reports.stream()
            .filter(report -> !report.isAboutKeys())
            .map(report -> day(pinned.get(report.day()), report))
            .forEach(results::add);
        return new Report(results, lonely(reports));
      } finally {
        ReplayPlan.clearAway(setting.results(), job);
        for (SourceDay day : days) {
          pins.release(day, job);
        }
      }
    }

    private Map<String, Long> lonely(List<AugmentReport> reports) {
      return reports.stream()
          .flatMap(report -> report.lonely().entrySet().stream())
          .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private List<AugmentReport> join(List<Manifest> pinned, DoubleConsumer progress)
        throws IOException {
      long tombstones = new Tombstones(setting.archive()).newest(request.source()).version();
      List<ReplayPlan.Input> inputs = new ArrayList<>();
      for (Manifest day : pinned) {
        inputs.add(
            new ReplayPlan.Input(
                request.source(), day.day().day().toString(), day.version(), tombstones));
      }
      Dialect dialect = setting.dialects().apply(request.source());
      String root = setting.archive().files().root().toString();
      ReplayPlan.reading(job, root, inputs, List.of(dialect)).write(setting.results());
      new AugmentPlan(
              root,
              pinned.stream().map(AugmentPlan.Day::of).toList(),
              AugmentPlan.Joined.of(request.augmentation()),
              request.type(),
              request.isTrial(),
              request.considered().apply(declared),
              dialect.stripping(),
              settings)
          .write(setting.results(), job);
      List<AugmentReport> reports =
          new AugmentPipeline(setting, job, pinned).run(request.table().rows(), progress);
      requireAll(pinned, reports);
      return reports;
    }

    private void requireAll(List<Manifest> pinned, List<AugmentReport> reports) {
      long told = reports.stream().filter(report -> !report.isAboutKeys()).count();
      if (told != pinned.size()) {
        throw new IllegalStateException(
            "expected a report of each of %d days, got %d".formatted(pinned.size(), told));
      }
    }

    private Day day(Manifest before, AugmentReport report) {
      Manifest now = newest(before);
      State state = state(before, now, report);
      boolean isFailed = state == State.FAILED;
      return new Day(
          before.day(),
          state,
          now.version(),
          report.rows(),
          state == State.FAILED || state == State.OVERTAKEN ? 0 : report.matched(),
          report.withoutKey(),
          isFailed ? report.problem() : "");
    }

    private Manifest newest(Manifest before) {
      try {
        return setting.archive().newest(before.day()).orElse(before);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private State state(Manifest before, Manifest now, AugmentReport report) {
      boolean isMarked =
          now.files().stream()
              .filter(file -> !before.files().contains(file))
              .anyMatch(file -> file.augmented().contains(request.augmentation().mark()));
      if (isMarked) {
        return State.AUGMENTED;
      }
      if (!report.problem().isEmpty()) {
        return State.FAILED;
      }
      if (request.isTrial()) {
        return report.matched() > 0 ? State.TRIED : State.UNCHANGED;
      }
      return now.files().containsAll(before.files()) ? State.UNCHANGED : State.OVERTAKEN;
    }
  }
}
