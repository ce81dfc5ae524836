package dev.historics.cli.archive;

import dev.historics.archive.BatchId;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
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
      "Example: historics archive import --source trolltweets 2017-08-05.ndjson.gz"
    })
public final class ImportCommand implements Callable<Integer> {
  private static final DateTimeFormatter BATCH_TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss").withZone(ZoneOffset.UTC);

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
    Importer importer = new Importer(installation.archive(), settings(session));
    try (Progress progress = session.progress();
        Watch watch = new Watch(progress, stdin)) {
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
          importer.run(batch(session.clock().instant()), mapper.mapper(), opened, watch);
      print(session, report);
      session.printer().out().flush();
      return report.problems().isEmpty() ? ExitCode.OK : ExitCode.WARNINGS;
    } catch (ImportCancelledException e) {
      session.printer().warn("historics: interrupted: " + e.getMessage());
      session.printer().warn("run it again to import everything");
      return ExitCode.INTERRUPTED;
    }
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
    ImportSettings.OnError handling =
        switch (onError) {
          case QUARANTINE -> ImportSettings.OnError.QUARANTINE;
          case FAIL -> ImportSettings.OnError.FAIL;
        };
    return new ImportSettings(
        handling,
        (int) Math.min(1 << 30, session.settings().bytes("import.max-record")),
        session.settings().whole("import.open-days", 1));
  }

  private static BatchId batch(Instant now) {
    return new BatchId(
        "%s-%06x".formatted(BATCH_TIME.format(now), new SecureRandom().nextInt(1 << 24)));
  }

  private static void print(Session session, ImportReport report) {
    Map<String, Object> days = new LinkedHashMap<>();
    report
        .days()
        .forEach(
            (day, count) -> {
              Map<String, Object> counts = new LinkedHashMap<>();
              counts.put("stored", count.stored());
              counts.put("duplicates", count.duplicates());
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
    session.printer().answer(ledger, text(report));
    if (report.read() == 0 && report.problems().isEmpty()) {
      session.printer().warn("there was no record in what was given");
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
        "%s: read %,d = stored %,d + duplicates %,d + quarantined %,d; %d day%s",
        report.source(),
        report.read(),
        report.stored(),
        report.duplicates(),
        report.quarantined(),
        report.days().size(),
        report.days().size() == 1 ? "" : "s");
  }

  /** Shows progress, and turns Ctrl-C into an orderly end. */
  private static final class Watch implements ImportWatch, AutoCloseable {
    private final Progress progress;
    private final WakeableInput stdin;
    private final Thread command = Thread.currentThread();
    private final Thread hook = new Thread(this::interrupted, "historics-interrupt");
    private volatile boolean cancelled;
    private volatile boolean over;

    Watch(Progress progress, WakeableInput stdin) {
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
    public boolean isCancelled() {
      return cancelled;
    }

    @Override
    public void close() {
      over = true;
    }
  }
}
