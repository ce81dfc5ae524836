package dev.historics.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.historics.archive.files.ArchiveFiles;
import dev.historics.archive.files.ArchiveInput;
import dev.historics.archive.files.ArchiveOutput;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * Everything the tasks of one replay job must know, as the job's {@code plan.json}: text and
 * numbers only, so that nothing in the engine has to be serializable.
 *
 * @param archiveRoot the archive's address
 * @param day the UTC day, {@code 2017-08-05}
 * @param inputs the pinned version of each source's day; a source without that day is left out
 * @param dialects what the sources' mappings declare, one for each source that a rider reads
 */
record ReplayPlan(
    String job,
    String archiveRoot,
    String day,
    List<Rider> riders,
    List<Input> inputs,
    List<Dialect> dialects) {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String JOBS = "_jobs";

  ReplayPlan {
    riders = List.copyOf(riders);
    inputs = List.copyOf(inputs);
    dialects = List.copyOf(dialects);
  }

  /**
   * One chunk in the job.
   *
   * @param fromMillis the first millisecond wanted, since 1970
   * @param toMillis the end, exclusive
   */
  record Rider(
      String query,
      String rule,
      List<String> sources,
      long fromMillis,
      long toMillis,
      double samplePercent) {
    Rider {
      sources = List.copyOf(sources);
    }
  }

  /** One source's day, as its manifest of that version says. */
  record Input(String source, long version) {}

  /** The folder of a job below the results root. */
  static String folder(String job) {
    return JOBS + "/" + job;
  }

  String folder() {
    return folder(job);
  }

  private static String path(String job) {
    return folder(job) + "/plan.json";
  }

  void write(ArchiveFiles results) throws IOException {
    results.delete(path(job));
    try (ArchiveOutput file = results.create(path(job));
        OutputStream out = new BufferedOutputStream(file)) {
      out.write(JSON.writeValueAsBytes(this));
    }
  }

  /**
   * Removes a job's folder, the plan first: tasks that still run find out, and write nothing more.
   */
  static void clearAway(ArchiveFiles results, String job) throws IOException {
    results.delete(path(job));
    results.deleteTree(folder(job));
  }

  /** Whether the job's folder has not been cleared away. */
  static boolean isThere(ArchiveFiles results, String job) throws IOException {
    return results.exists(path(job));
  }

  static ReplayPlan read(ArchiveFiles results, String job) throws IOException {
    try (ArchiveInput in = results.open(path(job))) {
      byte[] text = new byte[Math.toIntExact(in.length())];
      in.readFully(0, text, 0, text.length);
      return JSON.readValue(text, ReplayPlan.class);
    } catch (JsonProcessingException e) {
      throw new IOException(
          "%s is not a job's plan: %s".formatted(path(job), e.getOriginalMessage()), e);
    }
  }
}
