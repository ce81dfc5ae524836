package dev.historics.cli.archive;

import dev.historics.archive.BatchId;
import dev.historics.archive.format.NewFile;
import dev.historics.archive.intake.Commit;
import dev.historics.archive.intake.CommitPolicy;
import dev.historics.archive.intake.ImportCancelledException;
import dev.historics.archive.intake.ImportInput;
import dev.historics.archive.intake.ImportReport;
import dev.historics.archive.intake.ImportSettings;
import dev.historics.archive.intake.ImportWatch;
import dev.historics.archive.intake.Importer;
import dev.historics.archive.mapping.SourceMapping;
import dev.historics.cli.session.CliException;
import dev.historics.cli.session.ExitCode;
import dev.historics.cli.session.Printer;
import dev.historics.cli.session.Progress;
import dev.historics.cli.session.Session;
import dev.historics.cli.wiring.Installation;
import dev.historics.cli.wiring.Sources;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Archives records. */
@Command(
    name = "import",
    description = "Archive interactions from files, folders or the standard input.",
    footer = {
      "",
      "Files hold one JSON object a line, or CSV with a header (named .csv), plain, gzip or zstd.",
      "A record that cannot be archived goes to the quarantine with its reason. Importing the same",
      "records again stores nothing twice. An input that ends in the middle or cannot be read is",
      "named; what could be read is stored, and the exit code is 6.",
      "",
      "Files are stored when all are read, the standard input bit by bit: each commit is",
      "acknowledged by a line (with --output jsonl a JSON line on the standard output) that tells",
      "the offset in bytes up to which everything is stored. After a failure, send again from the",
      "last acknowledged offset, or from the start: nothing is stored twice. Ctrl-C stores what was",
      "read of an import that commits on the way, and nothing of any other.",
      "",
      "With --commit-every, a file (JSON lines, plain or packed) that is imported again, within",
      "sweep.unfinished and by the same mapping, is gone on with behind its last commit, unless it",
      "was changed before that place; if it has grown, with what is new. What a retain dropped",
      "since then comes back with --from-start alone.",
      "Example: historics archive import --source twitter --commit-every 100000 2017.ndjson.zst",
      "Example: historics archive import --source trolltweets 2017-08-05.ndjson.gz",
      "Example: websocat wss://… | historics archive import --source bluesky --commit-every 10s -"
    })
public final class ImportCommand implements Callable<Integer> {
  private static final DateTimeFormatter BATCH_TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss").withZone(ZoneOffset.UTC);

  private static final Duration STREAM_COMMIT_INTERVAL = Duration.ofSeconds(30);

  /** What to do with a record that cannot be archived. */
  enum OnError {
    QUARANTINE,
    FAIL;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Option(names = "--source", paramLabel = "S", required = true, description = "the source")
  String source;

  @Option(
      names = "--mapping",
      paramLabel = "FILE",
      description = "how records become interactions (default: the source's own mapping)")
  Path mapping;

  @Option(
      names = "--on-error",
      paramLabel = "quarantine|fail",
      defaultValue = "quarantine",
      description = "what happens to a record that cannot be archived (default: ${DEFAULT-VALUE})")
  OnError onError;

  @Option(
      names = "--commit-every",
      paramLabel = "N|TIME|N,TIME|end",
      description =
          "store after so many records, such as 50000, or after such a time, such as 30s, whichever"
              + " comes first (default: 30s if the standard input is read, else end)")
  String commitEvery;

  @Option(
      names = "--from-start",
      description =
          "read files from their start, even if an import with --commit-every stored some of them")
  boolean fromStart;

  @Parameters(
      paramLabel = "FILE|DIR|-",
      arity = "1..*",
      description = "what to import; '-' is the standard input")
  List<String> inputs;

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws CliException, IOException {
    Session session = Session.of(spec);
    Installation installation = new Installation(session);
    SourceMapping mapper = mapping(installation);
    WakeableInput stdin = new WakeableInput(session.in());
    List<ImportInput> opened = inputs(stdin);
    session.writableHome();
    Importer reading = new Importer(installation.archive(), settings(session), commits());
    Importer importer = fromStart ? reading : reading.resuming(version(mapper));
    try (Progress progress = session.progress();
        Watch watch = new Watch(session.printer(), progress, stdin)) {
      return run(session, importer, mapper, opened, watch).number();
    }
  }

