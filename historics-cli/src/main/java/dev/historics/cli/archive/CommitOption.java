package dev.historics.cli.archive;

import dev.historics.archive.intake.CommitPolicy;
import dev.historics.cli.session.CliException;
import dev.historics.cli.session.Settings;
import java.time.Duration;
import java.util.Optional;

/** What people write behind {@code --commit-every}. */
final class CommitOption {
  private static final String END = "end";

  private CommitOption() {}

  /**
   * The policy that {@code text} asks for: {@code 50000}, {@code 30s}, both with a comma between
   * them, or {@code end}.
   */
  static CommitPolicy parse(String text) throws CliException {
    if (text.equals(END)) {
      return CommitPolicy.AT_END;
    }
    long records = Long.MAX_VALUE;
    CommitPolicy.Bell bell = CommitPolicy.Bell.SILENT;
    for (String part : text.split(",", 2)) {
      Optional<Duration> interval = Settings.parseDuration(part);
      if (interval.isPresent() && !interval.get().isZero() && bell == CommitPolicy.Bell.SILENT) {
        bell = new TimerBell(interval.get());
      } else if (part.matches("[1-9][0-9]{0,17}") && records == Long.MAX_VALUE) {
        records = Long.parseLong(part);
      } else {
        throw CliException.usage(
            "--commit-every: expected a number of records, a time, or both, got '%s'"
                .formatted(text),
            "write it such as 50000, 30s, or 50000,30s; 'end' commits when all was read");
      }
    }
    return new CommitPolicy(records, bell);
  }
}
