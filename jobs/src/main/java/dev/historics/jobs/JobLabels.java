package dev.historics.jobs;

import dev.historics.archive.SourceDay;
import dev.historics.schedule.JobPlan;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.util.StringUtils;

/**
 * How jobs are called on a cluster: a name for people, and tags by which they are found. Users'
 * names are anybody's text; in labels they keep only letters, digits, points and dashes.
 */
final class JobLabels {
  /** A cluster takes ten unless told otherwise; one of them is the job's own. */
  private static final int TAGS_MAX = 9;

  private static final int USERS_MAX = 3;
  private static final int NAME_LENGTH_MAX = 40;

  private JobLabels() {}

  /** Such as {@code historics:2017-08-05 j7: 4 chunks of alice, bob}. */
  static String name(JobPlan plan, int chunks) {
    List<String> users = users(plan);
    String of =
        users.isEmpty()
            ? ""
            : " of "
                + String.join(", ", users.subList(0, Math.min(USERS_MAX, users.size())))
                + (users.size() > USERS_MAX ? " and others" : "");
    return "historics:%s %s: %d chunk%s%s"
        .formatted(plan.day(), plan.id(), chunks, chunks == 1 ? "" : "s", of);
  }

  /**
   * The job's own tag, then {@code user-…} of the first users and {@code query-…} of the first
   * queries, as many as a cluster takes.
   *
   * @param own a tag that no other job has
   * @return as Hadoop takes it: separated by commas
   */
  static String tags(JobPlan plan, String own) {
    List<String> tags = new ArrayList<>();
    List<String> users = users(plan);
    users.stream().limit(USERS_MAX).forEach(user -> tags.add("user-" + user));
    plan.chunks().stream()
        .limit(TAGS_MAX - tags.size())
        .forEach(chunk -> tags.add("query-" + chunk.id().query()));
    tags.add(0, own);
    return String.join(",", tags);
  }

  /**
   * The same for a job that nobody asked a question with: its own tag, then {@code source-…} of the
   * first sources.
   *
   * @param days that it is about
   */
  static String tags(Collection<SourceDay> days, String own) {
    Stream<String> sources =
        days.stream()
            .map(day -> "source-" + safe(day.source()))
            .sorted()
            .distinct()
            .limit(TAGS_MAX);
    return Stream.concat(Stream.of(own), sources).collect(Collectors.joining(","));
  }

  private static List<String> users(JobPlan plan) {
    return plan.users().stream().map(JobLabels::safe).distinct().toList();
  }

  /** Tags are compared in lower case. */
  private static String safe(String name) {
    String plain = StringUtils.toLowerCase(name).replaceAll("[^a-z0-9.-]", "_");
    return plain.substring(0, Math.min(NAME_LENGTH_MAX, plain.length()));
  }
}