  /** Whatever there is to say is said before the watch lets an interrupted process end. */
  private static ExitCode run(
      Session session,
      Importer importer,
      SourceMapping mapper,
      List<ImportInput> opened,
      Watch watch)
      throws IOException {
    try {
      ImportReport report =
          importer.run(batch(session.clock().instant()), mapper::mapper, opened, watch);
      print(session, report, watch.hasResumed);
      session.printer().out().flush();
      if (report.isCutShort()) {
        session.printer().warn("historics: interrupted: what was read before is stored");
        session.printer().warn("send the rest, or everything again: nothing is stored twice");
        return ExitCode.INTERRUPTED;
      }
      return report.problems().isEmpty() ? ExitCode.OK : ExitCode.WARNINGS;
    } catch (ImportCancelledException e) {
      session.printer().warn("historics: interrupted: " + e.getMessage());
      session.printer().warn("run it again to import everything");
      return ExitCode.INTERRUPTED;
    }
  }

  /** Where another mapping stored files up to is of no account. */
  private static String version(SourceMapping mapper) {
    byte[] text = mapper.text().getBytes(StandardCharsets.UTF_8);
    return mapper.source() + " " + HexFormat.of().formatHex(NewFile.sha256().digest(text));
  }

  private SourceMapping mapping(Installation installation) throws CliException {
    return mapping == null
        ? installation.sources().mapping(source)
        : Sources.mapping(source, mapping);
  }

  private List<ImportInput> inputs(WakeableInput stdin) throws CliException, IOException {
    List<ImportInput> opened = new ArrayList<>();
    for (String input : inputs) {
      if (input.equals("-")) {
        opened.add(ImportInput.stream("stdin", stdin));
      } else if (Files.exists(Path.of(input))) {
        opened.addAll(ImportInput.at(Path.of(input)));
      } else {
        throw new CliException(
            ExitCode.NOT_FOUND,
            "there is no file or folder '%s'".formatted(input),
            "check the path; '-' reads the standard input");
      }
    }
    return opened;
  }

  private ImportSettings settings(Session session) throws CliException {
    return settings(
        session,
        switch (onError) {
          case QUARANTINE -> ImportSettings.OnError.QUARANTINE;
          case FAIL -> ImportSettings.OnError.FAIL;
        });
  }

  static ImportSettings settings(Session session, ImportSettings.OnError handling)
      throws CliException {
    int threads = session.settings().whole("import.threads", 0);
    return new ImportSettings(
        handling,
        (int) Math.min(1 << 30, session.settings().bytes("import.max-record")),
        session.settings().whole("import.open-days", 1),
        memoryBytes(session),
        threads == 0 ? Runtime.getRuntime().availableProcessors() : threads,
        session.settings().duration("import.future"));
  }

  private static long memoryBytes(Session session) throws CliException {
    long wanted = session.settings().bytes("import.memory");
    if (wanted < ImportSettings.MEMORY_BYTES_MIN) {
      throw session.settings().wrong("import.memory", "at least 4KB");
    }
    return Math.min(wanted, Runtime.getRuntime().maxMemory() / 2);
  }

  private CommitPolicy commits() throws CliException {
    if (commitEvery == null) {
      return inputs.contains("-")
          ? new CommitPolicy(Long.MAX_VALUE, new TimerBell(STREAM_COMMIT_INTERVAL))
          : CommitPolicy.AT_END;
    }
    return CommitOption.parse(commitEvery);
  }

  /** A name that no other import has. */
  static BatchId batch(Instant now) {
    return new BatchId(
        "%s-%06x".formatted(BATCH_TIME.format(now), new SecureRandom().nextInt(1 << 24)));
  }

