package dev.historics.schedule;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The jobs that run, in the order in which they were started. */
final class RunningJobs {
  private final Map<JobId, Job> jobs = new LinkedHashMap<>();
  private final Unsaved unsaved;

  RunningJobs(List<Job> jobs, Unsaved unsaved) {
    this.unsaved = unsaved;
    jobs.forEach(job -> this.jobs.put(job.id(), job));
  }

  int size() {
    return jobs.size();
  }

  boolean isEmpty() {
    return jobs.isEmpty();
  }

  List<Job> all() {
    return List.copyOf(jobs.values());
  }

  Optional<Job> find(JobId id) {
    return Optional.ofNullable(jobs.get(id));
  }

  /** Whether one runs longer than it may and was not told to end yet. */
  boolean anyTooLong(long now) {
    return jobs.values().stream().anyMatch(job -> tooLong(job, now));
  }

  /** Tells those to end that run longer than they may. */
  void killTooLong(long now) {
    all().stream().filter(job -> tooLong(job, now)).forEach(job -> put(job.kill()));
  }

  private static boolean tooLong(Job job, long now) {
    return !job.killed() && job.overdue(now);
  }

  /** Those that were told to end and have not yet. */
  List<JobId> killed() {
    return jobs.values().stream().filter(Job::killed).map(Job::id).toList();
  }

  /** Starts a job, or changes one. */
  void put(Job job) {
    jobs.put(job.id(), job);
    unsaved.changed(job);
  }

  void end(Job job) {
    put(job);
    jobs.remove(job.id());
  }
}
