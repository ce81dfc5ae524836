package dev.historics.cli.augment;

import dev.historics.archive.Archive;
import dev.historics.archive.SourceDay;
import dev.historics.archive.TargetColumn;
import dev.historics.archive.augment.Augmentation;
import dev.historics.archive.augment.AugmentationConflictException;
import dev.historics.archive.augment.Augmentations;
import dev.historics.archive.removal.Preflight;
import dev.historics.archive.upkeep.Sweeper;
import dev.historics.cli.session.CliException;
import dev.historics.cli.session.ExitCode;
import dev.historics.cli.session.Printer;
import dev.historics.cli.session.Progress;
import dev.historics.cli.session.Session;
import dev.historics.cli.session.Times;
import dev.historics.cli.wiring.Installation;
import dev.historics.jobs.AugmentJob;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Joins a source's days with a table. */
@Command(
    name = "augment",
    description = "Add what a table says about interactions to them, as new targets.",
    footer = {
      "",
      "An interaction whose TARGET is a row's COLUMN gets the row's other columns as an object"
          + " under",
      "NAMESPACE: rules ask for NAMESPACE.column, and delivered JSON has it. Keys are compared",
      "character by character, upper and lower case apart; of several values of a TARGET the first",
      "that has a row counts. Each day becomes a new version, sealed; one in which nothing has a row",
      "stays as it is, and is looked at again each time. Otherwise the same command again does only",
      "days to which something came in since; with another table it replaces the values.",
      "With --join left (the default) an interaction without a row loses the values that an"
          + " earlier",
      "table gave it; with --join inner it keeps them. Interactions always stay in the archive.",
      "Old versions that are due are swept.",
      "The table is CSV with a header (.gz and .zst, too), Avro or Parquet, one row for each key.",
      "A column is named as in the table or as in rules: 'a b' or a_b.",
      "Example: historics augment --source trolltweets --table authors.csv \\",
      "           --on interaction.author.username=author_id --as author",
      "         historics validate --csdl 'author.account_category == \"LeftTroll\"'"
    })
public final class AugmentCommand implements Callable<Integer> {
  @Option(names = "--source", paramLabel = "S", required = true, description = "the source")
  String source;

  @Mixin AugmentTable table;

  @Option(
      names = "--join",
      paramLabel = "left|inner",
      defaultValue = "left",
      description = "what becomes of interactions without a row (default: ${DEFAULT-VALUE})")
  String join;

  @Option(names = "--day", paramLabel = "DAY", description = "only this UTC day")
  String day;

  @Option(names = "--from", paramLabel = "DAY", description = "from this day on")
  String from;

  @Option(names = "--to", paramLabel = "DAY", description = "only days before this")
  String to;

  @Option(names = "--dry-run", description = "only count what would be found")
  boolean dryRun;

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws CliException, IOException {
    Session session = Session.of(spec);
    Installation installation = new Installation(session);
    Archive archive = installation.archive();
    Augmentation.Join how = join();
    List<SourceDay> days = days(archive);
    Preflight.require(archive, days);
    AugmentJob job = installation.augmentJob();
    AugmentJob.Request request = table.request(installation, job, source, how, dryRun);
    AugmentJob.Report report;
    List<TargetColumn> targets;
    try (Progress progress = session.progress()) {
      report = job.run(request, days, share -> progress.share("augment", share));
      targets = targets(archive, request.augmentation());
    } catch (AugmentationConflictException e) {
      throw CliException.usage(
          e.getMessage(),
          "correct its values, join it under another --as, or leave it out with --columns");
    }
    Sweeper sweeper = installation.sweeper();
    for (AugmentJob.Day each : report.days()) {
      if (each.state() == AugmentJob.State.AUGMENTED) {
        sweeper.sweep(each.day());
      }
    }
    AugmentAnswer answer = new AugmentAnswer(request, targets, report);
    answer.print(session);
    answer.remark(session, archive);
    return answer.exitCode().number();
  }

  /** The targets that get values, with the kinds that they are declared with. */
  private List<TargetColumn> targets(Archive archive, Augmentation augmentation)
      throws AugmentationConflictException, IOException {
    return new Augmentations(archive)
        .preview(source, augmentation).columns().stream()
            .filter(column -> augmentation.column(column.target()).isPresent())
            .toList();
  }

  private Augmentation.Join join() throws CliException {
    return switch (join) {
      case "left" -> Augmentation.Join.LEFT;
      case "inner" -> Augmentation.Join.INNER;
      default ->
          throw CliException.usage("--join: expected left or inner, got '%s'".formatted(join), "");
    };
  }

  private List<SourceDay> days(Archive archive) throws CliException, IOException {
    List<String> known = archive.sources();
    if (!known.contains(source)) {
      throw new CliException(
          ExitCode.NOT_FOUND,
          "the archive has no source '%s'; it has: %s"
              .formatted(
                  Printer.printable(source), known.isEmpty() ? "none" : String.join(", ", known)),
          "'historics archive import --source S FILE' brings data in");
    }
    LocalDate only = day == null ? null : Times.day("--day", day);
    LocalDate first = from == null ? LocalDate.MIN : Times.day("--from", from);
    LocalDate end = to == null ? LocalDate.MAX : Times.day("--to", to);
    if (only != null && (from != null || to != null)) {
      throw CliException.usage("--day cannot be given together with --from or --to", "");
    }
    if (!first.isBefore(end)) {
      throw CliException.usage(
          "--to must be after --from, got [%s, %s)".formatted(first, end),
          "one day is --day 2017-08-05");
    }
    List<SourceDay> days =
        archive.days(source).stream()
            .filter(each -> only == null || each.day().equals(only))
            .filter(each -> !each.day().isBefore(first) && each.day().isBefore(end))
            .toList();
    if (days.isEmpty()) {
      throw new CliException(
          ExitCode.NOT_FOUND,
          "the archive has no such days of '%s'".formatted(source),
          "'historics archive days --source %s' shows what is there".formatted(source));
    }
    return days;
  }
}
