package dev.historics.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.List;

/**
 * What a whole query covered and found.
 *
 * @param hash of the rule
 * @param start inclusive, ISO 8601 in UTC
 * @param end exclusive
 * @param sample in per cent
 * @param status how the query ended
 * @param engine the version of the program
 * @param missingDays days of the range whose chunk was not done, of a query that did not succeed
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record QueryManifest(
    String id,
    String name,
    String user,
    String hash,
    String start,
    String end,
    List<String> sources,
    double sample,
    String status,
    String engine,
    long inRange,
    long matched,
    long unmatched,
    long quarantined,
    List<String> missingDays,
    List<Day> days) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  public QueryManifest {
    sources = List.copyOf(sources);
    missingDays = List.copyOf(missingDays);
    days = List.copyOf(days);
  }

  /**
   * One source's part of one day.
   *
   * @param coverage whether the archive had all of the day: {@code complete}, {@code gaps}, {@code
   *     empty}, {@code dropped} or {@code missing}
   * @param archiveVersion the version of the day that was read; 0 if the archive has no such day
   * @param records interactions in the day, in range or not
   * @param tombstones the version of the source's tombstones that was in force; 0 if it had none
   * @param takenDown those that would be in range, had nobody had them taken down
   * @param unreadable the data files of which something was passed over, and is counted as
   *     quarantined
   * @param job the job that read it
   * @param reusedFrom the query it was read for, of whose results these are a copy; empty if it was
   *     read for this one
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record Day(
      String day,
      String source,
      String job,
      String coverage,
      long archiveVersion,
      long records,
      long inRange,
      long matched,
      long unmatched,
      long quarantined,
      long tombstones,
      long takenDown,
      List<Unreadable> unreadable,
      String reusedFrom,
      List<File> files) {
    public Day {
      unreadable = unreadable == null ? List.of() : List.copyOf(unreadable);
      files = List.copyOf(files);
      reusedFrom = reusedFrom == null ? "" : reusedFrom;
    }
  }

  /** Matched interactions, one JSON object a line; {@code path} is below the results root. */
  public record File(String path, long records, long bytes, String sha256) {}

  /** Where a query's manifest lies below the results root. */
  static String path(String query) {
    return query + "/manifest.json";
  }

  /** Whether the sums add up, by day and over all. */
  public boolean balances() {
    boolean each =
        days.stream()
            .allMatch(
                day ->
                    day.inRange() == day.matched() + day.unmatched() + day.quarantined()
                        && day.matched() == day.files().stream().mapToLong(File::records).sum());
    return each
        && inRange == matched + unmatched + quarantined
        && inRange == days.stream().mapToLong(Day::inRange).sum()
        && matched == days.stream().mapToLong(Day::matched).sum()
        && quarantined == days.stream().mapToLong(Day::quarantined).sum();
  }

  byte[] toBytes() {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("records of text and numbers have a JSON form", e);
    }
  }

  static QueryManifest parse(String path, byte[] text) throws IOException {
    try {
      return JSON.readValue(text, QueryManifest.class);
    } catch (JsonProcessingException e) {
      throw new IOException(
          "%s is not a query's manifest: %s".formatted(path, e.getOriginalMessage()), e);
    }
  }
}
