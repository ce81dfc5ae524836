package dev.historics.schedule.simulation;

/**
 * A job that really ran.
 *
 * @param bytes what its largest chunk read
 * @param chunks how many shared it
 * @param clean whether all of them succeeded
 */
public record RecordedJob(long bytes, int chunks, double seconds, boolean clean) {
  public RecordedJob {
    if (bytes < 0 || chunks < 1 || !(seconds >= 0 && seconds < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "a job has chunks and nothing below 0, got %d bytes, %d chunks, %s s"
              .formatted(bytes, chunks, seconds));
    }
  }
}
