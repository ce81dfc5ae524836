package dev.historics.schedule;

/** Names a job: {@code j} and a number that grows, unique within one state store. */
public record JobId(String value) {
  public JobId {
    if (!value.matches("j[0-9]+")) {
      throw new IllegalArgumentException(
          "expected a job id such as 'j17', got '%s'".formatted(value));
    }
  }

  /** The id of the job with that number. */
  public static JobId of(long number) {
    return new JobId("j" + number);
  }

  /** The number after the {@code j}. */
  public long number() {
    return Long.parseLong(value.substring(1));
  }

  @Override
  public String toString() {
    return value;
  }
}
