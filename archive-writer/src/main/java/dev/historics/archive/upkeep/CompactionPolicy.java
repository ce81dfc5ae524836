package dev.historics.archive.upkeep;

import dev.historics.archive.DataFile;
import dev.historics.archive.Manifest;
import java.time.Duration;
import java.time.Instant;

/**
 * When a day with landing files is worth sealing: if it has enough of them, if they are enough of
 * the day, or if nothing came in for a while.
 *
 * @param filesMin as many landing files are enough
 * @param shareMin so much of the day's bytes in landing files is enough, 0 to 1
 * @param quiet a day that nobody wrote to for so long is finished
 */
public record CompactionPolicy(int filesMin, double shareMin, Duration quiet) {
  public CompactionPolicy {
    if (filesMin < 1 || !(shareMin >= 0 && shareMin <= 1) || quiet.isNegative()) {
      throw new IllegalArgumentException(
          "expected at least 1 file, a share from 0 to 1 and a time, got %d, %s and %s"
              .formatted(filesMin, shareMin, quiet));
    }
  }

  /**
   * Whether a day is to be sealed now. One without landing files may be: whoever seals it sees
   * whether anything is left to do.
   *
   * @param day its newest version
   */
  public boolean isDue(Manifest day, Instant now) {
    long files = day.files().stream().filter(CompactionPolicy::isLanding).count();
    long bytes =
        day.files().stream().filter(CompactionPolicy::isLanding).mapToLong(DataFile::bytes).sum();
    return files == 0
        || files >= filesMin
        || bytes >= shareMin * day.bytes()
        || !now.isBefore(day.published().plus(quiet));
  }

  private static boolean isLanding(DataFile file) {
    return file.kind() == DataFile.Kind.LANDING;
  }
}
