package dev.historics.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.historics.archive.SourceDay;
import dev.historics.archive.files.ArchiveFiles;
import dev.historics.archive.files.ArchiveInput;
import dev.historics.archive.files.ArchiveOutput;
import dev.historics.filter.Definition;
import dev.historics.filter.InvalidRuleException;
import dev.historics.filter.Library;
import dev.historics.filter.TargetDictionary;
import dev.historics.schedule.JobId;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Everything the tasks of one replay job must know, as the job's {@code plan.json}: text and
 * numbers only, so that nothing in the engine has to be serializable.
 *
 * @param archiveRoot the archive's address
 * @param day the UTC day that the riders ask about, {@code 2017-08-05}
 * @param inputs the pinned version of each day that is read; a source without that day is left out
 * @param dialects what the sources' mappings declare, one for each source that a rider reads
 * @param definitions the texts of the rules that those of the riders name, by their hash
 * @param onDamage what tasks do about a part that cannot be read: fail, or try each part and pass
 *     over those
 */
record ReplayPlan(
    String job,
    String archiveRoot,
    String day,
    List<Rider> riders,
    List<Input> inputs,
    List<Dialect> dialects,
    SortedMap<String, String> definitions,
    OnDamage onDamage) {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String JOBS = "_jobs";

  /** Other programs' jobs have their folders beside those of replay jobs. */
  private static final Pattern JOB = Pattern.compile("j[0-9]+");

  ReplayPlan {
    riders = List.copyOf(riders);
    inputs = List.copyOf(inputs);
    dialects = List.copyOf(dialects);
    definitions = Collections.unmodifiableSortedMap(new TreeMap<>(definitions));
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

  /**
   * One source's day, as its manifest of that version says.
   *
   * @param day the UTC day, {@code 2017-08-05}
   * @param tombstones the version of the list that says what is taken down; 0 for none
   */
  record Input(String source, String day, long version, long tombstones) {
    SourceDay sourceDay() {
      return new SourceDay(source, LocalDate.parse(day));
    }
  }

  /**
   * A plan for reading some days, whoever looks at them; parts that cannot be read are passed on as
   * such.
   *
   * @param inputs at least one
   */
  static ReplayPlan reading(
      String job, String archiveRoot, List<Input> inputs, List<Dialect> dialects) {
    return new ReplayPlan(
        job,
        archiveRoot,
        inputs.get(0).day(),
        List.of(),
        inputs,
        dialects,
        new TreeMap<>(),
        OnDamage.PARTIAL);
  }

  /** What a rule means depends on the sources of its own query, and not on who rides along. */
  TargetDictionary dictionary(List<String> sources) {
    return Dialect.dictionary(
        dialects.stream().filter(dialect -> sources.contains(dialect.source())).toList());
  }

  /** The rules that those of the riders name. */
  Library library() {
    return hash -> Optional.ofNullable(definitions.get(hash));
  }

  /**
   * The same plan with whatever rules of {@code all} the riders' rules need to compile: a task has
   * no other way to them.
   */
  ReplayPlan naming(Library all) {
    SortedMap<String, String> named = new TreeMap<>();
    Library noted =
        hash -> {
          if (!named.containsKey(hash)) {
            all.text(hash).ifPresent(text -> named.put(hash, text));
          }
          return Optional.ofNullable(named.get(hash));
        };
    for (Rider rider : riders) {
      try {
        Definition.compile(rider.query(), rider.rule(), dictionary(rider.sources()), noted);
      } catch (InvalidRuleException e) {
        // The tasks find the same, and fail this rider alone.
      }
    }
    return new ReplayPlan(job, archiveRoot, day, riders, inputs, dialects, named, onDamage);
  }

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

  /** The replay jobs that have a folder. */
  static List<JobId> jobs(ArchiveFiles results) throws IOException {
    return results.list(JOBS).stream()
        .filter(name -> JOB.matcher(name).matches())
        .map(JobId::new)
        .toList();
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