  private static void print(Session session, ImportReport report, boolean hasResumed) {
    Map<String, Object> days = new LinkedHashMap<>();
    report
        .days()
        .forEach(
            (day, count) -> {
              Map<String, Object> counts = new LinkedHashMap<>();
              counts.put("stored", count.stored());
              counts.put("duplicates", count.duplicates());
              counts.put("replaced", count.replaced());
              days.put(day.toString(), counts);
            });
    Map<String, Object> ledger = new LinkedHashMap<>();
    ledger.put("source", report.source());
    ledger.put("batch", report.batch().value());
    ledger.put("read", report.read());
    ledger.put("stored", report.stored());
    ledger.put("duplicates", report.duplicates());
    ledger.put("quarantined", report.quarantined());
    ledger.put("days", days);
    ledger.put("problems", report.problems());
    ledger.put("replaced", report.replaced());
    session.printer().answer(ledger, text(report));
    if (report.read() == 0 && report.problems().isEmpty()) {
      session
          .printer()
          .warn(
              hasResumed
                  ? "there is nothing new; --from-start reads everything again"
                  : "there was no record in what was given");
    }
    report.problems().forEach(problem -> session.printer().warn(Printer.printable(problem)));
    if (report.quarantined() > 0) {
      session
          .printer()
          .hint(
              "why records were put aside: historics archive quarantine show %s"
                  .formatted(report.batch()));
    }
  }

  private static String text(ImportReport report) {
    return String.format(
        Locale.ROOT,
        "%s: read %,d = stored %,d + duplicates %,d + quarantined %,d; %d day%s%s",
        report.source(),
        report.read(),
        report.stored(),
        report.duplicates(),
        report.quarantined(),
        report.days().size(),
        report.days().size() == 1 ? "" : "s",
        report.replaced() == 0
            ? ""
            : String.format(
                Locale.ROOT, "; %,d of those stored replaced older versions", report.replaced()));
  }

  /** Shows progress, and turns Ctrl-C into an orderly end. */
  private static final class Watch implements ImportWatch, AutoCloseable {
    private final Printer printer;
    private final Progress progress;
    private final WakeableInput stdin;
    private final Thread command = Thread.currentThread();
    private final Thread hook = new Thread(this::interrupted, "historics-interrupt");
    private boolean hasResumed;
    private volatile boolean cancelled;
    private volatile boolean over;

    Watch(Printer printer, Progress progress, WakeableInput stdin) {
      this.printer = printer;
      this.progress = progress;
      this.stdin = stdin;
      Runtime.getRuntime().addShutdownHook(hook);
    }

    /** The process ends when the hooks have: this one waits until the import has tidied up. */
    private void interrupted() {
      cancelled = true;
      stdin.wake();
      try {
        while (!over && command.isAlive()) {
          command.join(100);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void progress(long records, long bytes, long bytesTotal) {
      progress.update("import", bytes, Math.max(0, bytesTotal), records, "records");
    }

    @Override
    public void resumed(String input, long records, long offset) {
      hasResumed = true;
      Map<String, Object> value = new LinkedHashMap<>();
      value.put("resumed", input);
      value.put("records", records);
      value.put("offset", offset);
      progress.makeWay();
      printer.event(
          value,
          String.format(
              Locale.ROOT,
              "%s: resumed at record %,d (byte %,d); an earlier import stored what is before",
              Printer.printable(input),
              records,
              offset));
    }

    @Override
    public void committed(Commit commit) {
      Map<String, Object> value = new LinkedHashMap<>();
      value.put("commit", commit.number());
      value.put("input", commit.input());
      value.put("offset", commit.offset());
      value.put("read", commit.read());
      value.put("stored", commit.stored());
      value.put("duplicates", commit.duplicates());
      value.put("quarantined", commit.quarantined());
      progress.makeWay();
      printer.event(
          value,
          String.format(
              Locale.ROOT,
              "stored up to byte %,d of %s: read %,d = stored %,d + duplicates %,d + quarantined %,d",
              commit.offset(),
              Printer.printable(commit.input()),
              commit.read(),
              commit.stored(),
              commit.duplicates(),
              commit.quarantined()));
    }

    @Override
    public boolean isCancelled() {
      return cancelled;
    }

    @Override
    public void close() {
      over = true;
    }
  }
}
