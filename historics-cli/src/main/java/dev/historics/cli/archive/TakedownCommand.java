package dev.historics.cli.archive;

import dev.historics.archive.Archive;
import dev.historics.archive.removal.Tombstone;
import dev.historics.archive.takedown.Receipt;
import dev.historics.archive.takedown.Receipts;
import dev.historics.archive.takedown.Takedown;
import dev.historics.cli.session.CliException;
import dev.historics.cli.session.ExitCode;
import dev.historics.cli.session.Progress;
import dev.historics.cli.session.Session;
import dev.historics.cli.wiring.Installation;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Takes interactions down. */
@Command(
    name = "takedown",
    description = "Remove interactions of an author, or with an id, from all days; for good.",
    footer = {
      "",
      "From the first moment on, no new query sees them, and imports refuse them. Then every file",
      "that holds some is made anew; the old ones go when no running query reads them any more and",
      "sweep.grace is over: 'historics archive sweep' does that and completes the receipt. If the",
      "command is interrupted, run it again, or sweep.",
      "Authors and ids are compared character by character.",
      "",
      "Example: historics archive takedown --author bob --reason 'request 4711'",
      "Example: historics archive takedown --id 893000012 --id 893000013 --source twitter --dry-run",
      "Example: historics archive takedown --receipt t20261121T104500-00c0de"
    })
final class TakedownCommand implements Callable<Integer> {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss").withZone(ZoneOffset.UTC);

  @Option(
      names = "--author",
      paramLabel = "A",
      description = "remove what has this interaction.author.username or interaction.author.id")
  List<String> authors = new ArrayList<>();

  @Option(names = "--id", paramLabel = "I", description = "remove what has this interaction.id")
  List<String> ids = new ArrayList<>();

  @Option(names = "--source", paramLabel = "S", description = "only from this source")
  String source;

  @Option(names = "--reason", paramLabel = "TEXT", description = "is written into the receipt")
  String reason = "";

  @Option(names = "--dry-run", description = "only say what would be removed")
  boolean dryRun;

  @Option(
      names = "--now",
      description = "do not wait for sweep.grace; only running queries keep old files")
  boolean now;

  @Option(names = "--receipt", paramLabel = "ID", description = "show this receipt")
  String receipt;

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws CliException, IOException {
    Session session = Session.of(spec);
    Installation installation = new Installation(session);
    Archive archive = installation.archive();
    ReceiptPage page = new ReceiptPage(session.printer(), installation.sweeper().grace());
    if (receipt != null) {
      page.show(find(new Receipts(archive)));
      return 0;
    }
    List<Tombstone> wishes = wishes(session.clock().instant());
    List<String> sources = sources(archive);
    Takedown takedown = installation.takedown(sources);
    Receipt planned = planned(new Receipts(archive), takedown, wishes, sources);
    try (Progress progress = session.progress()) {
      Takedown.Watch watch =
          (done, total) -> progress.update("takedown", done, total, done, "days");
      if (dryRun) {
        page.preview(takedown.preview(planned, watch));
        return 0;
      }
      Receipt done = takedown.run(planned, watch);
      page.show(now ? takedown.finishNow(done) : done);
      return 0;
    }
  }

  private Receipt find(Receipts receipts) throws CliException, IOException {
    Optional<Receipt> found;
    try {
      found = receipts.find(receipt);
    } catch (IllegalArgumentException e) {
      throw CliException.usage("--receipt: " + e.getMessage(), "");
    }
    return found.orElseThrow(
        () ->
            new CliException(
                ExitCode.NOT_FOUND,
                "there is no receipt '%s'".formatted(receipt),
                "'historics archive takedown' printed its name"));
  }

  private List<Tombstone> wishes(Instant requested) throws CliException {
    List<Tombstone> wishes = new ArrayList<>();
    try {
      authors.forEach(
          author -> wishes.add(new Tombstone(Tombstone.Kind.AUTHOR, author, requested, "new")));
      ids.forEach(id -> wishes.add(new Tombstone(Tombstone.Kind.ID, id, requested, "new")));
    } catch (IllegalArgumentException e) {
      throw CliException.usage(e.getMessage(), "'--author' and '--id' want a name each");
    }
    if (wishes.isEmpty()) {
      throw CliException.usage(
          "it is not said what to remove", "give --author A or --id I, several if you like");
    }
    return wishes;
  }

  private List<String> sources(Archive archive) throws CliException, IOException {
    List<String> known = archive.sources();
    if (source == null && !known.isEmpty()) {
      return known;
    }
    if (!known.contains(source)) {
      throw DaySelection.unknown(source, known);
    }
    return List.of(source);
  }

  /** One that was begun and asks for the same is gone on with. */
  private Receipt planned(
      Receipts receipts, Takedown takedown, List<Tombstone> wishes, List<String> sources)
      throws IOException {
    for (Receipt open : receipts.open()) {
      boolean isSame =
          open.sources().equals(sources)
              && open.wishes().size() == wishes.size()
              && wishes.stream().allMatch(wish -> open.wishes().stream().anyMatch(wish::isAbout));
      if (isSame) {
        return open;
      }
    }
    String id =
        String.format(
            Locale.ROOT,
            "t%s-%06x",
            TIME.format(wishes.get(0).requested()),
            new SecureRandom().nextInt(1 << 24));
    List<Tombstone> named =
        wishes.stream()
            .map(wish -> new Tombstone(wish.kind(), wish.value(), wish.requested(), id))
            .toList();
    return takedown.plan(id, named, sources, reason);
  }
}
