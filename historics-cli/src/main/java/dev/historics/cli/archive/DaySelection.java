package dev.historics.cli.archive;

import dev.historics.archive.Archive;
import dev.historics.archive.SourceDay;
import dev.historics.cli.session.CliException;
import dev.historics.cli.session.ExitCode;
import dev.historics.cli.session.Times;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import picocli.CommandLine.Option;

/** Which source-days a command is about; all of them when nothing is said. */
final class DaySelection {
  @Option(names = "--source", paramLabel = "S", description = "only this source")
  String source;

  @Option(names = "--day", paramLabel = "DAY", description = "only this UTC day")
  String day;

  List<SourceDay> in(Archive archive) throws CliException, IOException {
    LocalDate only = day == null ? null : Times.day("--day", day);
    List<String> known = archive.sources();
    if (source != null && !known.contains(source)) {
      throw unknown(source, known);
    }
    List<SourceDay> days = source == null ? archive.days() : archive.days(source);
    List<SourceDay> selected =
        days.stream().filter(each -> only == null || each.day().equals(only)).toList();
    if (only != null && selected.isEmpty()) {
      throw new CliException(
          ExitCode.NOT_FOUND,
          "the archive has no data of %s".formatted(only),
          "'historics archive days' shows what is there");
    }
    return selected;
  }

  /**
   * What to say of a source that the archive has not.
   *
   * @param source null if it has none at all, and none was named
   */
  static CliException unknown(String source, List<String> known) {
    String missing =
        source == null
            ? "the archive has no data"
            : "the archive has no source '%s'; it has: %s"
                .formatted(source, known.isEmpty() ? "none" : String.join(", ", known));
    return new CliException(
        ExitCode.NOT_FOUND, missing, "'historics archive import --source S FILE' brings data in");
  }
}
