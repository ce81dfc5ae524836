package dev.historics.cli.archive;

import dev.historics.archive.synthetic.Firehose;
import dev.historics.cli.session.CliException;
import dev.historics.cli.session.Progress;
import dev.historics.cli.session.Session;
import dev.historics.cli.session.Times;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes up a firehose. */
@Command(
    name = "generate",
    description = "Make up interactions, one JSON object a line: the same seed, the same bytes.",
    footer = {
      "",
      "Example: historics generate --source twitter --from 2017-08-05 --days 3 --rate 2 --seed 1 --out firehose"
    })
public final class GenerateCommand implements Callable<Integer> {
  @Option(names = "--source", paramLabel = "S", required = true, description = "the source's name")
  String source;

  @Option(names = "--from", paramLabel = "DAY", required = true, description = "the first UTC day")
  String from;

  @Option(
      names = "--days",
      paramLabel = "N",
      defaultValue = "1",
      description = "how many days (default: ${DEFAULT-VALUE})")
  int days;

  @Option(
      names = "--rate",
      paramLabel = "R",
      defaultValue = "1",
      description = "interactions a second, on the average (default: ${DEFAULT-VALUE})")
  double rate;

  @Option(
      names = "--seed",
      paramLabel = "X",
      defaultValue = "1",
      description = "which stream of all possible ones (default: ${DEFAULT-VALUE})")
  long seed;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "a folder for a file a day (default: the standard output)")
  Path out;

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws CliException, IOException {
    Session session = Session.of(spec);
    Firehose firehose = firehose();
    if (out == null) {
      OutputStream stream = new BufferedOutputStream(session.printer().bytes(), 1 << 16);
      firehose.write(stream);
      stream.flush();
      return 0;
    }
    Files.createDirectories(out);
    long lines = 0;
    try (Progress progress = session.progress()) {
      for (LocalDate day : firehose.days()) {
        writeDay(firehose, day);
        lines += firehose.lines(day);
        progress.update(day.toString(), lines, firehose.lines(), lines, "interactions");
      }
    }
    session
        .printer()
        .hint(String.format(Locale.ROOT, "%,d interactions of %d days in %s", lines, days, out));
    return 0;
  }

  private Firehose firehose() throws CliException {
    try {
      return new Firehose(source, Times.day("--from", from), days, rate, seed);
    } catch (IllegalArgumentException e) {
      throw CliException.usage(e.getMessage(), "'historics generate --help' shows an example");
    }
  }

  private void writeDay(Firehose firehose, LocalDate day) throws IOException {
    Path part = out.resolve("." + day + ".part");
    try (OutputStream stream = new BufferedOutputStream(Files.newOutputStream(part), 1 << 16)) {
      firehose.writeDay(day, stream);
    } catch (IOException e) {
      Files.deleteIfExists(part);
      throw e;
    }
    Files.move(part, out.resolve(day + ".ndjson"), StandardCopyOption.REPLACE_EXISTING);
  }
}
