package dev.historics.jobs;

import dev.historics.archive.Archive;
import dev.historics.archive.SourceDay;
import dev.historics.archive.files.ArchiveFiles;
import dev.historics.filter.Library;
import dev.historics.schedule.JobId;
import dev.historics.schedule.JobPlan;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.MRJobConfig;

/** Where jobs run, and on what. */
public final class JobSetting {
  private static final long SPLIT_BYTES_MIN = 4L << 20;
  private static final long SPLIT_BYTES_MAX = 128L << 20;

  private final Archive archive;
  private final ArchiveFiles results;
  private final Function<String, Dialect> dialects;
  private final Library library;
  private final Runner runner;
  private final OnDamage onDamage;
  private final Configuration base;
  private final URI jars;

  /** What carries jobs out. */
  public sealed interface Runner permits Local, Yarn {}

  /**
   * Hadoop's local job runner, in this process.
   *
   * @param tasks how many tasks run at once
   * @param scratch a folder on this machine for what the runner writes down
   */
  public record Local(int tasks, Path scratch) implements Runner {}

  /** A YARN cluster, as the Hadoop settings on the class path describe it. */
  public record Yarn(YarnSettings settings) implements Runner {
    /** One that is used as Hadoop's settings say. */
    public Yarn() {
      this(YarnSettings.HADOOPS);
    }
  }

  /**
   * @param results the files below the results root
   * @param dialects what a source's mapping declares
   * @param library where the rules are that others name; asked by several threads
   * @param base Hadoop's settings
   */
  public JobSetting(
      Archive archive,
      ArchiveFiles results,
      Function<String, Dialect> dialects,
      Library library,
      Runner runner,
      OnDamage onDamage,
      Configuration base) {
    this(archive, results, dialects, library, runner, onDamage, base, results.root());
  }

  private JobSetting(
      Archive archive,
      ArchiveFiles results,
      Function<String, Dialect> dialects,
      Library library,
      Runner runner,
      OnDamage onDamage,
      Configuration base,
      URI jars) {
    this.archive = archive;
    this.results = results;
    this.dialects = dialects;
    this.library = library;
    this.runner = runner;
    this.onDamage = onDamage;
    this.base = base;
    this.jars = jars;
  }

  /**
   * The same with the program's jars for a cluster below another place.
   *
   * @param place in the same file system, and lasting: {@code _jars} is made there
   */
  public JobSetting withJars(URI place) {
    return new JobSetting(archive, results, dialects, library, runner, onDamage, base, place);
  }

  Archive archive() {
    return archive;
  }

  ArchiveFiles results() {
    return results;
  }

  Function<String, Dialect> dialects() {
    return dialects;
  }

  Library library() {
    return library;
  }

  Runner runner() {
    return runner;
  }

  OnDamage onDamage() {
    return onDamage;
  }

  Configuration base() {
    return base;
  }

  /** A job's folder. */
  org.apache.hadoop.fs.Path folder(JobId job) {
    return folder(job.value());
  }

  org.apache.hadoop.fs.Path folder(String job) {
    return new org.apache.hadoop.fs.Path(
        new org.apache.hadoop.fs.Path(results.root()), ReplayPlan.folder(job));
  }

  /** The tag that a job carries on a cluster; one results root never gives it to two jobs. */
  String tag(JobId job) {
    return tag(job.value());
  }

  private String tag(String job) {
    // A local folder's address ends with a slash only once the folder is there.
    String root = results.root().toString().replaceAll("/+$", "");
    return "historics-%08x-%s".formatted(root.hashCode(), job);
  }

  /**
   * The settings of one replay job.
   *
   * @param bytes how much there is to read
   */
  Configuration configuration(JobPlan plan, long bytes) throws IOException {
    Configuration conf = configuration(plan.id().value(), bytes);
    conf.set(MRJobConfig.JOB_TAGS, JobLabels.tags(plan, tag(plan.id())));
    return conf;
  }

  /**
   * Tags a job that is no replay.
   *
   * @param job names its folder
   * @param days that it is about
   */
  void label(Configuration conf, String job, Collection<SourceDay> days) {
    conf.set(MRJobConfig.JOB_TAGS, JobLabels.tags(days, tag(job)));
  }

  /**
   * The settings of a job that reads parts of days.
   *
   * @param job names its folder, where its plan is
   * @param bytes how much there is to read
   */
  Configuration configuration(String job, long bytes) throws IOException {
    Configuration conf = configuration(TaskKind.REPLAY, folder(job));
    conf.set(ReplayConf.RESULTS_ROOT, results.root().toString());
    conf.set(ReplayConf.JOB, job);
    conf.setLong(ReplayConf.SPLIT_BYTES, base.getLong(ReplayConf.SPLIT_BYTES, splitBytes(bytes)));
    conf.set("crunch.tmp.dir", folder(job) + "/tmp");
    return conf;
  }

  /**
   * The settings of a job; those on a cluster have the program's jars.
   *
   * @param kind what its tasks do
   * @param folder the job's own
   */
  Configuration configuration(TaskKind kind, org.apache.hadoop.fs.Path folder) throws IOException {
    Configuration conf = settled(kind);
    if (runner instanceof Yarn) {
      JobClasses.ship(
          conf, new org.apache.hadoop.fs.Path(new org.apache.hadoop.fs.Path(jars), "_jars"));
      // On a cluster that asks who somebody is, tasks are let into these by tokens got beforehand.
      conf.setStrings(
          MRJobConfig.JOB_NAMENODES, archive.files().root().toString(), results.root().toString());
      JobStaging.in(folder, conf);
    }
    return conf;
  }

  /** The settings of all jobs whose tasks do this, without the jars. */
  Configuration settled(TaskKind kind) {
    Configuration conf = new Configuration(base);
    settings().forEach(conf::set);
    // Options were read by the command line; else Hadoop warns of each job that they were not.
    conf.setBoolean(Job.USED_GENERIC_PARSER, true);
    if (runner instanceof Yarn yarn) {
      yarn.settings().apply(conf, kind);
    }
    return conf;
  }

  private Map<String, String> settings() {
    if (runner instanceof Local local) {
      return Map.of(
          "mapreduce.framework.name",
          "local",
          "mapreduce.local.map.tasks.maximum",
          Integer.toString(local.tasks()),
          "hadoop.tmp.dir",
          local.scratch().toString(),
          LocalDisk.SETTING,
          LocalDisk.class.getName(),
          // The defaults poll every 5 and 10 s, which would be most of a small job's time.
          "mapreduce.client.completion.pollinterval",
          "20",
          "crunch.max.poll.interval",
          "5",
          // Version 2 can lose or double the output of an attempt that fails while it commits.
          "mapreduce.fileoutputcommitter.algorithm.version",
          "1");
    }
    return Map.of(
        "mapreduce.framework.name", "yarn",
        "mapreduce.client.completion.pollinterval", "500",
        "crunch.max.poll.interval", "500",
        "mapreduce.fileoutputcommitter.algorithm.version", "1");
  }

  /** How many of {@code days} one task takes, so that every task has some. */
  int daysPerTask(int days) {
    int tasks = runner instanceof Local local ? local.tasks() : days;
    return Math.max(1, (days + tasks - 1) / tasks);
  }

  private long splitBytes(long bytes) {
    long tasks = runner instanceof Local local ? local.tasks() : 1;
    long even = runner instanceof Local ? bytes / tasks + 1 : SPLIT_BYTES_MAX;
    return Math.max(SPLIT_BYTES_MIN, Math.min(SPLIT_BYTES_MAX, even));
  }
}
