package dev.historics.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Map;

/**
 * What one task of a replay job did, as one line of JSON. Crunch commits the lines of tasks that
 * succeeded and of no others, so they say which part files count.
 *
 * @param nanos how long the task was in each stage
 */
record TaskReport(
    List<Read> reads, List<Damage> damages, List<Count> counts, Map<Stage, Long> nanos) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  TaskReport {
    reads = List.copyOf(reads);
    damages = List.copyOf(damages);
    counts = List.copyOf(counts);
    nanos = Map.copyOf(nanos);
  }

  /**
   * How much of a data file was scanned.
   *
   * @param path below the archive's root
   * @param rows that were scanned, or passed over by their statistics
   * @param bytes that were read for it
   */
  record Read(String path, long rows, long bytes) {
    Read and(Read more) {
      return new Read(path, rows + more.rows, bytes + more.bytes);
    }
  }

  /**
   * A part of a data file that was passed over.
   *
   * @param path below the archive's root
   * @param reason why it cannot be read
   */
  record Damage(String path, String reason) {}

  /**
   * What was found for one query in one source.
   *
   * @param takenDown rows that would be in range, had nobody had them taken down
   * @param failure why the query's rule failed; empty if it did not
   * @param parts the files with the matched interactions; none if there are none
   */
  record Count(
      String query,
      String source,
      long inRange,
      long matched,
      long quarantined,
      long takenDown,
      String failure,
      List<PartFile> parts) {
    Count {
      parts = List.copyOf(parts);
    }
  }

  String toLine() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("records of text and numbers have a JSON form", e);
    }
  }

  static TaskReport parse(String line) {
    try {
      return JSON.readValue(line, TaskReport.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not a task's report: '%s'".formatted(line), e);
    }
  }
}
