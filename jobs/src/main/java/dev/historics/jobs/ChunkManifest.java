package dev.historics.jobs;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.historics.schedule.ChunkId;
import java.io.IOException;
import java.util.List;

/**
 * What one chunk covered and found: the proof that nothing was left out. Its file, published
 * exclusively, is what makes the chunk done.
 *
 * @param day the UTC day, {@code 2017-08-05}
 * @param job the job that ran it
 * @param reading what decided what the rule found, beside its text and the data, as a hash; empty
 *     in manifests of before there was one
 * @param reusedFrom the query that it was found for, of whose results these are a copy; empty if
 *     the day was read
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record ChunkManifest(
    String query,
    String day,
    String job,
    List<SourceCount> sources,
    String reading,
    String reusedFrom) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  ChunkManifest {
    sources = List.copyOf(sources);
    reading = reading == null ? "" : reading;
    reusedFrom = reusedFrom == null ? "" : reusedFrom;
  }

  /**
   * One source's part; {@code inRange = matched + unmatched + quarantined}, always.
   *
   * @param coverage whether the archive had all of the day: {@code complete}, {@code gaps}, {@code
   *     empty}, {@code dropped} or {@code missing}
   * @param archiveVersion the version of the day that was read; 0 if the archive has no such day
   * @param records interactions in the day
   * @param inRange those in the query's time range and sample
   * @param tombstones the version of the source's tombstones that was in force; 0 if it had none
   * @param takenDown those that would be in range, had nobody had them taken down
   * @param unreadable the data files of which something was passed over, and is counted as
   *     quarantined
   * @param files the matched interactions
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  record SourceCount(
      String source,
      String coverage,
      long archiveVersion,
      long records,
      long inRange,
      long matched,
      @JsonProperty("unmatched") long unmatched,
      long quarantined,
      long tombstones,
      long takenDown,
      List<Unreadable> unreadable,
      List<PartFile> files) {
    SourceCount {
      unreadable = unreadable == null ? List.of() : List.copyOf(unreadable);
      files = List.copyOf(files);
      long delivered = files.stream().mapToLong(PartFile::records).sum();
      if (inRange != matched + unmatched + quarantined
          || inRange + takenDown > records
          || delivered != matched) {
        throw new IllegalArgumentException(
            "%s does not balance: %d records, %d in range, %d matched, %d unmatched, %d quarantined, %d delivered"
                .formatted(source, records, inRange, matched, unmatched, quarantined, delivered));
      }
    }

    /** The same with its files elsewhere. */
    SourceCount with(List<PartFile> moved) {
      return new SourceCount(
          source,
          coverage,
          archiveVersion,
          records,
          inRange,
          matched,
          unmatched,
          quarantined,
          tombstones,
          takenDown,
          unreadable,
          moved);
    }
  }

  long inRange() {
    return sources.stream().mapToLong(SourceCount::inRange).sum();
  }

  long matched() {
    return sources.stream().mapToLong(SourceCount::matched).sum();
  }

  long quarantined() {
    return sources.stream().mapToLong(SourceCount::quarantined).sum();
  }

  /** Of all its files. */
  long bytes() {
    return sources.stream()
        .flatMap(source -> source.files().stream())
        .mapToLong(PartFile::bytes)
        .sum();
  }

  /** Where a chunk's manifest lies below the results root. */
  static String path(ChunkId chunk) {
    return "%s/chunks/%s.json".formatted(chunk.query(), chunk.day());
  }

  byte[] toBytes() {
    try {
      return JSON.writeValueAsBytes(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("records of text and numbers have a JSON form", e);
    }
  }

  static ChunkManifest parse(String path, byte[] text) throws IOException {
    try {
      return JSON.readValue(text, ChunkManifest.class);
    } catch (JsonProcessingException e) {
      throw new IOException(
          "%s is not a chunk's manifest: %s".formatted(path, e.getOriginalMessage()), e);
    }
  }
}
